"""The command that copies machines on a host, with programs that answer as virsh and qemu-img do."""

from __future__ import annotations

import importlib.util
import json
import re
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "roles/machine_backup/files/libvirt/sanso-backup"
DEFINITION = """
<domain type='kvm'><name>dns</name><uuid>0b0b0b0b-0000-0000-0000-000000000000</uuid>
  <os><nvram>/var/lib/nvram/dns</nvram></os>
  <devices>
    <disk type='volume' device='disk'><source pool='machines' volume='dns-system.qcow2'/><target dev='vda'/></disk>
    <disk type='file' device='cdrom'><target dev='sda'/><readonly/></disk>
    <interface type='network'><link state='up'/></interface>
    <serial type='pty'><log file='/var/log/dns'/></serial>
  </devices>
</domain>
"""


class Host:
    """What the command asks of a host."""

    def __init__(self, folder: Path) -> None:
        self.disks = folder / "machines"
        self.pool = folder / "copies"
        self.states = {"dns": "on"}
        self.success = "1"
        self.breaks = ""
        self.said: list[tuple[str, ...]] = []
        self.defined: list[str] = []
        self.disks.mkdir()
        self.pool.mkdir()
        (self.disks / "dns-system.qcow2").write_text("now")

    def run(self, *argv: str, stdin: str | None = None, **_: bool) -> Any:
        self.said.append(argv)
        words = [word for word in argv if word not in ("--connect", "qemu:///system", "--quiet")]
        if self.breaks and self.breaks in argv:
            raise SystemExit("it broke")
        if words[:2] == ["virsh", "domfsfreeze"]:
            return SimpleNamespace(stdout="", returncode=1)
        answer = getattr(self, f"_{words[1].replace('-', '_')}", lambda *_: "")
        return SimpleNamespace(stdout=answer(words[2:], stdin) or "", returncode=0)

    def _list(self, words: list[str], _: str | None) -> str:
        wanted = {"--state-shutoff": ["off"], "--all": ["on", "off"]}[words[0]]
        return "\n".join(name for name, state in self.states.items() if state in wanted)

    def _dumpxml(self, *_: Any) -> str:
        return DEFINITION

    def _pool_dumpxml(self, *_: Any) -> str:
        return f"<pool><target><path>{self.disks}</path></target></pool>"

    def _backup_begin(self, _: Any, stdin: str) -> None:
        for file in re.findall(r'file="([^"]+)"', stdin):
            Path(file).write_text((self.disks / "dns-system.qcow2").read_text())

    def _domjobinfo(self, words: list[str], _: Any) -> str:
        return f"Job type: 3\n\nsuccess: {self.success}" if "--completed" in words else "Job type: 0"

    def _define(self, _: Any, stdin: str) -> None:
        self.defined.append(stdin)

    def _start(self, words: list[str], _: Any) -> None:
        self.states[words[0]] = "on"


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


@pytest.fixture
def command(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    loader = SourceFileLoader("sanso_backup", str(SCRIPT))
    spec = importlib.util.spec_from_loader("sanso_backup", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "SETTINGS", tmp_path)
    monkeypatch.setattr(module, "STEADY", 0)
    monkeypatch.setattr(module, "run", host.run)
    (tmp_path / "dns.json").write_text(json.dumps({"pool": str(host.pool), "shared": False, "keep": 2}))
    return module


def copies(host: Host) -> list[str]:
    return sorted(path.name for path in (host.pool / "dns").iterdir())


def made(command: ModuleType, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    for name in names:
        monkeypatch.setattr(command, "datetime", SimpleNamespace(now=lambda _, name=name: _Moment(name)))
        command.make("dns")


class _Moment(str):
    def strftime(self, _: str) -> str:
        return str(self)


def test_as_many_copies_are_kept_as_there_should_be(
    command: ModuleType, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(command, monkeypatch, "1", "2", "3")
    assert copies(host) == ["2", "3"]
    assert sorted(file.name for file in (host.pool / "dns" / "3").iterdir()) == [
        "SHA256SUMS",
        "machine.xml",
        "vda.qcow2",
    ]
    assert (host.pool / "dns" / "3" / "machine.xml").stat().st_mode & 0o777 == 0o600


def test_a_machine_that_is_not_here_is_left_alone(command: ModuleType, host: Host) -> None:
    host.states = {}
    command.make("dns")
    assert not (host.pool / "dns").exists()


@pytest.mark.parametrize("breaks", ["backup-begin", "check"])
def test_a_copy_that_breaks_off_leaves_nothing_and_takes_no_older_one(
    breaks: str, command: ModuleType, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(command, monkeypatch, "1", "2")
    host.breaks = breaks
    with pytest.raises(SystemExit, match="it broke"):
        made(command, monkeypatch, "3")
    assert copies(host) == ["1", "2"]


def test_a_job_that_failed_is_ended_and_told(
    command: ModuleType, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(command, monkeypatch, "1")
    host.success = "0"
    with pytest.raises(SystemExit, match="broke off"):
        made(command, monkeypatch, "2")
    assert copies(host) == ["1"]
    assert any("domjobabort" in argv for argv in host.said)


def test_no_copy_is_made_where_shared_storage_is_not_mounted(command: ModuleType, host: Host, tmp_path: Path) -> None:
    (tmp_path / "dns.json").write_text(json.dumps({"pool": str(host.pool / "away"), "shared": True, "keep": 2}))
    with pytest.raises(SystemExit, match="no storage for copies is mounted"):
        command.make("dns")


def test_a_running_machine_is_not_written_over(
    command: ModuleType, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(command, monkeypatch, "1")
    with pytest.raises(SystemExit, match="nothing was restored"):
        command.restore("dns", "latest")
    assert [file.name for file in host.disks.iterdir()] == ["dns-system.qcow2"]


def test_a_copy_takes_the_place_of_a_disk_which_stays_beside(
    command: ModuleType, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(command, monkeypatch, "1")
    (host.disks / "dns-system.qcow2").write_text("later")
    host.states = {"dns": "off"}
    made_at = "20261129T000000Z"
    monkeypatch.setattr(command, "datetime", SimpleNamespace(now=lambda _: _Moment(made_at)))
    command.restore("dns", "1")
    assert (host.disks / "dns-system.qcow2").read_text() == "now"
    assert (host.disks / f"dns-system.qcow2.replaced-{made_at}").read_text() == "later"
    assert host.states == {"dns": "on"}
    assert not host.defined


def test_another_machine_beside_it_has_disks_of_its_own_and_reaches_nothing(
    command: ModuleType, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(command, monkeypatch, "1")
    command.restore("dns", "latest", "dns-restored")
    (definition,) = host.defined
    assert "<name>dns-restored</name>" in definition
    assert 'volume="dns-restored-vda.qcow2"' in definition
    assert re.findall("link state=.(\\w+)", definition) == ["down"]
    for own in ("<uuid>", "<nvram>", "<log "):
        assert own not in definition
    assert (host.disks / "dns-restored-vda.qcow2").read_text() == "now"


def test_a_copy_that_is_not_what_it_was_is_not_restored(
    command: ModuleType, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(command, monkeypatch, "1")
    (host.pool / "dns" / "1" / "vda.qcow2").write_text("rot")
    with pytest.raises(SystemExit, match="not as it was"):
        command.restore("dns", "latest", "dns-restored")
    assert not host.defined
