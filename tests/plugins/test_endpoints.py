"""playbooks/endpoints.yml on emulated terminals, as a user runs it."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from sanso.lab.wsman.world import KmsHost
from tests.kdc import USER, Kdc, needs_kerberos
from tests.plugins.conftest import ROOT
from tests.terminals import ACCOUNT, KEY, KMS, OFFICE_KEY, PASSWORD, WRONG_KEY, RunningTerminals, office, windows

SITES = ("city_hall", "branch_hoikusho_east")
WISH = {"application": "windows", "channel": "kms", "kms_host": KMS, "key": "{{ vault_windows_key }}"}


@dataclass
class Fleet:
    """Terminals, and an inventory that has them."""

    lab: RunningTerminals
    folder: Path
    hosts: dict[str, dict[str, Any]] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)

    @property
    def inventory(self) -> Path:
        return self.folder / "city"

    @property
    def artifacts(self) -> Path:
        return self.folder / "artifacts"

    def add(self, name: str, *licences: Any, site: str = SITES[0], **variables: Any) -> None:
        """Start a terminal and write it down."""
        self.lab.add(name, *licences)
        place = self.lab.places[name]
        self.hosts[name] = {"ansible_host": place.address, "sanso_endpoint_site": site, **variables}

    def write(self) -> None:
        """Write the inventory; what is secret comes out of a vault."""
        (self.inventory / "group_vars" / "desks").mkdir(parents=True, exist_ok=True)
        by_site = {
            site: {"hosts": {name: one for name, one in self.hosts.items() if one["sanso_endpoint_site"] == site}}
            for site in SITES
        }
        tree = {"desks": {"children": {f"desks_{site}": one for site, one in by_site.items()}}}
        _dump(self.inventory / "desks.yml", tree)
        plain = {
            "ansible_port": 5985,
            "ansible_user": ACCOUNT,
            "ansible_password": "{{ vault_password }}",
            "sanso_endpoint_layer": "lgwan",
            "sanso_endpoint_segment": "lgwan_staff",
            "endpoint_licensing_products": [WISH],
            "endpoint_licensing_connect_timeout": 0.5,
            "endpoint_licensing_kms_hosts": {KMS: ""},
            **self.variables,
        }
        _dump(self.inventory / "group_vars" / "desks" / "plain.yml", plain)
        vault = self.inventory / "group_vars" / "desks" / "vault.yml"
        secrets = {"vault_password": PASSWORD, "vault_windows_key": KEY, "vault_office_key": OFFICE_KEY}
        _dump(vault, {**secrets, "vault_wrong_key": WRONG_KEY})
        (self.folder / "vault-password").write_text("of-the-test\n", encoding="utf-8")
        tool = Path(sys.executable).with_name("ansible-vault")
        command = [tool, "encrypt", "--vault-password-file", self.folder / "vault-password", vault]
        subprocess.run(command, check=True, capture_output=True)

    def command(self, *arguments: str) -> tuple[list[Any], dict[str, str]]:
        """Command and environment of a run."""
        tool = Path(sys.executable).with_name("ansible-playbook")
        vault = ["--vault-password-file", self.folder / "vault-password"]
        command = [tool, "-i", self.inventory, *vault, "-e", "sanso_endpoints=desks", *arguments]
        env = {"SANSO_REPORT_DIR": str(self.artifacts), "ANSIBLE_NOCOLOR": "1", "COLUMNS": "200"}
        return [*command, "playbooks/endpoints.yml"], {**os.environ, **env}

    def play(self, *arguments: str, **env: str) -> Played:
        """Run the playbook."""
        self.write()
        command, own = self.command(*arguments)
        done = subprocess.run(
            command, cwd=ROOT, env={**own, **env}, capture_output=True, text=True, timeout=300, check=False
        )
        return Played(done.returncode, done.stdout + done.stderr)

    def journal(self) -> list[dict[str, Any]]:
        """All records of all runs."""
        files = (self.artifacts / "licences").glob("*.jsonl")
        return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    def rows(self) -> list[dict[str, str]]:
        """The CSV of the last run."""
        text = (self.artifacts / "licences.csv").read_text(encoding="utf-8-sig")
        return list(csv.DictReader(text.splitlines()))


@dataclass(frozen=True)
class Played:
    """A finished run."""

    status: int
    text: str

    @property
    def recap(self) -> dict[str, dict[str, int]]:
        lines = self.text.partition("PLAY RECAP")[2].splitlines()
        found = (re.match(r"(\S+)\s+:\s(ok=.*)", line) for line in lines)
        return {m[1]: {k: int(v) for k, v in re.findall(r"(\w+)=(\d+)", m[2])} for m in found if m}

    def counted(self, kind: str) -> set[str]:
        """Hosts of which the recap counts something."""
        return {host for host, counts in self.recap.items() if counts[kind]}


def _dump(file: Path, data: Any) -> None:
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    """No terminal yet, and no network that could be proved."""
    lab = RunningTerminals(f"127.{200 + os.getpid() % 50}")
    with lab.running(tmp_path):
        yield Fleet(lab, tmp_path)


@pytest.fixture
def city_fleet(fleet: Fleet) -> Fleet:
    """The same beside the devices of the embedded city."""
    shutil.copytree(ROOT / "inventories" / "lab", fleet.inventory)
    return fleet


# ----- the way of a user --------------------------------------------------------------------------------------------


def test_check_run_again_and_drift(fleet: Fleet) -> None:
    for number in range(4):
        fleet.add(f"pc-{number}", windows(), site=SITES[number % 2])
    check = fleet.play("--check")
    assert check.status == 0, check.text
    assert "Licences on terminals (check mode, nothing was changed)" in check.text
    assert check.counted("changed") == set(fleet.hosts)
    assert fleet.lab.world.kms[KMS].served == 0
    assert all(not one.partial_key for pc in fleet.lab.terminals.values() for one in pc.classes.licences.held)

    run = fleet.play()
    assert run.status == 0, run.text
    assert run.counted("changed") == set(fleet.hosts)
    assert fleet.lab.world.kms[KMS].served == 4
    assert re.search(r"^branch_hoikusho_east +2 +2$", run.text, re.MULTILINE)
    assert "nobody has proved that the way to licences is open" in run.text

    before = fleet.lab.messages()
    again = fleet.play()
    assert again.status == 0
    assert again.counted("changed") == set()
    assert again.counted("ok") == set(fleet.hosts)
    assert fleet.lab.messages() - before == 4, "an activated terminal costs one message"

    fleet.lab.terminals["pc-2"].classes.licences.held[0].kms_host = "kms.elsewhere.example"
    drift = fleet.play("--check", "--diff", "-e", "sanso_fail_on_drift=true")
    assert drift.status == 2
    assert drift.counted("failed") == {"pc-2"}
    assert "Windows (KMS): licensed; would: set the KMS host, activate" in drift.text
    assert fleet.play().counted("changed") == {"pc-2"}


def test_a_fleet_with_a_third_off_and_every_kind_of_trouble(fleet: Fleet) -> None:
    for number in range(60):
        fleet.add(f"pc-{number:02}", site=SITES[number % 2])
        if number % 3 == 0:
            fleet.lab.sleep(f"pc-{number:02}")
    fleet.hosts["pc-01"]["ansible_password"] = "wrong"  # noqa: S105
    fleet.lab.terminals["pc-02"].behaviour.denied = True
    fleet.lab.stop("pc-04")
    fleet.lab.terminals["pc-05"].classes.licences.refuses["Activate"] = 0xC004F038
    fleet.lab.terminals["pc-07"].classes.licences.refuses["Activate"] = 0xC0049999
    fleet.hosts["pc-06"]["sanso_endpoint_loan"] = {"state": "out", "to": "福祉課", "until": "2020-04-01"}
    run = fleet.play()
    assert run.status == 4, "Ansible's status where hosts are unreachable"
    assert run.counted("failed") == {"pc-01", "pc-02", "pc-04", "pc-05", "pc-07"}
    off = {f"pc-{number:02}" for number in range(0, 60, 3)} - {"pc-06"}
    assert run.counted("unreachable") == off
    assert len(run.counted("changed")) == 60 - 20 - 5
    for words in (
        "1 × it refused name and password: pc-01",
        "1 × the login worked, but the account may not do this: pc-02",
        "1 × it is on, but nothing listens at the port: pc-04",
        "1 × 0xC004F038 the KMS host has not been asked by enough terminals",
        "slui 0x2a 0xC0049999 on a terminal shows its text",
        "Not reached (19): pc-",
        "On loan (1): pc-06 (back since 2020-04-01)",
    ):
        assert words in run.text, words
    assert re.search(r"^all +60 +35 +5 +19 +1$", run.text, re.MULTILINE)
    results = {row["terminal"]: row for row in fleet.rows()}
    assert len(results) == 60
    assert results["pc-05"]["code"] == "0xC004F038"
    assert "welfare" not in results["pc-06"]["loan"]
    assert "福祉課" in results["pc-06"]["loan"]


def test_japanese_output_and_page(fleet: Fleet) -> None:
    fleet.add("pc-1")
    fleet.add("pc-2")
    fleet.lab.terminals["pc-2"].classes.licences.refuses["Activate"] = 0xC004F074
    run = fleet.play(SANSO_LANG="ja")
    for words in (
        "端末のライセンス認証結果",
        "未証明",
        "0xC004F074 応答するKMSホストがありません",
        "経路を確認してください",
    ):
        assert words in run.text, words
    page = (fleet.artifacts / "licences.html").read_text(encoding="utf-8")
    assert '<html lang="ja">' in page
    assert "応答するKMSホストがありません" in page
    assert not re.search(r'(src|href)="http', page), "the page needs nothing from outside"


def test_the_limit_holds_and_other_terminals_are_left_alone(fleet: Fleet) -> None:
    for number in range(4):
        fleet.add(f"pc-{number}", site=SITES[number % 2])
    run = fleet.play("--limit", f"desks_{SITES[1]}")
    assert set(run.recap) == {"pc-1", "pc-3"}
    assert fleet.lab.terminals["pc-0"].messages == 0
    assert re.search(r"^all +2 +2$", run.text, re.MULTILINE)


def test_waves_are_counted_once_and_told_together_at_the_end(fleet: Fleet) -> None:
    for number in range(5):
        fleet.add(f"pc-{number}")
    run = fleet.play("-e", "sanso_serial=2")
    assert run.status == 0, run.text
    assert {host: (one["ok"], one["changed"]) for host, one in run.recap.items()} == {
        f"pc-{number}": (1, 1) for number in range(5)
    }
    assert re.findall(r"^all +(\d) +(\d)$", run.text, re.MULTILINE) == [("2", "2"), ("4", "4"), ("5", "5")]


def test_a_killed_run_goes_on_where_it_was(fleet: Fleet) -> None:
    for number in range(40):
        fleet.add(f"pc-{number:02}")
        fleet.lab.terminals[f"pc-{number:02}"].behaviour.delay = 0.1
    fleet.variables["endpoint_licensing_workers"] = 2
    fleet.write()
    command, env = fleet.command()
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + 120
        while len(list((fleet.artifacts / "licences").glob("*.jsonl"))) < 1 or len(fleet.journal()) < 5:
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.1)
        process.kill()
    seen = -1
    while seen != (seen := len(fleet.journal())):
        time.sleep(2)
    done = {one["host"] for one in fleet.journal() if one["status"] == "changed"}
    assert 5 <= len(done) < 40
    before = {name: terminal.messages for name, terminal in fleet.lab.terminals.items()}
    run = fleet.play("-e", "endpoint_licensing_resume=true")
    assert run.status == 0, run.text
    assert f"{len(done)} terminals were licensed by an earlier run of today" in run.text
    assert all(fleet.lab.terminals[name].messages == before[name] for name in done)
    assert re.search(r"^all +40 +40$", run.text, re.MULTILINE)
    assert len(run.recap) == 40


def test_a_run_that_goes_on_asks_those_anew_of_whom_something_else_is_wanted(fleet: Fleet) -> None:
    for number in range(2):
        fleet.add(f"pc-{number}", windows("WIN11"), office("OFF24"))
    assert fleet.play().status == 0
    fleet.hosts["pc-1"]["endpoint_licensing_products"] = [
        WISH,
        {"application": "office", "channel": "mak", "key": "{{ vault_office_key }}"},
    ]
    before = fleet.lab.terminals["pc-0"].messages
    run = fleet.play("-e", "endpoint_licensing_resume=true")
    assert run.counted("changed") == {"pc-1"}
    assert fleet.lab.terminals["pc-0"].messages == before


# ----- before anything is contacted ---------------------------------------------------------------------------------


def test_the_way_is_proved_first_in_the_city(city_fleet: Fleet) -> None:
    fleet = city_fleet
    fleet.variables["endpoint_licensing_kms_hosts"] = {}
    fleet.variables["endpoint_licensing_products"] = [{**WISH, "kms_host": "kms"}]
    fleet.add("pc-1")
    run = fleet.play()
    assert run.status == 0, run.text
    assert "open: lgwan_staff@city_hall → KMS 10.24.0.70 tcp/1688: open and approved" in run.text
    fleet.add("pc-2", sanso_endpoint_layer="mynumber", sanso_endpoint_segment="mynumber_terminals")
    before = fleet.lab.messages()
    refused = fleet.play()
    assert refused.status == 2
    assert fleet.lab.messages() == before, "nothing was contacted"
    for words in ("CLOSED: mynumber_terminals@city_hall", "denied by hall-core-1", "Mend: have a flow", "(pc-2)"):
        assert words in refused.text, words
    left_out = fleet.play("-e", '{"endpoint_licensing_prove": false}')
    assert "not proved: left out by endpoint_licensing_prove=false" in left_out.text
    assert left_out.status == 0


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"endpoint_licensing_products": [{**WISH, "kms_host": "kms.evil.example"}]}, "is no KMS host of this city"),
        ({"endpoint_licensing_products": [{"application": "windows", "channel": "mak"}]}, "needs a key (vault)"),
        ({"ansible_winrm_server_cert_validation": "ignore"}, "expected validate"),
        ({"ansible_winrm_transport": "basic"}, "transport basic needs https"),
        ({"ansible_winrm_transport": "telnet"}, "ansible_winrm_transport is telnet, expected ntlm, kerberos"),
        ({"ansible_winrm_port": "eighty"}, "ansible_winrm_port is eighty, expected 1-65535"),
        ({"sanso_endpoint_loan": {"state": "lost"}}, "the loan is"),
        ({"ansible_winrm_password": "{{ no_such }}"}, "ansible_winrm_password could not be read (template or vault)"),
    ],
)
def test_what_the_inventory_cannot_mean_is_refused_with_its_place(
    fleet: Fleet, variables: dict[str, Any], words: str
) -> None:
    fleet.add("pc-1")
    fleet.variables |= variables
    run = fleet.play()
    assert run.status == 2
    assert words in run.text, run.text
    assert re.search(r"group_vars/desks/plain\.yml:\d+:\d+: ", run.text)
    assert "(hosts: pc-1)" in run.text
    assert fleet.lab.messages() == 0


def test_wishes_of_a_play_are_refused_and_not_silently_lost(fleet: Fleet, tmp_path: Path) -> None:
    fleet.add("pc-1")
    fleet.variables["endpoint_licensing_products"] = None
    fleet.write()
    playbook = tmp_path / "own.yml"
    role = {"name": "endpoint_licensing", "rolespec_validate": False}
    play = {
        "hosts": "desks",
        "gather_facts": False,
        "tasks": [
            {"ansible.builtin.import_role": role, "vars": {"endpoint_licensing_products": [{**WISH, "key": ""}]}}
        ],
    }
    plain = fleet.inventory / "group_vars" / "desks" / "plain.yml"
    plain.write_text(re.sub(r"endpoint_licensing_products.*\n", "", plain.read_text()), encoding="utf-8")
    _dump(playbook, [play])
    command, env = fleet.command()
    done = subprocess.run(
        [*command[:-1], playbook], cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 2
    assert "endpoint_licensing_products is a variable of the play or role" in done.stdout + done.stderr


def test_terminals_without_a_wish_are_left_alone(fleet: Fleet) -> None:
    fleet.add("pc-1")
    fleet.add("pc-2", endpoint_licensing_products=[])
    run = fleet.play()
    assert run.status == 0
    assert "nothing is wanted of 1 terminals in play, they are left alone: pc-2" in run.text
    assert fleet.lab.terminals["pc-2"].messages == 0
    fleet.hosts.pop("pc-1")
    assert "no terminal in play has a wish" in fleet.play().text


# ----- secrets ------------------------------------------------------------------------------------------------------


def test_no_key_and_no_password_is_ever_shown_or_written(fleet: Fleet) -> None:
    fleet.add("pc-1", windows())
    fleet.add("pc-2", windows(), endpoint_licensing_products=[{**WISH, "key": "{{ vault_wrong_key }}"}])
    fleet.add("pc-3", windows(), endpoint_licensing_products=[{**WISH, "key": "{{ vault_wrong_key[:-1] }}"}])
    fleet.add("pc-4", windows())
    fleet.lab.terminals["pc-4"].classes.licences.refuses["InstallProductKey"] = 0xC004F069
    told = [fleet.play("-vvvv", "--diff").text]
    fleet.hosts.pop("pc-3")
    told += [fleet.play("-vvvv", "--diff", *more).text for more in ((), ("--check",))]
    files = [file for file in fleet.artifacts.rglob("*") if file.is_file()]
    assert len(files) >= 3
    told += [file.read_text(encoding="utf-8") for file in files]
    everything = "\n".join(told)
    assert "0xC004F050" in everything, "the wrong key was tried"
    assert "has not the form" in everything, "the malformed one was refused"
    for secret in (KEY, WRONG_KEY, WRONG_KEY[:-1], OFFICE_KEY, PASSWORD):
        assert secret not in everything
        assert secret.replace("-", "") not in everything
    assert "WIN11" in everything, "the last five characters are shown"


# ----- facts --------------------------------------------------------------------------------------------------------


def test_facts_tell_what_is_installed(fleet: Fleet, tmp_path: Path) -> None:
    fleet.add("pc-1", windows("WIN11", status=1, reason=0, kms_host=KMS))
    fleet.add("pc-2")
    fleet.lab.sleep("pc-2")
    fleet.write()
    tasks = [
        {"sanso_endpoint_license_info": {"connect_timeout": 0.5}, "register": "licences", "run_once": True},
        {
            "ansible.builtin.copy": {
                "content": "{{ licences.hosts | to_json }}",
                "dest": str(tmp_path / "facts.json"),
            },
            "delegate_to": "localhost",
            "connection": "local",
            "run_once": True,
        },
    ]
    _dump(tmp_path / "facts.yml", [{"hosts": "desks", "gather_facts": False, "tasks": tasks}])
    command, env = fleet.command()
    done = subprocess.run(
        [*command[:-1], tmp_path / "facts.yml"], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    (product,) = found["pc-1"]["products"]
    assert (product["status"], product["channel"], product["partial_key"], product["kms_host"]) == (
        "licensed",
        "kms",
        "WIN11",
        KMS,
    )
    assert (found["pc-2"]["status"], found["pc-2"]["products"]) == ("not_reached", [])
    assert fleet.lab.messages() == 1


def test_a_second_kms_host_may_be_allowed_by_hand(fleet: Fleet) -> None:
    fleet.lab.world.kms["10.99.0.1"] = KmsHost()
    fleet.variables["endpoint_licensing_kms_hosts"] = {"10.99.0.1": ""}
    fleet.variables["endpoint_licensing_products"] = [{**WISH, "kms_host": "10.99.0.1"}]
    fleet.add("pc-1")
    assert fleet.play().status == 0
    assert fleet.lab.world.kms["10.99.0.1"].served == 1


# ----- Kerberos -----------------------------------------------------------------------------------------------------


@pytest.fixture
def kdc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kdc]:
    (tmp_path / "realm").mkdir()
    kdc = Kdc(tmp_path / "realm")
    for name, value in kdc.variables.items():
        monkeypatch.setenv(name, value)
    with kdc.running():
        yield kdc


@needs_kerberos
def test_a_ticket_in_place_of_a_password(fleet: Fleet, kdc: Kdc) -> None:
    for number in range(2):
        fleet.add(f"pc-{number}", windows())
    kdc.service("pc-0.city.example")
    fleet.variables = {
        "ansible_user": USER,
        "ansible_password": "",
        "ansible_winrm_transport": "kerberos",
        "ansible_winrm_kerberos_hostname_override": "{{ inventory_hostname }}.city.example",
    }
    none = fleet.play()
    assert none.counted("failed") == {"pc-0", "pc-1"}
    assert "2 × there is no valid Kerberos ticket: pc-0, pc-1" in none.text
    assert "get one with kinit" in none.text
    assert "kinit で取得し" in fleet.play(SANSO_LANG="ja").text

    kdc.kinit()
    run = fleet.play()
    assert (run.counted("changed"), run.counted("failed")) == ({"pc-0"}, {"pc-1"})
    assert "Kerberos knows no service HTTP/… of this name" in run.text
    assert fleet.lab.world.kms[KMS].served == 1
