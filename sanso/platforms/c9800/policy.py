"""A policy profile: ``wireless profile policy <name>``, with its calendars and its caps."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.network.wireless import AirPolicy
from sanso.platforms.c9800 import police, schedule
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import Line, begins, block, rest, undo
from sanso.platforms.c9800.names import police_name

HEAD = "wireless profile policy"
DEFAULT = "default-policy-profile"
_CENTRAL = ("association", "dhcp", "switching")
"""What the controller does for terminals, unless the access point does it."""
_OVERRIDE = "aaa-override"
_ELSEWHERE = (
    "cts",
    "eogre",
    "ethernet-bridging",
    "export-anchor",
    "fabric",
    "flex",
    "guest-lan",
    "l3-access",
    "mobility anchor",
    "multicast vlan",
    "nac",
    "no central authentication",
    "passive-client",
    "service-policy input",
    "service-policy output",
    "static-ip-mobility",
    "subscriber-policy-name",
    "tunnel-profile",
    "umbrella-param-map",
    "url-filter",
    "vlan-persistent",
    "vrf",
    "wgb",
)
"""Lines that may lead frames elsewhere, or let somebody else say where to."""


def read_policies(config: Config) -> Iterator[AirPolicy]:
    """Every policy profile, the controller's own among them."""
    vlans = config.vlan_ids()
    for name, line in config.named(HEAD):
        yield _policy(config, name, line.children, vlans)


def _policy(config: Config, name: str, lines: list[Line], vlans: dict[str, int | None]) -> AirPolicy:
    texts = [line.text for line in lines]
    hours, calendars = schedule.read_hours(config, name, lines)
    caps, maps = police.read_caps(config, name, lines)
    bridged = "no central switching" in texts
    astray = [text for text in texts if any(begins(text, start) for start in _ELSEWHERE)]
    astray += [one for part in _CENTRAL if (one := _disagrees(part, texts, bridged=bridged))]
    return AirPolicy(
        name=name,
        enabled="no shutdown" in texts,
        vlan=None if astray else _vlan(rest(lines, "vlan"), vlans),
        bridged_at_ap=bridged,
        vlan_by_radius=_OVERRIDE in texts,
        down_kbps=caps["down"],
        up_kbps=caps["up"],
        hours=hours,
        other=(*astray, *calendars, *maps),
    )


def _disagrees(part: str, texts: list[str], *, bridged: bool) -> str:
    """The line by which a part of the work is not done where switching is."""
    central = f"no central {part}" not in texts
    return "" if central != bridged else f"{'' if central else 'no '}central {part}"


def _vlan(found: list[str], vlans: dict[str, int | None]) -> int | None:
    """The VLAN by its number or its name; VLAN 1 and ``default`` stand for the one that carries access points."""
    match found:
        case [text] if text.isdecimal() and text != "1":
            return int(text)
        case [text] if text.startswith("VLAN") and text[4:].isdecimal() and text not in vlans:
            return int(text[4:])
        case [text]:
            return vlans.get(text)
        case _:
            return None


# ----- as it is shown, and as it is typed ------------------------------------------------------------------------


def policy_shown(policy: AirPolicy) -> list[Line]:
    """Everything of a policy profile, as a running configuration shows it."""
    lines: list[Line | str] = [
        *([_OVERRIDE] if policy.vlan_by_radius else []),
        *schedule.references(policy),
        *([f"no central {part}" for part in _CENTRAL] if policy.bridged_at_ap else []),
        *police.bindings(policy),
        *([f"vlan {policy.vlan}"] if policy.vlan is not None else []),
        *(["no shutdown"] if policy.enabled else []),
    ]
    return [
        *schedule.calendar_lines(policy),
        *police.police_lines(policy),
        block(f"{HEAD} {policy.name}", *lines),
    ]


def policy_typed(old: AirPolicy | None, new: AirPolicy) -> list[Line]:
    """What makes a policy profile, shut, or changes one that is shut; what it refers to comes first and goes last."""
    anew = (old.hours if old is not None else ()) != new.hours
    was = schedule.calendars(old) if anew and old is not None else []
    gone = set(police.caps_of(old)) - set(police.caps_of(new)) if old is not None else set()
    lines: list[Line | str] = [
        *([undo(line) for line in old.other] if old is not None else []),
        *_settings(old, new),
        *(schedule.references(new) if anew else []),
    ]
    return [
        *([block(f"{HEAD} {new.name}", *(f"no {schedule.REFERENCE} {name}" for name in was))] if was else []),
        *[Line(f"no {schedule.HEAD} {name}") for name in was],  # one that is in use cannot be edited
        *(schedule.calendar_lines(new) if anew else []),
        *police.police_lines(new, old),
        *([block(f"{HEAD} {new.name}", *lines)] if lines else []),
        *[Line(f"no {police.HEAD} {police_name(new.name, direction)}") for direction in sorted(gone)],
    ]


def remove_policy(policy: AirPolicy) -> list[Line]:
    """What deletes a policy profile that no group uses any more, and all that belongs to it."""
    caps = [f"no {police.HEAD} {police_name(policy.name, direction)}" for direction in police.caps_of(policy)]
    hours = [f"no {schedule.HEAD} {name}" for name in schedule.calendars(policy)]
    return [Line(text) for text in (f"no {HEAD} {policy.name}", *caps, *hours)]


def policy_state(name: str, *, enabled: bool) -> list[Line]:
    """What enables or shuts a policy profile."""
    return [block(f"{HEAD} {name}", "no shutdown" if enabled else "shutdown")]


def _settings(old: AirPolicy | None, new: AirPolicy) -> Iterator[str]:
    if new.vlan is not None and (old is None or old.vlan != new.vlan):
        yield f"vlan {new.vlan}"
    if new.bridged_at_ap != (old is not None and old.bridged_at_ap):
        yield from (f"{'no ' if new.bridged_at_ap else ''}central {part}" for part in _CENTRAL)
    if new.vlan_by_radius != (old is not None and old.vlan_by_radius):
        yield _OVERRIDE if new.vlan_by_radius else f"no {_OVERRIDE}"
    bound = police.bindings(old) if old is not None else []
    yield from (f"no {line}" for line in bound if line not in police.bindings(new))
    yield from (line for line in police.bindings(new) if line not in bound)
    if new.vlan is None and old is not None and old.vlan is not None:
        yield "no vlan"
