"""What a change should leave on a device, held to what the emulated devices hold after it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanso.change.plan import commands, plan
from sanso.devices.expected import expected, surprises
from sanso.network.facts import Facts
from sanso.network.snapshot import Snapshot
from sanso.platforms import load_platform, read_snapshot
from sanso.render import snapshot_of
from tests.change.test_plan import device_with, facts

OUTSIDE = {
    "ios": [
        ["ip route 10.9.0.0 255.255.0.0 10.0.10.9"],
        ["ip route 10.9.0.0 255.255.0.0 Null0"],
        ["ipv6 route 2001:db8:9::/48 2001:db8::9"],
        ["interface Loopback7", "ip address 10.7.7.7 255.255.255.255"],
    ],
    "eos": [
        ["ip route 10.9.0.0/16 10.0.10.9"],
        ["ip route 10.9.0.0/16 Null0"],
        ["ipv6 route 2001:db8:9::/48 2001:db8::9"],
        ["interface Loopback7", "ip address 10.7.7.7/32"],
    ],
}
"""Lines out of the project's scope that decide where packets go."""

every_platform = pytest.mark.parametrize("platform", ["ios", "eos"])
replayed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def configure(device: Any, lines: list[str]) -> None:
    shell = device.shell(privileged=True)
    for line in ["configure terminal", *lines, "end"]:
        answer = shell.execute(line) or ""
        assert "%" not in answer, (line, answer)


def changed(device: Any, target: Facts) -> tuple[Snapshot, Snapshot]:
    """Change a device; what it should hold then, and what it holds."""
    platform = target.platform
    nos, text = load_platform(platform), device.running_config()
    before, running = read_snapshot(text, "before", platform), nos.parse("sw1", text)
    configure(device, commands(plan(nos, running, target)))
    after = read_snapshot(device.running_config(), "after", platform)
    return expected(before, running, snapshot_of(target), target), after


@every_platform
@replayed
@given(data=st.data())
def test_a_change_leaves_what_is_expected_and_all_else_as_it_was(platform: str, data: st.DataObject) -> None:
    device = device_with(platform, data.draw(facts(platform)))
    configure(device, data.draw(st.sampled_from([[], *OUTSIDE[platform]])))
    wanted, after = changed(device, data.draw(facts(platform)))
    assert not surprises(after, wanted)


@every_platform
@replayed
@given(data=st.data())
def test_whatever_else_a_change_leaves_is_a_surprise(platform: str, data: st.DataObject) -> None:
    device = device_with(platform, data.draw(facts(platform)))
    old, other = data.draw(st.permutations(OUTSIDE[platform]))[:2]
    configure(device, old)
    wanted, _ = changed(device, data.draw(facts(platform)))
    configure(device, other)
    assert surprises(read_snapshot(device.running_config(), "after", platform), wanted)
    configure(device, [*other[:-1], f"no {other[-1]}"])
    configure(device, [*old[:-1], f"no {old[-1]}"])
    assert surprises(read_snapshot(device.running_config(), "after", platform), wanted), "what was there is gone"


def test_a_line_that_is_not_understood_is_a_surprise_unless_it_was_there() -> None:
    text = "hostname sw1\nip nat inside source static 10.1.1.1 10.2.2.2\n"
    before = read_snapshot("hostname sw1\n", "before", "ios")
    after = read_snapshot(text, "after", "ios")
    assert after.unread
    assert surprises(after, before)
    assert not surprises(after, read_snapshot(f"!\n!\n{text}", "before", "ios"))
    assert not surprises(before, after), "less that is not understood is none"
