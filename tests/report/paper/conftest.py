"""A run with words that try to break out of the page, and a browser to look at pages with."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sanso.change import Difference, Removal
from sanso.city import City, load_city
from sanso.devices.errors import DeviceError
from sanso.devices.job import Options, Outcome, Status
from sanso.devices.observer import Stage
from sanso.journal import Journal, Recorder, find_run
from sanso.journal import Run as Told
from sanso.messages import LANGUAGES
from sanso.proof.frame import Frame
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.verdict import verdict_of
from sanso.render import intend_city, intended_snapshots
from sanso.report import Run, Separation, record
from sanso.rules import check_city
from sanso_plugins.common.records import packed_proof
from sanso_plugins.common.said import names_of, said_of_city

LAB = Path(__file__).parents[3] / "inventories" / "lab"
START = datetime(2028, 2, 1, 10, 5, tzinfo=UTC)
END = START + timedelta(seconds=95)
RUN = "20280201T100500Z-3fa9c1"
WHOLE = (Stage.ARMING, Stage.ARMED, Stage.APPLIED, Stage.VERIFIED, Stage.CONFIRMED, Stage.SAVED)
STAGES = {"hall-core-1": WHOLE, "hall-floor-1": WHOLE[:3], "toshokan-chuo-1": (*WHOLE[:2], Stage.UNDONE)}
HOSTILE = (
    "</style></script><script>document.title='broken'</script><img src=x onerror=alert(1)>"
    "\" onload='x' {{ 7 * 7 }} \x1b[2J \u202eevil\u202c " + "x" * 400
)
"""What a device might say."""


@pytest.fixture(scope="session")
def city() -> City:
    """The embedded city."""
    return load_city(LAB)


@pytest.fixture(scope="session")
def told_run(city: City, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The same run in its journal: a device changed, one left in the middle, one put back, one only looked at."""
    journal = Journal(tmp_path_factory.mktemp("journal"))
    journal.open()
    recorder = Recorder(journal, RUN, journal.marks())
    names = {lang: names_of(city, lang) for lang in LANGUAGES}
    lock = {"site": "city_hall", "run": "20280131T100500Z-000000", "operator": HOSTILE}
    about = {"operator": HOSTILE, "approver": HOSTILE, "ticket": HOSTILE, "playbooks": ["site.yml"], "limit": HOSTILE}
    locks = {"broken": [lock], "crashed": [lock], "break_lock": HOSTILE}
    override = {"reason": HOSTILE, "by": HOSTILE, "hosts": [HOSTILE]}
    recorder.tell({"event": "begun", "city": names, "window_override": override, **about, **locks})
    found = Difference("port", HOSTILE, "description", "Staff", HOSTILE, ("lgwan", "internet"))
    hosts = {"hall-core-1": Status.DRIFT, "hall-floor-1": Status.DRIFT, "toshokan-chuo-1": Status.DRIFT}
    works = {host: Outcome(host, "city_hall", status, [found], [HOSTILE] * 2) for host, status in hosts.items()}
    works["hall-floor-2"] = Outcome("hall-floor-2", "city_hall", Status.IN_SYNC)
    works["shobo-minami-1"] = Outcome(
        "shobo-minami-1", "branch_shobo_minami", Status.REFUSED, [found], removal=Removal(9, 10)
    )
    for host in works:
        recorder.read(host, f"hostname {host}\n{HOSTILE}\n")
    recorder.planned(works.values())
    for host, stages in STAGES.items():
        for stage in stages:
            recorder.reached(host, stage)
    recorder.read("hall-core-1", "hostname hall-core-1\n")
    recorder.done(replace(works["hall-core-1"], status=Status.CHANGED))
    error = DeviceError("command", HOSTILE, command=HOSTILE, answer=HOSTILE, line=3, restored=True)
    recorder.done(replace(works["toshokan-chuo-1"], status=Status.FAILED, error=error))
    proof = {"holds": True, "en": "proved", "ja": "証明済み"}
    recorder.tell({"event": "ended", "part": "switches", "proof": proof})
    one = find_run(journal.entries(), RUN)
    assert one is not None
    return one


@pytest.fixture(scope="session")
def run(city: City, told_run: Told) -> Run:
    """One host of each status, all of them with hostile words, and the proof of the whole city."""
    found = Difference("port", HOSTILE, "description", "Staff", HOSTILE, ("lgwan", "internet"))
    refused = DeviceError("command", "x", command=HOSTILE, answer=HOSTILE, line=3, restored=True)
    lost = DeviceError("unreachable", HOSTILE)
    outcomes = [
        Outcome("hall-floor-1", "city_hall", Status.DRIFT, [found] * 3, [f"description {HOSTILE}", "no vlan 66"]),
        Outcome("hall-floor-2", "city_hall", Status.IN_SYNC, read="00" * 32),
        Outcome("hall-core-1", "city_hall", Status.CHANGED, [found], ["no vlan 66"], read="ab" * 32),
        Outcome("toshokan-chuo-1", "branch_toshokan_chuo", Status.FAILED, [found], error=refused),
        Outcome("shobo-minami-1", "branch_shobo_minami", Status.UNREACHABLE, error=lost),
    ]
    whole = Run(START, told=told_run, check=False, approver=HOSTILE, ticket=HOSTILE)
    whole.add_override({"reason": HOSTILE, "by": HOSTILE, "hosts": [HOSTILE]})
    whole.name, whole.journal = RUN, told_run.head
    whole.hear(json.loads(said_of_city(check_city(city, date(2028, 2, 1)), city, "en")["said"]), "en")
    whole.add(record(one, Options(check=False), "en") for one in outcomes)
    frame = Frame(Topology(intended_snapshots(intend_city(city)), city), Policy.of_city(city))
    whole.add_proof(json.loads(packed_proof(Separation(verdict_of(frame), ()), "en", frame, city)))
    return whole


Browser = Callable[..., str]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Runs Chromium without a window; gives what it prints."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed")
    home = tmp_path_factory.mktemp("chromium")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [program, "--headless", "--disable-gpu", f"--user-data-dir={home}", *sandbox, *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return done.stdout

    return run


PROBE = """<script>
const root = document.documentElement;
document.title = JSON.stringify({wide: root.scrollWidth - root.clientWidth, scripts: document.scripts.length,
  broken: document.title === "broken"});
</script></body>"""


@pytest.fixture
def looked(browser: Browser, tmp_path: Path) -> Callable[[str, int], dict[str, Any]]:
    """What a browser makes of a page: by how many pixels it is too wide for its window, and the scripts in it."""

    def look(page: str, width: int) -> dict[str, Any]:
        file = tmp_path / "probed.html"  # the policy would stop the probe as it stops anything else
        without = re.sub(r"<meta http-equiv=.Content-Security-Policy.*?>", "", page)
        file.write_text(without.replace("</body>", PROBE), encoding="utf-8")
        dom = browser(f"--window-size={width},900", "--dump-dom", file.as_uri())
        found = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
        assert found is not None
        said: dict[str, Any] = json.loads(found[1])
        return said

    return look
