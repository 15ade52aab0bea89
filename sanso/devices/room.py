"""Whether the change of a device still fits into the maintenance windows of its sites."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta

from sanso.city import City
from sanso.city.windows import closes_at, next_opening, room_left
from sanso.devices.left import WindowEnds


def now() -> datetime:
    """The time of day."""
    return datetime.now(UTC)


class Room:
    """Holds the end of windows against what a change is taken to last, and the device's own timer after it.

    So even a change that fails, and that the device has to undo by itself, is over when the window ends.

    Args:
        city: the city.
        sites: those that have to be open while a device is worked on, by its host name.
        timer: of the devices, in minutes.
        lasted: how long changes of devices took that were measured earlier, by host name.
        clock: gives the time of day.
    """

    def __init__(
        self,
        city: City,
        sites: Mapping[str, Collection[str]],
        timer: int,
        lasted: Mapping[str, timedelta],
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.clock = clock
        self._city = city
        self._sites = sites
        self._timer = timer
        self._own: dict[str, timedelta] = {}
        self._slowest: dict[str, timedelta] = {}
        """Of each platform."""
        for host, lasting in lasted.items():
            self.learn(host, lasting)

    def learn(self, host: str, lasting: timedelta) -> None:
        """A change of a device took so long; what is no more in the city tells nothing."""
        if (platform := self._city.platforms.get(host)) is not None:
            self._own[host] = max(lasting, self._own.get(host, lasting))
            self._slowest[platform] = max(lasting, self._slowest.get(platform, lasting))

    def lasting(self, host: str) -> timedelta | None:
        """What a change is taken to last: the slowest of the device, else of its platform; None where none was."""
        return self._own.get(host) or self._slowest.get(self._city.platforms[host])

    def lacks(self, host: str) -> WindowEnds | None:
        """Why a device may not be begun now; None where there is room at all of its sites."""
        moment, lasting = self.clock(), self.lasting(host)
        needed = (lasting or timedelta(0)) + timedelta(minutes=self._timer)
        sites = [self._city.sites[name] for name in self._sites[host]]
        rooms = [(room, site) for site in sites if (room := room_left(site, self._city, moment)) is not None]
        least, site = min(rooms, key=lambda pair: pair[0], default=(needed, None))
        if site is None or least >= needed:
            return None
        ends = closes_at(site, self._city, moment)
        return WindowEnds(site, ends, next_opening(site, self._city, ends or moment), lasting, self._timer)
