"""Whether the way to a licence is open and approved, told before any terminal is contacted.

A KMS host: the separation proof is asked whether the terminals' segment reaches it. The vendor: an approved breakout
with use ``licensing`` has to stand in the inventory for the segment and the site (LBO-01, LBO-08); in layers whose
hosts may send to the Internet the proof is asked about that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from importlib.resources import files
from typing import Any, Literal

import yaml

from sanso.city import City
from sanso.city.flow import Breakout
from sanso.city.segment import EGRESS_LAYERS, Segment
from sanso.city.separation import separation_model
from sanso.licensing.terminal import Terminal
from sanso.licensing.wanted import Wanted
from sanso.licensing.wishes import KmsHosts
from sanso.messages import Finding, Language, text
from sanso.proof.answer import Words
from sanso.proof.asked import QuestionError
from sanso.proof.frame import INTERNET
from sanso.proof.policy import Policy
from sanso.proof.question import Answer, Pair, ask
from sanso.proof.topology import Topology
from sanso.proof.trips import Reach
from sanso.render import intend_city, intended_snapshots
from sanso.rules.words import some

Kind = Literal["kms", "dns", "breakout", "egress", "ad", "unknown"]
Verdict = Literal["open", "closed", "unproved"]
_HTTPS = 443
_FEW_SITES = 3
_Key = tuple[str, str, int]
"""Segment, target and port of a question."""
_TERMINALS = {"office_terminals", "terminals"}


@dataclass(frozen=True)
class Need:
    """What some terminals need to be open."""

    kind: Kind
    site: str
    segment: str = ""
    layer: str = ""
    target: str = ""
    """KMS host as the inventory calls it; for a breakout the channel."""
    port: int = 0


@dataclass
class Way:
    """A need, what is known of it, and the terminals that have it."""

    need: Need
    verdict: Verdict
    said: str
    """Key below ``licensing.way``."""
    mend: str = ""
    args: dict[str, Any] = field(default_factory=dict)
    answer: Answer | None = None
    wrong: QuestionError | None = None
    """Why the proof could not even be asked."""
    hosts: list[str] = field(default_factory=list)

    @property
    def stops(self) -> bool:
        """Whether no terminal may be contacted; the way to domain controllers is nobody's to open here."""
        return self.verdict != "open" and self.need.kind != "ad"

    def lines(self, lang: Language) -> list[str]:
        """What is known, why, and the mend."""
        args = {**vars(self.need), **self.args, "words": self.wrong.say(lang) if self.wrong is not None else ""}
        name = text(f"licensing.way.{self.need.kind}.name", lang, **args)
        said = [
            text(
                f"licensing.way.{self.verdict}", lang, way=name, said=text(f"licensing.way.{self.said}", lang, **args)
            )
        ]
        if self.stops:
            said.append(text("licensing.way.concerns", lang, count=len(self.hosts), hosts=some(self.hosts)))
            said += [f"    {line}" for line in Words(self.answer, lang).lines()] if self.answer is not None else []
        if self.mend and self.stops:
            mend = text(f"licensing.way.{self.mend}.mend", lang, **args)
            said.append(text("licensing.way.mend", lang, mend=mend))
        return said


@dataclass(frozen=True)
class Network:
    """What the proof is asked about, and what of it could not be read."""

    topology: Topology
    not_read: Sequence[Finding] = ()


def rendered(city: City) -> Network:
    """What the inventory intends for the whole city."""
    return Network(Topology(intended_snapshots(intend_city(city)), city))


