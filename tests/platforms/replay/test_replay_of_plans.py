"""The emulated devices are the second opinion: they take the same commands, and hold the same after each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanso.change.plan import commands, plan
from sanso.lab import make_device
from sanso.lab.spec import DeviceSpec
from sanso.platforms import load_platform, platform_names, read_snapshot
from sanso.proof.transition.essence import of_snapshot
from tests.change.test_plan import INTERFACES, device_with
from tests.change.test_plan import facts as small_facts
from tests.platforms.strategies import PORT_NAMES
from tests.platforms.strategies import facts as wild_facts

several = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def refused(platform: str, answer: str) -> bool:
    """Whether a session takes an answer for a refusal."""
    session = import_module(f"sanso.platforms.{platform}.session").SESSION
    harmless = session.harmless or re.compile("(?!)")
    return any(session.refusals.search(line) and not harmless.search(line) for line in answer.splitlines())


def walk(platform: str, device: object, lines: Iterable[str]) -> None:
    """Send commands to a device and to a replay of its text; they must not part."""
    nos = load_platform(platform)
    replay = nos.replay(device.running_config())  # type: ignore[attr-defined]
    shell = device.shell(privileged=True)  # type: ignore[attr-defined]
    shell.execute("configure terminal")
    for line in lines:
        answer = shell.execute(line) or ""
        if refused(platform, answer):
            return  # refused: what the device holds then is undone
        replay.send(line)
        if nos.stepwise or line.strip() == "exit":
            held = read_snapshot(device.running_config(), "sw1", platform)  # type: ignore[attr-defined]
            mine = of_snapshot(read_snapshot(replay.text, "sw1", platform))
            assert mine == of_snapshot(held), (
                line,
                *(pair for pair in zip(mine, of_snapshot(held), strict=True) if pair[0] != pair[1]),
            )


@pytest.mark.parametrize("platform", platform_names())
@several
@given(data=st.data())
def test_small_changes_end_and_stand_at_each_step_where_the_device_does(platform: str, data: st.DataObject) -> None:
    nos = load_platform(platform)
    old, new = data.draw(small_facts(platform)), data.draw(small_facts(platform))
    device = device_with(platform, old)
    walk(platform, device, commands(plan(nos, nos.parse("sw1", device.running_config()), new)))


@pytest.mark.parametrize("platform", platform_names())
@several
@given(data=st.data())
def test_anything_that_facts_can_say(platform: str, data: st.DataObject) -> None:
    nos = load_platform(platform)
    device = make_device(DeviceSpec("sw1", platform, "127.0.0.1", 4022, PORT_NAMES[platform][1:]))
    for wanted in (data.draw(wild_facts(platform)), data.draw(wild_facts(platform))):
        running = nos.parse("sw1", device.running_config())
        known = {name: port for name, port in wanted.ports.items() if name in running.ports}
        walk(platform, device, commands(plan(nos, running, replace(wanted, ports=known))))


@pytest.mark.parametrize("platform", platform_names())
def test_members_of_a_port_channel_follow_it(platform: str) -> None:
    ports = INTERFACES[platform]
    device = make_device(DeviceSpec("sw1", platform, "127.0.0.1", 4022, ports))
    shell = device.shell(privileged=True)
    for line in ("configure terminal", f"interface {ports[0]}", "channel-group 1 mode active", "end"):
        shell.execute(line)
    channel = next(
        name for name in load_platform(platform).parse("sw1", device.running_config()).ports if "hannel" in name
    )
    lines = ["vlan 10", " name a", " exit", f"interface {channel}", " switchport trunk allowed vlan 10", " exit"]
    shut = [f"interface {channel}", " shutdown", " exit", f"interface {channel}", " no shutdown", " exit"]
    walk(platform, device, [*lines, *shut, f"interface {channel}", " switchport mode trunk", " exit"])
