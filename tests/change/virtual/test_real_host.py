"""What a real host said, assessed and proved."""

from __future__ import annotations

import pytest

from sanso.change.virtual import Assessed, assess
from sanso.render import HostIntent
from tests.hypervisors.libvirt import edits
from tests.hypervisors.libvirt.host import CREATION, INTENDED, answers, changed, look, reading

INTENTS = {
    INTENDED.hostname: HostIntent(
        INTENDED,
        layers={210: "lgwan", 310: "internet", 510: "management", 520: "management"},
        names={210: "lgwan_servers", 310: "internet_servers", 510: "hosts", 520: "migration"},
        carries=frozenset({"lgwan", "internet"}),
        elsewhere=dict.fromkeys(INTENDED.machines, ()),
        homes=frozenset(INTENDED.machines),
    )
}


def assessed(said: dict[str, str]) -> Assessed:
    return assess(look(said), {}, INTENTS, CREATION)


def test_a_host_that_the_project_made_is_in_sync_and_proved() -> None:
    one = assessed(answers("clean"))
    assert one.in_sync, one.compared.differences
    assert one.findings == []


def test_a_host_as_its_distribution_makes_it_is_brought_there_and_no_step_opens_anything() -> None:
    one = assessed(answers("empty"))
    assert one.refused == []
    assert {finding.rule for finding in one.findings} == {"HOST-08"}, "libvirt brings a network along that routes"
    assert assess(changed(reading("empty"), INTENDED), {}, INTENTS, CREATION).in_sync


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (edits.row("Port", "vnet0", tag=210), "HOST-01"),
        (edits.row("Port", "uplinks", tag=210), "HOST-06"),
        (edits.row("Port", "management", tag=210), "HOST-03"),
        (edits.put(edits.WEB, "portgroup='internet_servers'", "portgroup='lgwan_servers'"), "HOST-08"),
        (edits.device('<hostdev mode="subsystem" type="pci"/>'), "HOST-08"),
        (edits.put("forwarding", "net.ipv4.ip_forward = 0", "net.ipv4.ip_forward = 1"), "HOST-04"),
    ],
)
def test_what_is_done_to_it_by_hand_is_not_proved(edit: edits.Edit, rule: str) -> None:
    said = answers("clean")
    edit(said)
    one = assessed(said)
    assert rule in {finding.rule for finding in one.findings}
    assert not one.in_sync
    assert one.refused == []
