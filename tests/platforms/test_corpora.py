"""Configurations that nobody here wrote, where they are at hand: all are read, and none is half understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sanso.network.facts import Facts, Mode
from sanso.platforms import load_platform

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"
IOS = ("batfish-ios-eos-testconfigs", "batfish-example", "batfish-basic", "hier_config")
EOS = ("avd-eos",)
UNDERSTOOD = {
    "ios": Counter(vlans=55, ports=57, svis=31, addresses=24, entries=53),
    "eos": Counter(vlans=169, ports=251, svis=103, addresses=103),
}
"""So much was understood when this was written; more is progress, less a fault."""

_LIST = re.compile(r"^((?:ip access-list(?: extended)?|ipv6 access-list)) (?!extended|standard)", re.MULTILINE)


@pytest.fixture(scope="module")
def corpora() -> Path:
    if not CORPORA.is_dir():
        pytest.skip("no folder shared/corpora beside the repository")
    return CORPORA


def configurations(corpora: Path, folders: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        for file in sorted((corpora / folder).rglob("*")):
            if file.is_file() and file.suffix not in {".json", ".md", ".v4", ".yml"}:
                yield file.read_text(encoding="utf-8", errors="replace")


def understood(facts: Facts) -> Counter[str]:
    entries = [entry for acl in facts.acls.values() for entry in acl.entries.values()]
    return Counter(
        vlans=len(facts.vlans),
        ports=sum(port.mode is not Mode.DYNAMIC for port in facts.ports.values()),
        svis=len(facts.svis),
        addresses=sum(len(svi.ipv4) + len(svi.ipv6) for svi in facts.svis.values()),
        entries=sum(entry.action != "unknown" for entry in entries),
    )


@pytest.mark.parametrize(("platform", "folders"), [("ios", IOS), ("eos", EOS)])
def test_configurations_of_others_are_read(corpora: Path, platform: str, folders: tuple[str, ...]) -> None:
    nos = load_platform(platform)
    total: Counter[str] = Counter()
    for text in configurations(corpora, folders):
        # lists of others count as ours here, and excerpts as whole configurations
        whole = _LIST.sub(r"\1 SANSO-", text) + "\nend\n"
        facts = nos.parse("sw1", whole)
        total += understood(facts)
        assert nos.parse("sw1", nos.render(facts)) == facts
    assert not UNDERSTOOD[platform] - total, total
