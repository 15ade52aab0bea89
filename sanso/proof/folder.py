"""Snapshots from a folder of backups that nobody prepared: any file names, any mix of network OSs."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from sanso.messages import Finding
from sanso.network.secrets import without_secrets
from sanso.network.snapshot import Line, Snapshot
from sanso.platforms import UnknownPlatformError, detect_platform, read_snapshot
from sanso.platforms.reading import load_reader, reader_names
from sanso.proof.findings import error, warning
from sanso.proof.heard import PROTOCOLS, beside, hear

ENDINGS = frozenset({".cfg", ".conf", ".config", ".cnf", ".txt", ".run", ".running", ".startup"})
"""What a file's name may have behind the host name."""
OTHER_ENDINGS = frozenset({
    ".csv", ".gz", ".html", ".ini", ".jpg", ".json", ".log", ".md", ".pcap", ".pdf", ".png", ".py", ".sh", ".svg",
    ".tar", ".tgz", ".vsdx", ".xls", ".xlsx", ".xml", ".yaml", ".yml", ".zip",
})  # fmt: skip
"""Files that are no configurations; all others are looked into, since host names may have dots."""
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_TRIED = ("utf-8", "cp932", "latin-1")
"""Encodings of descriptions and banners; of what matters to a proof all are the same."""


class FolderError(Exception):
    """There is nothing to read: ``key`` and ``args_of_text`` say why, from the catalogue."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(f"{key}: {args}")
        self.key = f"backups.{key}"
        self.args_of_text = args


@dataclass
class Backups:
    """Snapshots by host name, and what could not be read."""

    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_folder(folder: Path) -> Backups:
    """Read every configuration of a folder, with what stands beside it in ``HOST.lldp`` and ``HOST.cdp``.

    Subfolders and files that are no configurations are left aside, and told.

    Raises:
        FolderError: there is no such folder, or no configuration in it.
    """
    try:
        entries = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    except OSError as problem:
        raise FolderError("no_folder", folder=folder, problem=problem.strerror) from problem
    folders = [one.name for one in entries if one.is_dir()]
    heard = [one for one in entries if one.suffix.removeprefix(".") in PROTOCOLS]
    aside = [one for one in entries if one.is_dir() or one.suffix.lower() in OTHER_ENDINGS]
    files = [one for one in entries if one not in aside and one not in heard]
    aside += [one for one in heard if one.stem not in map(host_of, files)]
    if not files and folders:
        raise FolderError("none_but", folder=folder, folders=", ".join(folders))
    if not files:
        raise FolderError("none", folder=folder)
    found = Backups()
    for file in files:
        found.findings += _read(file, found.snapshots)
    found.findings += [
        warning("BACKUP-01", Line(str(one), 0, one.name), {"detail": one.name}, "aside") for one in aside
    ]
    return found


def _read(file: Path, known: dict[str, Snapshot]) -> Iterator[Finding]:
    """Add the snapshot of a file; findings where there is none."""
    line = Line(str(file), 0, file.name)
    try:
        content = file.read_bytes()
    except OSError as problem:
        yield error("BACKUP-01", line, {"detail": problem.strerror}, "unreadable")
        return
    text = decoded(content)
    if text is None or not text.strip():
        yield error("BACKUP-01", line, {}, "binary" if text is None else "empty")
        return
    try:
        snapshot = read_snapshot(text, str(file), detect_platform(text))
    except UnknownPlatformError:
        first = next(one.strip() for one in text.splitlines() if one.strip())
        yield error(
            "BACKUP-01", line, {"platforms": ", ".join(reader_names()), "detail": without_secrets(first)}, "platform"
        )
        return
    name = snapshot.hostname or host_of(file)
    if name in known:
        yield error("BACKUP-01", line, {"device": name, "other": known[name].file}, "twice")
        return
    try:
        said = beside(file.parent, host_of(file))
    except OSError as problem:
        yield error("BACKUP-01", Line(str(problem.filename), 0, ""), {"detail": problem.strerror}, "unreadable")
        said = {}
    known[name], findings = hear(replace(snapshot, hostname=name), name, said)
    yield from (*cut_off(text, snapshot), *findings)


def cut_off(text: str, snapshot: Snapshot) -> list[Finding]:
    """A finding if a text lacks its end: nobody knows which lines are missing."""
    if load_reader(snapshot.platform).is_whole(text):
        return []
    lines = text.rstrip().split("\n")
    last = Line(snapshot.file, len(lines), lines[-1].strip())
    return [error("BACKUP-01", last, {"detail": without_secrets(last.text)}, "cut")]


def host_of(file: Path) -> str:
    """The host that a file's name tells of."""
    return file.stem if file.suffix.lower() in ENDINGS else file.name


def decoded(content: bytes) -> str | None:
    """Text of a file in any of the usual encodings; None where it is none."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\0" in content:
        return None
    for encoding in _TRIED:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
