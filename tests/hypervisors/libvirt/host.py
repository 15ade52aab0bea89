"""A real host's answers, as libvirt 9.0 and Open vSwitch 3.1 of Debian 12 gave them, and what is intended there.

``hosts/<situation>/<probe>`` is what one command said: ``empty`` before the project changed anything, ``clean`` after
its steps were run. Of the interfaces of the test's own network nothing is left in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sanso.hypervisors import Creation
from sanso.hypervisors.libvirt.plan import plan
from sanso.hypervisors.libvirt.read import LibvirtReading, facts_of, read
from sanso.hypervisors.libvirt.replay import replay
from sanso.network.virtual import DiskFacts, HostFacts, MachineFacts, NicFacts, Passing, PoolFacts

HOSTS = Path(__file__).parent / "hosts"
SEGMENTS = {"lgwan_servers": 210, "internet_servers": 310}
OUTSIDE, MAIN = "52:54:00:00:03:01", "52:54:00:00:02:01"


def nic(mac: str, segment: str) -> NicFacts:
    return NicFacts(mac, segment, passing=Passing(untagged=SEGMENTS[segment]))


WEB = MachineFacts("web", 1, 128, {"outside": nic(OUTSIDE, "internet_servers")}, {"system": DiskFacts("machines", 1)})
RECORDS = MachineFacts(
    "records", 1, 128, {"main": nic(MAIN, "lgwan_servers")}, {"system": DiskFacts("machines", 1)}, order=10
)
INTENDED = HostFacts(
    hostname="kvm-a",
    platform="libvirt",
    uplinks=("eth1", "eth2"),
    trunk=Passing(510, frozenset({210, 310, 520})),
    segments=SEGMENTS,
    own={"management": Passing(510), "migration": Passing(520)},
    pools={"machines": PoolFacts("/srv/machines"), "copies": PoolFacts("/srv/copies")},
    machines={"web": WEB, "records": RECORDS},
)
CREATION = Creation(accelerated=False, kernel_switch=False, machines=frozenset({"web", "records"}))


def answers(situation: str) -> dict[str, str]:
    folder = HOSTS / situation
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in files}


def look(said: Mapping[str, str], intended: HostFacts = INTENDED) -> LibvirtReading:
    return read("kvm-a", said, intended)


def reading(situation: str, intended: HostFacts = INTENDED) -> LibvirtReading:
    return look(answers(situation), intended)


def changed(found: LibvirtReading, intended: HostFacts, creation: Creation = CREATION) -> LibvirtReading:
    """The host once all steps were run."""
    state = found.state
    for step in plan(found, intended, creation).steps:
        state = replay(state, step.command)
    return LibvirtReading(facts_of("kvm-a", state, intended), state)


def with_web(**fields: object) -> HostFacts:
    """What is intended with another ``web``."""
    return replace(INTENDED, machines={**INTENDED.machines, "web": replace(WEB, **fields)})  # type: ignore[arg-type]
