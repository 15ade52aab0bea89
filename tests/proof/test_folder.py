"""Folders of backups that nobody prepared."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.messages import LANGUAGES, Severity, text
from sanso.proof.folder import FolderError, decoded, host_of, read_folder

SWITCH = """\
version 15.2
service timestamps log datetime msec
{hostname}interface GigabitEthernet0/1
 description {description}
 no switchport
 ip address 10.0.1.1 255.255.255.0
ip access-list extended L
 permit ip any any
line vty 0 4
end
"""


def switch(hostname: str = "", description: str = "floor") -> str:
    return SWITCH.format(hostname=f"hostname {hostname}\n" if hostname else "", description=description)


def test_the_host_name_is_the_configurations_else_the_files(tmp_path: Path) -> None:
    (tmp_path / "a.cfg").write_text(switch("core-1"))
    (tmp_path / "sw-2.city.example.jp").write_text(switch())
    (tmp_path / "sw-3.conf").write_text(switch())
    found = read_folder(tmp_path)
    assert sorted(found.snapshots) == ["core-1", "sw-2.city.example.jp", "sw-3"]
    assert not found.findings
    assert found.snapshots["core-1"].file == str(tmp_path / "a.cfg")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "latin-1"])
def test_any_usual_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    words = "été" if encoding == "latin-1" else "本庁 2階"
    (tmp_path / "a.cfg").write_bytes(switch("a", words).encode(encoding))
    assert list(read_folder(tmp_path).snapshots) == ["a"]
    assert decoded(b"\x00\x01") is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("photo.cfg", b"\x89PNG\x00\x00", "not text"),
        ("empty.cfg", b"  \n", "is empty"),
        ("notes.txt", b"call the vendor on Monday\n", "nothing tells whose configuration this is"),
        ("copy.cfg", switch("core-1").encode(), "two files are of core-1"),
        ("link.cfg", None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_configuration_is_not_proved(
    name: str, content: bytes | None, said: str, tmp_path: Path
) -> None:
    (tmp_path / "a.cfg").write_text(switch("core-1"))
    if content is None:
        (tmp_path / name).symlink_to(tmp_path / "gone")
    else:
        (tmp_path / name).write_bytes(content)
    (finding,) = read_folder(tmp_path).findings
    assert (finding.rule, str(finding.severity)) == ("BACKUP-01", "error")
    assert said in finding.what("en")
    assert str(finding.location).startswith(str(tmp_path / name))
    assert all(finding.lines(lang) for lang in LANGUAGES)


def test_what_is_left_aside_is_told_and_hidden_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.cfg").write_text(switch("a"))
    (tmp_path / "plan.xlsx").write_bytes(b"PK\x00")
    (tmp_path / ".git").mkdir()
    (tmp_path / "old").mkdir()
    found = read_folder(tmp_path).findings
    assert [str(one.severity) for one in found] == ["warning", "warning"]
    assert [one.found("en") for one in found] == ["old", "plan.xlsx"]


def test_what_neighbours_told_stands_beside(tmp_path: Path) -> None:
    (tmp_path / "a.cfg").write_text(switch("a"))
    (tmp_path / "a.lldp").write_text("no table at all\n")
    found = read_folder(tmp_path)
    assert list(found.snapshots) == ["a"]
    assert [one.rule for one in found.findings] == ["TOPO-12"]


def test_what_neighbours_told_and_cannot_be_read_is_not_proved(tmp_path: Path) -> None:
    (tmp_path / "a.cfg").write_text(switch("a"))
    (tmp_path / "a.cdp").mkdir()
    findings = read_folder(tmp_path).findings
    assert ("BACKUP-01", "unreadable") in [(one.rule, one.variant) for one in findings]


def test_a_folder_without_configurations_is_refused(tmp_path: Path) -> None:
    for folder, key in ((tmp_path, "none"), (tmp_path / "no", "no_folder")):
        with pytest.raises(FolderError) as caught:
            read_folder(folder)
        assert caught.value.key == f"backups.{key}"
        assert str(folder) in text(caught.value.key, "ja", **caught.value.args_of_text)
    (tmp_path / "configs").mkdir()
    with pytest.raises(FolderError) as caught:
        read_folder(tmp_path)
    assert "configs; give one of them" in text(caught.value.key, "en", **caught.value.args_of_text)


def test_a_files_name_tells_its_host() -> None:
    assert [host_of(Path(one)) for one in ("a.cfg", "b.CONF", "c.example.jp", "d")] == ["a", "b", "c.example.jp", "d"]


def test_a_configuration_that_breaks_off_is_not_proved(tmp_path: Path) -> None:
    whole = switch("core-1")
    cut = whole[: whole.index("ip access-list")]
    (tmp_path / "a.cfg").write_text(cut)
    found = read_folder(tmp_path)
    assert list(found.snapshots) == ["core-1"]
    (finding,) = found.findings
    assert (finding.rule, finding.variant, finding.severity) == ("BACKUP-01", "cut", Severity.ERROR)
    assert finding.location is not None
    assert finding.location.line == len(cut.splitlines())
    assert all(finding.lines(lang) for lang in LANGUAGES)