class Ways:
    """Judges the ways that terminals need.

    Args:
        city: what is approved in it.
        kms: hosts that may be asked for.
        network: gives what the proof is asked about, once, and only where a question needs it.
    """

    def __init__(self, city: City, kms: KmsHosts, network: Callable[[], Network] | None = None) -> None:
        self.city = city
        self.kms = kms
        self._read = network or partial(rendered, city)
        self._answers: dict[_Key, Answer | QuestionError] = {}
        self._sites: dict[_Key, set[str]] = {}

    @cached_property
    def _network(self) -> Network:
        return self._read()

    @cached_property
    def _policy(self) -> Policy:
        return Policy.of_city(self.city)

    def of(self, terminals: Iterable[Terminal]) -> list[Way]:
        """One way for each need; the closed ones first."""
        needs: dict[Need, list[str]] = {}
        self._sites.clear()
        for terminal in terminals:
            for need in dict.fromkeys(self._needs(terminal)):
                needs.setdefault(need, []).append(terminal.hostname)
        for need in needs:
            self._sites.setdefault(_question_of(need), set()).add(need.site)
        ways = []
        for need, hosts in needs.items():
            way = self._judge(need)
            way.hosts = hosts
            ways.append(way)
        return sorted(ways, key=lambda way: ("closed", "unproved", "open").index(way.verdict))

    # ----- needs ----------------------------------------------------------------------------------------------

    def _needs(self, terminal: Terminal) -> Iterator[Need]:
        segments = list(self._segments(terminal))
        for wanted in terminal.wanted:
            if not segments:
                yield Need("unknown", terminal.site or "-", layer=terminal.layer or "-")
            for name, segment in segments:
                yield from self._need(terminal.site, name, segment, wanted)

    def _segments(self, terminal: Terminal) -> Iterator[tuple[str, Segment]]:
        """Where a terminal may be: all of them have to be open, for nobody knows in which it is."""
        site = self.city.sites.get(terminal.site)
        for name in site.segments if site is not None else ():
            segment = self.city.segments[name]
            if terminal.segment:
                if name == terminal.segment:
                    yield name, segment
            elif segment.purpose in _TERMINALS and segment.layer == terminal.layer:
                yield name, segment

    def _need(self, site: str, name: str, segment: Segment, wanted: Wanted) -> Iterator[Need]:
        layer = str(segment.layer)
        match wanted.channel:
            case "kms" if wanted.kms_host:
                target = self.kms.asked.get(wanted.kms_host.lower()) or wanted.kms_host
                yield Need("kms", site, name, layer, target, wanted.kms_port)
            case "kms" if self.kms.nodes:
                for node in self.kms.nodes:
                    yield Need("kms", site, name, layer, node, wanted.kms_port)
            case "kms":
                yield Need("dns", site, name, layer)
            case "ad":
                yield Need("ad", site, name, layer)
            case _ if segment.layer in EGRESS_LAYERS and not self._licensing(site, name):
                yield Need("egress", site, name, layer, INTERNET, _HTTPS)
            case _:
                yield Need("breakout", site, name, layer, wanted.channel)

    # ----- verdicts -------------------------------------------------------------------------------------------

    def _judge(self, need: Need) -> Way:
        match need.kind:
            case "kms" | "egress":
                return self._question(need)
            case "breakout":
                return self._breakout(need)
            case "dns":
                return Way(need, "unproved", "dns.none", "dns")
            case "ad":
                return Way(need, "unproved", "ad.said")
            case _:
                return Way(need, "unproved", "unknown.place", "unknown")

    def _question(self, need: Need) -> Way:
        answer = self._ask(need)
        if isinstance(answer, QuestionError):
            return Way(need, "unproved", "kms.ask", "ask", wrong=answer)
        here = f"{need.segment}@{need.site}"
        pairs = tuple(pair for pair in answer.pairs if pair.source.name.partition(" ")[0] == here)
        mine = Answer(here, answer.target, answer.asked, pairs, answer.frame)
        families = {pair.source.family for pair in pairs}
        found = {_verdict([pair for pair in pairs if pair.source.family == family]) for family in families}
        for said in ("open", "unsure", "unapproved"):
            if said in found:
                verdict: Verdict = "open" if said == "open" else "unproved" if said == "unsure" else "closed"
                mend = "unsure" if said == "unsure" else need.kind
                return Way(need, verdict, f"kms.{said}", mend, answer=mine)
        if self._network.not_read and not mine.sure:
            return Way(need, "unproved", "kms.unsure", "unsure", answer=mine)
        return Way(need, "closed", "kms.closed", need.kind, answer=mine)

    def _ask(self, need: Need) -> Answer | QuestionError:
        """One question for a segment at all its sites; of few sites each by itself, which is less work."""
        key = _question_of(need)
        if len(self._sites[key]) <= _FEW_SITES:
            key = f"{need.segment}@{need.site}", need.target, need.port
        if key not in self._answers:
            try:
                network, ends = self._network, (key[0], need.target, f"tcp/{need.port}")
                self._answers[key] = ask(network.topology, self._policy, *ends, not_read=network.not_read)
            except QuestionError as wrong:
                self._answers[key] = wrong
        return self._answers[key]

    def _breakout(self, need: Need) -> Way:
        model = separation_model(self.city.settings.model)
        if need.layer not in model.breakout_layers:
            return Way(need, "closed", "breakout.layer", "breakout", {"model": self.city.settings.model})
        mine = self._licensing(need.site, need.segment)
        feeds = {number for one in mine.values() for number in one.feed}
        names = {name for one in mine.values() for name in one.destinations}
        needed = breakout_needs()[need.target]
        lack = [f"feed {number}" for number in needed["feed"] if number not in feeds]
        lack += [name for name in needed["names"] if name not in names]
        if lack:
            return Way(need, "closed", "breakout.closed", "breakout", {"lack": ", ".join(lack)})
        return Way(need, "open", "breakout.open", args={"entries": ", ".join(mine)})

    def _licensing(self, site: str, segment: str) -> dict[str, Breakout]:
        """Breakouts for activation from a segment at a site."""
        return {
            name: one
            for name, one in self.city.breakouts.items()
            if one.use == "licensing" and one.segment == segment and site in one.sites
        }


def _question_of(need: Need) -> _Key:
    return need.segment, need.target, need.port


def _verdict(pairs: list[Pair]) -> str:
    """Of one family: what is open has to be open from everywhere, and approved."""
    if any(pair.reach is not Reach.YES for pair in pairs):
        return "closed"
    if any(pair.approval.reach is not Reach.YES for pair in pairs):
        return "unapproved"
    return "open" if all(pair.sure for pair in pairs) else "unsure"


@cache
def breakout_needs() -> dict[str, Any]:
    """Channel → what it needs of the vendor's feed, and names that the feed lacks."""
    data: dict[str, Any] = yaml.safe_load(files("sanso.licensing").joinpath("breakout.yml").read_text("utf-8"))
    return data
