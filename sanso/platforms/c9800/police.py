"""Caps on what each terminal sends and receives: a policy map that polices everything."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.network.wireless import AirPolicy
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import Line, block, rest
from sanso.platforms.c9800.names import police_name

HEAD = "policy-map"
BINDINGS = {"up": "service-policy client input", "down": "service-policy client output"}
"""Seen from the controller: what comes in is what a terminal sends."""
_ACTIONS = ["conform-action transmit", "exceed-action drop"]


def read_caps(config: Config, policy: str, lines: list[Line]) -> tuple[dict[str, int | None], tuple[str, ...]]:
    """Caps in kbit/s by direction, and the lines that bind a policy map which is not one of the project's."""
    caps: dict[str, int | None] = {}
    other = []
    for direction, binding in BINDINGS.items():
        bound = rest(lines, binding)
        name = police_name(policy, direction)
        caps[direction] = _cap(config.below(f"{HEAD} {name}")) if bound == [name] else None
        if bound and caps[direction] is None:
            other.append(f"{binding} {bound[-1]}")
    return caps, tuple(other)


def _cap(lines: list[Line] | None) -> int | None:
    """The rate of a policy map that polices everything and drops the rest."""
    match lines:
        case [Line("class class-default", [Line(text, actions)])] if text.startswith("police cir "):
            words = text.removeprefix("police cir ").split()
            if words[0].isdecimal() and [one.text for one in actions] == _ACTIONS:
                return -(-int(words[0]) // 1000)
    return None


def caps_of(policy: AirPolicy) -> dict[str, int]:
    """Caps of a policy profile by direction."""
    caps = {"up": policy.up_kbps, "down": policy.down_kbps}
    return {direction: cap for direction, cap in caps.items() if cap is not None}


def police_lines(policy: AirPolicy, old: AirPolicy | None = None) -> Iterator[Line]:
    """The policy maps of a policy profile that are not as they were."""
    before = caps_of(old) if old is not None else {}
    for direction, cap in caps_of(policy).items():
        if before.get(direction) != cap:
            police = block(f"police cir {cap * 1000}", *_ACTIONS)
            yield block(f"{HEAD} {police_name(policy.name, direction)}", block("class class-default", police))


def bindings(policy: AirPolicy) -> list[str]:
    """The lines of a policy profile that bind them."""
    return [f"{BINDINGS[direction]} {police_name(policy.name, direction)}" for direction in caps_of(policy)]
