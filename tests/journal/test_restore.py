"""What a journal holds of a configuration is enough to put the device back, and holds no secret."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sanso.change import assess
from sanso.city import City, load_city
from sanso.devices.observer import Stage
from sanso.journal import Journal, Marks, Restoration, read_runs
from sanso.lab.inventory import inventory_specs
from sanso.network.facts import Facts, Svi
from sanso.platforms import load_controller, load_platform
from sanso.render import Intent, intend_city, intend_controllers
from tests.journal.test_journal import LOOKED

INVENTORY = Path(__file__).resolve().parents[2] / "inventories" / "lab"
SWITCHES = ("hoikusho-east-1", "shobo-minami-2", "hall-core-1")
SECRETS = """\
enable secret 9 $9$abcdefgh$ijklmnop
username admin privilege 15 password 0 hunter2
snmp-server community Publ1c RO
"""


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(INVENTORY)


@pytest.fixture(scope="module")
def intents(city: City) -> dict[str, Intent]:
    return intend_city(city)


def as_text(facts: Facts) -> str:
    return f"hostname {facts.hostname}\n{SECRETS}{load_platform(facts.platform).render(facts)}\nend\n"


def restoration(tmp_path: Path, host: str, before: str, after: str) -> Restoration:
    """Of a run that found one configuration on a device and left another."""
    journal = Journal(tmp_path / "journal")
    journal.open()
    marks = journal.marks(["hunter2"])
    journal.add("run", {**LOOKED, "host": host, "configuration": journal.keep(marks.text(before))})
    saved = {"event": "stage", "host": host, "stage": str(Stage.SAVED)}
    journal.add("run", {**saved, "configuration": journal.keep(marks.text(after))})
    return Restoration(journal, read_runs(journal.entries())["run"], marks)


def test_marks_leave_what_is_in_scope_as_it_is(city: City, intents: dict[str, Intent]) -> None:
    marks = Marks(b"k" * 32, ["admin", "enable"])
    for host, intent in intents.items():
        platform, text = load_platform(intent.facts.platform), as_text(intent.facts)
        assert platform.parse(host, marks.text(text)) == platform.parse(host, text)
    for host, wireless in intend_controllers(city).items():
        controller = load_controller(wireless.facts.platform)
        text = controller.render(wireless.facts)
        assert controller.parse(host, marks.text(text)) == controller.parse(host, text)


@pytest.mark.parametrize("host", SWITCHES)
def test_a_device_that_holds_what_it_held_is_in_sync_and_another_is_not(
    tmp_path: Path, intents: dict[str, Intent], host: str
) -> None:
    intent = intents[host]
    old = replace(intent.facts, vlans={**intent.facts.vlans, 777: "old"})
    back = restoration(tmp_path, host, as_text(old), as_text(intent.facts))
    wanted = back.intent(intent)
    assert assess(wanted, as_text(old)).in_sync
    found = assess(wanted, as_text(intent.facts))
    assert [(one.where, one.expected, one.found) for one in found.differences] == [("VLAN 777", "old", "")]


@pytest.mark.parametrize("host", SWITCHES[:2])
def test_what_was_taken_away_comes_back(tmp_path: Path, intents: dict[str, Intent], host: str) -> None:
    intent = intents[host]
    old, platform = intent.facts, load_platform(intent.facts.platform)
    name = next(name for name, port in old.ports.items() if port.mode == "access")
    now = replace(old, ports={**old.ports, name: replace(old.ports[name], shutdown=True, description="closed")})
    found = assess(restoration(tmp_path, host, as_text(old), as_text(now)).intent(intent), as_text(now))
    replay = platform.replay(as_text(now))
    for command in found.commands:
        replay.send(command)
    assert platform.parse(host, replay.text) == platform.parse(host, as_text(old))


def test_a_device_is_as_left_whatever_the_reading_adds_and_with_another_password_it_is_not(
    tmp_path: Path, intents: dict[str, Intent]
) -> None:
    text = as_text(intents["hoikusho-east-1"].facts)
    back = restoration(tmp_path, "hoikusho-east-1", "hostname x\nend\n", text)
    assert back.as_left("hoikusho-east-1", f"Building configuration...\n\nCurrent configuration : 9 bytes\n{text}")
    assert back.as_left("hoikusho-east-1", "hostname x\nend\n")
    assert not back.as_left("hoikusho-east-1", text.replace("hunter2", "hunter3"))
    assert not back.as_left("hoikusho-east-1", text.replace("Publ1c", "Other"))


def test_a_description_with_a_secret_stays_as_it_is_now(tmp_path: Path, intents: dict[str, Intent]) -> None:
    intent = intents["hoikusho-east-1"]
    name = next(iter(intent.facts.ports))
    vlan = next(iter(intent.facts.svis))

    def described(words: str, host_vlans: dict[int, str]) -> Facts:
        port = replace(intent.facts.ports[name], description=words)
        svi: Svi = replace(intent.facts.svis[vlan], description=words)
        ports, svis = {**intent.facts.ports, name: port}, {**intent.facts.svis, vlan: svi}
        return replace(intent.facts, ports=ports, svis=svis, vlans=host_vlans)

    old = described("the password hunter2", intent.facts.vlans)
    now = described("uplink of today", {**intent.facts.vlans, 777: "new"})
    back = restoration(tmp_path, "hoikusho-east-1", as_text(old), as_text(now))
    found = assess(back.intent(intent), as_text(now))
    assert [one.where for one in found.differences] == ["VLAN 777"]
    assert not any("hidden" in command or "hunter2" in command for command in found.commands)
    assert "hunter2" not in "".join(file.read_text() for file in (tmp_path / "journal" / "configurations").iterdir())


def test_what_nothing_uses_on_a_controller_is_let_be(tmp_path: Path, city: City) -> None:
    (host, intent), *_ = intend_controllers(city).items()
    text = load_controller(intent.facts.platform).render(intent.facts)
    back = restoration(tmp_path, host, text, text)
    assert assess(back.intent(intent), text).in_sync


def test_the_emulated_city_has_the_hosts_of_these_tests() -> None:
    assert {spec.name for spec in inventory_specs(INVENTORY)} >= set(SWITCHES)
