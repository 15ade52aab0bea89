"""Changes of the lab city: the first rollout, repairs of drift, and orders of devices that open something."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from sanso.change import assess
from sanso.lab import make_device
from sanso.lab.spec import DeviceSpec
from sanso.messages import LANGUAGES
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.transition.course import Course
from sanso.proof.transition.proof import Transition, prove_transition
from sanso.render import intend_city
from tests.proof.mutations.conftest import LAB
from tests.proof.mutations.harness import Config, World

HALL, BRANCH = "hall-core-1", "hoikusho-east-1"


@pytest.fixture(scope="module")
def lab() -> World:
    return World(LAB)


def proved(world: World, courses: Mapping[str, Course]) -> Transition:
    found = prove_transition(courses, Topology(world.snapshots, world.city), Policy.of_city(world.city))
    assert all(finding.lines(lang) for finding in found.findings for lang in LANGUAGES)
    assert all(found.summary(lang) for lang in LANGUAGES)
    return found


def repaired(world: World, texts: Mapping[str, str]) -> dict[str, Course]:
    """What the planner would send to devices that hold some texts."""
    courses = {}
    for name, intent in intend_city(world.city).items():
        if name in texts:
            plan = assess(intent, texts[name])
            courses[name] = Course(name, intent.facts.platform, texts[name], tuple(plan.commands))
    return courses


def test_the_first_rollout_opens_nothing(lab: World) -> None:
    texts = {
        name: make_device(
            DeviceSpec(name, device.platform, "127.0.0.1", 4022, tuple(lab.city.ports[name]))
        ).running_config()
        for name, device in lab.city.devices.items()
    }
    courses = repaired(lab, texts)
    found = proved(lab, courses)
    assert found.findings == []
    assert found.commands > 1000
    assert found.summary("en").startswith(f"proved: none of {found.commands} commands on {len(courses)} devices")


def insert_permit(config: Config) -> None:
    number = next(n for n, line in enumerate(config.lines, 1) if "access-list" in line and "-V4" in line)
    config.insert(number + 1, config.entry(5, "permit tcp any any eq 443"))


def delete_lines(config: Config) -> None:
    numbers = [n for n, line in enumerate(config.lines, 1) if " permit tcp" in line][::-1]
    for number in numbers:
        config.delete(number)


def unbind(config: Config) -> None:
    config.delete(next(n for n, line in enumerate(config.lines, 1) if "access-group" in line))


def widen(config: Config) -> None:
    number = next(n for n, line in enumerate(config.lines, 1) if "trunk allowed vlan" in line)
    config.delete(number)


def move_port(config: Config) -> None:
    number = next(n for n, line in enumerate(config.lines, 1) if "switchport access vlan 210" in line)
    config.change(number, "210", "310")


def rogue(config: Config) -> None:
    config.append("interface Vlan777", config.address("10.251.0.1"))
    config.append("vlan 777", " name rogue")


DRIFTS = [insert_permit, delete_lines, unbind, widen, move_port, rogue]


@pytest.mark.parametrize("device", [HALL, BRANCH])
@pytest.mark.parametrize("drift", [insert_permit, delete_lines, unbind, rogue])
def test_a_repair_opens_nothing(lab: World, device: str, drift: Callable[[Config], None]) -> None:
    config = lab.config(device)
    drift(config)
    courses = repaired(lab, {device: config.text})
    assert courses[device].commands
    assert proved(lab, courses).findings == []


def test_repairs_on_all_devices_at_once_open_nothing(lab: World) -> None:
    texts = {}
    for name in lab.texts:
        config = lab.config(name)
        for drift in DRIFTS:
            try:
                drift(config)
            except StopIteration:
                continue
        texts[name] = config.text
    courses = {name: course for name, course in repaired(lab, texts).items() if course.commands}
    assert len(courses) > 10
    assert proved(lab, courses).findings == []


def trunk(world: World) -> dict[str, str]:
    """Both ends of the link between a branch's gateway and another switch, by device."""
    for link in Topology(world.snapshots, world.city).links:
        ports = {end.device: end.port for end in (link.near, link.far)}
        if all(world.city.devices[name].platform == "ios" for name in ports) and _carries(world, ports):
            return ports
    raise AssertionError("the city has no such trunk")


def _carries(world: World, ports: Mapping[str, str]) -> bool:
    switching = [world.snapshots[name].interfaces[port].switching for name, port in ports.items()]
    return all(one is not None and {210, 310} <= one.allowed for one in switching)


def test_native_vlans_that_differ_while_one_end_has_changed(lab: World) -> None:
    courses = {}
    for name, port in trunk(lab).items():
        config = lab.config(name)
        number = config.number(f"interface {port}", "trunk native vlan")
        config.lines[number - 1] = " switchport trunk native vlan 210"
        courses[name] = Course(
            name, "ios", config.text, (f"interface {port}", " switchport trunk native vlan 310", " exit")
        )
    found = proved(lab, courses)
    assert {finding.variant for finding in found.findings} == {"joined"}
    assert all(name in finding.args["devices"] for finding in found.findings for name in courses)
    assert {frozenset((one.args["layer"], one.args["other_layer"])) for one in found.findings} == {
        frozenset(("lgwan", "internet"))
    }
    assert not found.holds
    assert proved(lab, dict([courses.popitem()])).findings == [], "the other end stays: what is joined stays so after"


def test_a_subnet_that_moves_while_a_list_still_leads_to_it(lab: World) -> None:
    """Hosts of a branch may reach a subnet before, and not after; meanwhile it comes to stand in another layer."""
    branch, hall = lab.config(BRANCH), lab.config(HALL)
    mask = " 255.255.255.0" if hall.ios else "/24"
    number = branch.number(branch.acl("lgwan_staff")) + 1
    wild = "10.35.0.0 0.0.0.255" if branch.ios else "10.35.0.0/24"
    branch.insert(number, branch.entry(1, f"permit tcp any {wild} eq 9"))
    close = (branch.acl("lgwan_staff"), " no 1", " exit")
    away = ("interface Vlan350", " no ip address", " exit")
    move = (*away, "interface Vlan110", f" ip address 10.35.0.1{mask} secondary", " exit")
    courses = {
        BRANCH: Course(BRANCH, branch.platform, branch.text, close),
        HALL: Course(HALL, hall.platform, hall.text, move),
    }
    found = proved(lab, courses)
    assert {finding.variant for finding in found.findings} == {"order"}
    assert any("10.35.0." in finding.args["packet"] for finding in found.findings)
    assert {finding.args["one"] for finding in found.findings} == {f"{BRANCH} Vlan210"}
    assert all(f"{BRANCH} 0/3" in finding.args["come"] for finding in found.findings)
    assert proved(lab, {BRANCH: courses[BRANCH]}).findings == []


def test_an_interface_that_moves_while_it_is_up_is_not_proved(lab: World) -> None:
    found = proved(
        lab, {BRANCH: Course(BRANCH, lab.city.devices[BRANCH].platform, lab.texts[BRANCH], ("ip vrf forwarding X",))}
    )
    assert [finding.variant for finding in found.findings] == ["unknown"]
