"""A radio plan: an RF tag, and an RF profile for each band of it.

An RF profile says which channels it takes out of those that the controller may choose from, or adds to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sanso.network.wireless import AirPlan, AirRadio, Band
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import Line, block, rest
from sanso.platforms.c9800.names import RADIO_BAND, profile_name

HEAD = "wireless tag rf"
DEFAULT = "default-rf-tag"
CHANNELS: dict[Band, frozenset[int]] = {
    "2.4ghz": frozenset({1, 6, 11}),
    "5ghz": frozenset({*range(36, 65, 4), *range(100, 145, 4), *range(149, 162, 4)}),
    "6ghz": frozenset(range(1, 234, 4)),
}
"""What a controller may choose from where nobody says otherwise (RRM, dynamic channel assignment)."""
BEST = 0
"""A width that the controller chooses, as it does where nobody says otherwise."""
FOREIGN = AirRadio(frozenset())
"""A radio whose profile is not the project's: it is there, and says nothing that is known."""


def read_plans(config: Config) -> Iterator[AirPlan]:
    """Every RF tag but the controller's own."""
    for name, line in config.named(HEAD):
        if name != DEFAULT:
            yield AirPlan(name, dict(_radios(config, name, line)))


def _radios(config: Config, plan: str, line: Line) -> Iterator[tuple[Band, AirRadio]]:
    for band, word in RADIO_BAND.items():
        for profile in rest(line.children, f"{word}-rf-policy"):
            lines = config.below(_profile(plan, band)) if profile == profile_name(plan, band) else None
            yield band, FOREIGN if lines is None else _radio(band, lines)


def _radio(band: Band, lines: list[Line]) -> AirRadio:
    channels, width, power = set(CHANNELS[band]), 20 if band == "2.4ghz" else BEST, None
    for line in lines:
        match line.text.split():
            case ["channel", "add", number]:
                channels.add(int(number))
            case ["channel", "remove", number]:
                channels.discard(int(number))
            case ["channel", "chan-width", found]:
                width = int(found) if found.isdecimal() else BEST
            case ["tx-power", "max", found]:
                power = int(found)
    return AirRadio(frozenset(channels), width, power)


def plan_shown(plan: AirPlan) -> list[Line]:
    """An RF tag and its profiles, as a running configuration shows them."""
    profiles = [block(_profile(plan.name, band), *_settings(band, radio)) for band, radio in _sorted(plan)]
    return [*profiles, block(f"{HEAD} {plan.name}", *(_bound(plan.name, band) for band, _ in _sorted(plan)))]


def plan_typed(old: AirPlan | None, new: AirPlan) -> list[Line]:
    """What makes or changes a radio plan.

    A profile that differs is made anew: what takes back a channel that was added or removed is not documented.
    """
    before = dict(_sorted(old)) if old is not None else {}
    made = [(band, radio) for band, radio in _sorted(new) if before.get(band) != radio]
    stale = [band for band in before if before[band] != new.radios.get(band)]
    unbind = [f"no {RADIO_BAND[band]}-rf-policy" for band in stale]
    bind = [_bound(new.name, band) for band, _ in made]
    return [
        *([block(f"{HEAD} {new.name}", *unbind)] if unbind else []),
        *[Line(f"no {_profile(new.name, band)}") for band in stale if before[band] != FOREIGN],
        *[block(_profile(new.name, band), *_settings(band, radio)) for band, radio in made],
        *([block(f"{HEAD} {new.name}", *bind)] if bind or old is None else []),
    ]


def remove_plan(plan: AirPlan) -> list[Line]:
    """What deletes a radio plan that no access point has any more."""
    profiles = [Line(f"no {_profile(plan.name, band)}") for band, radio in _sorted(plan) if radio != FOREIGN]
    return [Line(f"no {HEAD} {plan.name}"), *profiles]


def _settings(band: Band, radio: AirRadio) -> Iterator[str]:
    if band != "2.4ghz":  # always 20 MHz there
        yield f"channel chan-width {radio.width}"
    yield from (f"channel add {number}" for number in sorted(radio.channels - CHANNELS[band]))
    yield from (f"channel remove {number}" for number in sorted(CHANNELS[band] - radio.channels))
    if radio.power is not None:
        yield f"tx-power max {radio.power}"


def _sorted(plan: AirPlan) -> list[tuple[Band, AirRadio]]:
    return [(band, plan.radios[band]) for band in RADIO_BAND if band in plan.radios]


def _profile(plan: str, band: Band) -> str:
    return f"ap dot11 {RADIO_BAND[band]} rf-profile {profile_name(plan, band)}"


def _bound(plan: str, band: Band) -> str:
    return f"{RADIO_BAND[band]}-rf-policy {profile_name(plan, band)}"
