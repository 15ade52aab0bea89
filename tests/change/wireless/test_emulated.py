"""Send every command of random changes to an emulated controller and look at what is on the air after each."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from sanso.change.plan import commands
from sanso.change.wireless import effective, plan
from sanso.lab import Device, DeviceSpec, make_device
from sanso.network.on_air import on_air
from sanso.network.wireless import PLACEHOLDER, WirelessFacts
from sanso.platforms import load_controller
from sanso.platforms.c9800.session import SESSION
from tests.change.wireless.strategies import facts

NOS = load_controller("c9800")


def held(device: Device) -> WirelessFacts:
    return effective(NOS.parse("wlc-1", device.running_config()))


def sent(device: Device, lines: list[str], allowed: frozenset[object] | None = None) -> None:
    """Type commands as a session does."""
    shell = device.shell(privileged=True)
    shell.execute("configure terminal")
    for line in lines:
        answer = shell.execute(PLACEHOLDER.sub("Of-8-or-more", line.strip()))
        assert not any(SESSION.refusals.search(one) for one in answer.splitlines()), (line, answer)
        if allowed is not None:
            assert on_air(held(device)) <= allowed, line
    shell.execute("end")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts(), facts())
def test_an_emulated_controller_takes_every_command_and_never_shows_more(
    old: WirelessFacts, new: WirelessFacts
) -> None:
    device = make_device(DeviceSpec("wlc-1", "c9800", "127.0.0.1", 4022))
    sent(device, commands(plan(NOS, held(device), old)))
    before = held(device)
    assert before == old
    sent(device, commands(plan(NOS, before, new)), on_air(before) | on_air(new))
    assert held(device) == replace(new, strays=frozenset())
    assert plan(NOS, held(device), new) == []
