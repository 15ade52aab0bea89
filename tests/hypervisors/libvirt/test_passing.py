from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.hypervisors.libvirt.passing import passing
from sanso.hypervisors.libvirt.rows import Rows
from sanso.hypervisors.libvirt.switch import Switch
from sanso.hypervisors.libvirt.transaction import columns
from sanso.network.facts import ALL_VLANS
from sanso.network.virtual import Passing

EVERYTHING = Passing(tagged=ALL_VLANS)
VLANS = st.integers(1, 4094)


def port(**columns: Any) -> dict[str, Any]:
    return {"tag": [], "trunks": [], "vlan_mode": [], **columns}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (port(), EVERYTHING),
        (port(tag=20), Passing(20)),
        (port(tag=20, trunks=[30]), Passing(20)),
        (port(tag=0), Passing(0)),
        (port(trunks=30), Passing(tagged=frozenset({30}))),
        (port(trunks=[0, 30]), Passing(tagged=frozenset({0, 30}))),
        (port(trunks=4095), Passing()),
        (port(vlan_mode="trunk", tag=20), EVERYTHING),
        (port(vlan_mode="access"), Passing(0)),
        (port(vlan_mode="native-untagged", tag=20, trunks=[20, 30]), Passing(20, frozenset({30}))),
        (port(vlan_mode="native-untagged", tag=20), Passing(20, ALL_VLANS - {20})),
        (port(vlan_mode="native-tagged", tag=20, trunks=[30]), Passing(20, frozenset({20, 30}))),
        (port(vlan_mode="dot1q-tunnel", tag=20), Passing(20)),
    ],
)
def test_a_port_lets_pass_what_its_columns_say(row: dict[str, Any], expected: Passing) -> None:
    assert passing(row) == expected


@given(
    before=st.fixed_dictionaries(
        {"tag": st.one_of(st.just([]), VLANS), "trunks": st.lists(VLANS), "vlan_mode": st.sampled_from([[], "trunk"])}
    ),
    untagged=st.one_of(st.none(), VLANS),
    tagged=st.one_of(st.just(ALL_VLANS), st.frozensets(VLANS, max_size=5)),
)
def test_columns_that_are_written_let_pass_just_that_whatever_was_there(
    before: dict[str, Any], untagged: int | None, tagged: frozenset[int]
) -> None:
    wanted = Passing(untagged, tagged - {untagged})
    switch = Switch(ports=({"_uuid": "1", "name": "p", **before},))
    after = Rows(switch).run(["--", "set", "Port", "p", *columns(wanted)])
    assert passing(after.ports[0]) == wanted
