"""What the city intends for the backups of machines, on each host that they may be on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sanso.city.hours import DAYS, Day
from sanso.city.model import City
from sanso.city.moments import site_zone
from sanso.city.virtual import Backup
from sanso.render.virtual import machines_of


@dataclass(frozen=True)
class BackupIntent:
    """When a machine is copied, to where, and how many copies are kept."""

    days: tuple[Day, ...]
    start: time
    zone: str
    """Time zone of ``start``, by IANA's name."""
    pool: str
    """The folder of the host in which copies lie."""
    shared: bool
    """Whether other hosts have the same folder."""
    keep: int

    def latest_start(self, now: datetime) -> datetime:
        """The last time, not after ``now``, at which a copy should have begun."""
        today = now.astimezone(ZoneInfo(self.zone)).date()
        starts = (
            datetime.combine(day, self.start, ZoneInfo(self.zone))
            for day in (today - timedelta(days=ago) for ago in range(8))
            if DAYS[day.weekday()] in self.days
        )
        return next(start for start in starts if start <= now)


def intend_backups(city: City) -> dict[str, dict[str, BackupIntent]]:
    """Host → machine → its backup, for every machine that has one."""
    return {
        host: {
            machine: _intent(city, host, one.backup)
            for machine, one in machines_of(city, host)
            if one.backup is not None
        }
        for host in city.virtualization_hosts
    }


def _intent(city: City, host: str, backup: Backup) -> BackupIntent:
    one = city.virtualization_hosts[host]
    pool = one.pools[backup.pool]
    return BackupIntent(
        days=tuple(backup.days),
        start=backup.start,
        zone=site_zone(city.sites[one.site], city).key,
        pool=pool.path,
        shared=pool.shared,
        keep=backup.keep,
    )
