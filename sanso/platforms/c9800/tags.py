"""What access points are given: policy tags, and the three tags of each access point."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanso.network.wireless import AirAp, AirGroup
from sanso.platforms.c9800 import plan, site
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import WORD, Line, begins, block, rest, undo

HEAD = "wireless tag policy"
DEFAULT = "default-policy-tag"
_MAC = re.compile(r"[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}", re.IGNORECASE)
_OFFER = re.compile(rf"wlan (?P<wlan>{WORD}) policy (?P<policy>{WORD})")
_TAGS = {"plan": "rf-tag", "site": "site-tag", "group": "policy-tag"}
"""The policy tag last: it decides what is on the air, and by then the access point belongs to its site."""


def read_groups(config: Config) -> Iterator[AirGroup]:
    """Every policy tag, the controller's own among them."""
    for name, line in config.named(HEAD):
        yield _group(name, [child.text for child in line.children if not begins(child.text, "description")])


def _group(name: str, lines: list[str]) -> AirGroup:
    offers = {line: _OFFER.fullmatch(line) for line in lines}
    return AirGroup(
        name,
        {found["wlan"]: found["policy"] for found in offers.values() if found},
        other=tuple(line for line, found in offers.items() if not found),
    )


def group_shown(group: AirGroup) -> list[Line]:
    """A policy tag, as a running configuration shows it."""
    return [block(f"{HEAD} {group.name}", *(_offer(*pair) for pair in group.policies.items()))]


def group_typed(old: AirGroup | None, new: AirGroup) -> list[Line]:
    """What makes or changes a policy tag; another policy takes the place of one that is taken away first."""
    before = dict(old.policies) if old is not None else {}
    gone = [f"no {_offer(*pair)}" for pair in before.items() if pair not in new.policies.items()]
    gone += [undo(line) for line in old.other] if old is not None else []
    come = [_offer(*pair) for pair in new.policies.items() if pair not in before.items()]
    return [block(f"{HEAD} {new.name}", *gone, *come)]


def remove_group(name: str) -> list[Line]:
    """What deletes a policy tag that no access point has any more."""
    return [Line(f"no {HEAD} {name}")]


def read_aps(config: Config) -> Iterator[AirAp]:
    """Every access point that is given tags by its MAC address; what it is not given is the controller's default."""
    for name, line in config.named("ap"):
        if (mac := ap_of(f"ap {name}")) is not None:
            found = {tag: (rest(line.children, tag) or [""])[-1] for tag in _TAGS.values()}
            yield AirAp(
                mac,
                group=found["policy-tag"] or DEFAULT,
                site=found["site-tag"] or site.DEFAULT,
                plan=found["rf-tag"] or plan.DEFAULT,
            )


def ap_of(head: str) -> str | None:
    """MAC address of the access point whose block a line enters, with colons; None where it enters another."""
    name = head.removeprefix("ap ")
    return ":".join(re.findall("..", name.replace(".", "").lower())) if _MAC.fullmatch(name) else None


def ap_shown(ap: AirAp) -> list[Line]:
    """An access point's tags, as a running configuration shows them."""
    return [block(_ap(ap.mac), f"policy-tag {ap.group}", f"rf-tag {ap.plan}", f"site-tag {ap.site}")]


def ap_typed(old: AirAp | None, new: AirAp) -> list[Line]:
    """What gives an access point other tags."""
    changed = [key for key in _TAGS if old is None or getattr(old, key) != getattr(new, key)]
    return [block(_ap(new.mac), *(f"{_TAGS[key]} {getattr(new, key)}" for key in changed))]


def remove_ap(mac: str) -> list[Line]:
    """What takes the tags of an access point away."""
    return [Line(f"no {_ap(mac)}")]


def _offer(wlan: str, policy: str) -> str:
    return f"wlan {wlan} policy {policy}"


def _ap(mac: str) -> str:
    digits = mac.replace(":", "")
    return f"ap {digits[:4]}.{digits[4:8]}.{digits[8:]}"
