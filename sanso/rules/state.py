"""STATE: the city in a disaster: who said so, until when, and what is on the air then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sanso.city.segment import Layer
from sanso.messages import Finding, Severity
from sanso.rules.public_wifi import FOR_EVERYBODY
from sanso.rules.rule import Rule
from sanso.rules.words import some

LONGEST = 30
"""Days ahead; an end that is further off is probably a slip of the pen."""


class TwoPersons(Rule):
    """Two different persons decide on the state of a disaster, and on its end."""

    id = "STATE-01"

    def check(self) -> Iterator[Finding]:
        situation = self.city.situation
        persons = {"".join(name.split()).casefold() for name in situation.approvers}
        decided = situation.state == "disaster" or situation.since is not None
        if decided and len(persons) < 2:
            path = situation.at("approvers") if situation.approvers else situation.at()
            yield self.finding(path, approvers=some(situation.approvers))


class Declared(Rule):
    """The state of a disaster has a reason, a beginning, and an end after it."""

    id = "STATE-02"

    def check(self) -> Iterator[Finding]:
        situation = self.city.situation
        if situation.state != "disaster":
            return
        for key in ("reason", "since", "until"):
            if getattr(situation, key) is None:
                yield self.finding(situation.at("state"), "lacking", key=key)
        if situation.since is not None and situation.until is not None and situation.until <= situation.since:
            yield self.finding(situation.at("until"), "order", since=situation.since, until=situation.until)


class DisasterWlan(Rule):
    """A WLAN that is on the air in a disaster alone is public Wi-Fi for everybody (WLAN-05 keeps its users apart)."""

    id = "STATE-03"

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            if set(wlan.states) != {"disaster"}:
                continue
            layer = self.index.layers.get(wlan.segment)
            if layer is not None and layer is not Layer.PUBLIC:
                yield self.finding(wlan.at("segment"), "layer", wlan=name, segment=wlan.segment, layer=layer)
            if wlan.auth not in FOR_EVERYBODY:
                yield self.finding(wlan.at("auth"), "auth", wlan=name, auth=wlan.auth)


class TimeToEnd(Rule):
    """The end of a disaster's state has not passed, and is not far off."""

    id = "STATE-04"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        situation = self.city.situation
        if situation.state != "disaster" or situation.until is None:
            return
        midnight = datetime.combine(self.today, time.min, ZoneInfo(self.city.settings.timezone))
        days = (situation.until - midnight).days
        args = {"until": situation.until, "today": self.today, "limit": LONGEST}
        if days < 0:
            yield self.finding(situation.at("until"), "past", **args, days=-days)
        elif days > LONGEST:
            yield self.finding(situation.at("until"), "far", **args, days=days)
