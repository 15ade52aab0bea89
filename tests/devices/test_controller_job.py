"""Work on one emulated wireless controller over SSH."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sanso.devices import Job, Options
from sanso.devices.job import Outcome, Status, run_job
from sanso.devices.session import Session
from sanso.lab.spec import DeviceSpec, Timing
from sanso.network.wireless import (
    AirAp,
    AirGroup,
    AirPolicy,
    AirSite,
    AirWlan,
    RadiusServer,
    WirelessFacts,
    passphrase,
    shared_secret,
)
from sanso.platforms import load_controller
from sanso.render import WirelessIntent
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port

MAC = "02:53:41:4e:00:01"
STAFF = AirWlan("staff", "STAFF", enabled=True, security="wpa3_enterprise", protection="required", radius=("r1",))
GUESTS = AirWlan("guests", "Guests", enabled=True, security="wpa3_sae", protection="required", isolated=True)
WANTED = WirelessFacts(
    "wlc1",
    "c9800",
    radius={"r1": RadiusServer("r1", "10.0.0.1")},
    wlans={"staff": STAFF, "guests": GUESTS},
    policies={
        "staff": AirPolicy("staff", enabled=True, vlan=110, bridged_at_ap=True),
        "guests": AirPolicy("guests", enabled=True, vlan=120, bridged_at_ap=True, down_kbps=5000),
    },
    groups={"hall": AirGroup("hall", {"staff": "staff", "guests": "guests"})},
    sites={"hall": AirSite("hall", 520)},
    aps={MAC: AirAp(MAC, "hall", "hall", "default-rf-tag")},
)
SECRETS = {shared_secret("r1"): "Shared-s3cret", passphrase("guests"): "open-sesame-42"}
CHECK, APPLY = Options(check=True), Options(check=False, timer=1)


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[EmulatedDevices]:
    with emulated([DeviceSpec("wlc1", "c9800", ADDRESS, free_port())], tmp_path, Timing(timer_scale=60)) as devices:
        yield devices


def work(lab: EmulatedDevices, wanted: WirelessFacts = WANTED, options: Options = APPLY, **target: Any) -> Outcome:
    intent = WirelessIntent(wanted, {110: "lgwan", 120: "public"}, "city_hall")
    return run_job(Job(lab.target("wlc1", **{"secrets": SECRETS, **target}), intent), options)


def running(lab: EmulatedDevices) -> str:
    lines = lab.call(lab["wlc1"].running_config).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("!", "Building", "Current")))


def told(outcome: Outcome) -> str:
    """All that is said of the work."""
    error = outcome.error
    return repr(outcome) + (repr((error.detail, error.command, error.answer, str(error))) if error else "")


def test_a_run_sends_what_the_check_told_and_a_second_finds_nothing(lab: EmulatedDevices) -> None:
    checked = work(lab, options=CHECK)
    assert checked.status is Status.DRIFT
    outcome = work(lab)
    assert (outcome.status, outcome.commands) == (Status.CHANGED, checked.commands)
    assert work(lab).status is Status.IN_SYNC
    assert load_controller("c9800").parse("wlc1", running(lab)) == WANTED
    lab.call(lab["wlc1"].reload)
    assert work(lab, options=CHECK).status is Status.IN_SYNC


def test_no_secret_is_told(lab: EmulatedDevices) -> None:
    assert not any(secret in told(work(lab)) for secret in SECRETS.values())


def test_nothing_is_sent_without_the_secrets(lab: EmulatedDevices) -> None:
    before = running(lab)
    outcome = work(lab, secrets={})
    assert outcome.status is Status.FAILED
    assert outcome.error is not None
    assert (outcome.error.fault, outcome.error.restored) == ("secret", None)
    assert outcome.error.detail == "secret of r1, passphrase of guests"
    assert running(lab) == before


def test_a_passphrase_that_the_controller_refuses_is_told_by_its_name(lab: EmulatedDevices) -> None:
    work(lab, replace(WANTED, wlans={"staff": STAFF}, groups={"hall": AirGroup("hall", {"staff": "staff"})}))
    before = running(lab)
    outcome = work(lab, secrets={**SECRETS, passphrase("guests"): "short"})
    assert outcome.status is Status.FAILED
    assert outcome.error is not None
    assert outcome.error.command == f"security wpa psk set-key ascii 0 {passphrase('guests')}"
    assert outcome.error.restored is True
    assert "short" not in told(outcome)
    assert running(lab) == before


def test_a_lost_session_leaves_the_controller_as_it_was(
    lab: EmulatedDevices, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(lab)
    before = running(lab)
    send = Session.send

    def lose(session: Session, commands: Sequence[str]) -> None:
        send(session, commands)
        lab.call(lab["wlc1"].hang_up)

    monkeypatch.setattr(Session, "send", lose)
    outcome = work(lab, replace(WANTED, wlans={**WANTED.wlans, "staff": replace(STAFF, ssid="OTHER")}))
    assert outcome.status is Status.FAILED
    assert outcome.error is not None
    assert outcome.error.restored is True
    assert running(lab) == before


def test_a_change_that_removes_too_much_is_refused(lab: EmulatedDevices) -> None:
    work(lab)
    before = running(lab)
    assert work(lab, WirelessFacts("wlc1", "c9800")).status is Status.REFUSED
    assert running(lab) == before
