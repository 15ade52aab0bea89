"""Which files of an access point differ, and how, without a secret in what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sanso.platforms.hostapd.files import File, is_own, is_secret

ANOTHER = "<another secret>"


@dataclass(frozen=True)
class FileDifference:
    """A file to write, or to remove (``wanted`` is None); texts have placeholders for secrets."""

    path: str
    wanted: str | None
    found: str


def file_differences(
    wanted: Iterable[File], found: Mapping[str, str], fill: Callable[[str], str]
) -> list[FileDifference]:
    """Files that are not as they should be, in the order in which they can be written.

    Args:
        wanted: files as rendered.
        found: path → text as it was read, with secrets.
        fill: puts secrets into a rendered text; may raise LookupError.
    """
    files = list(wanted)
    differing = [
        FileDifference(file.path, file.text, _shown(found.get(file.path, ""), file.text, real))
        for file in files
        if (real := fill(file.text)) != found.get(file.path)
    ]
    known = {file.path for file in files}
    extra = [path for path in sorted(found) if is_own(path) and path not in known]
    return [*differing, *(FileDifference(path, None, _shown(found[path], "", "")) for path in extra)]


def _shown(found: str, wanted: str, real: str) -> str:
    """A text that was read, with the placeholder where a secret is as it should be, and nothing where it is not."""
    placeholders = dict(zip(real.splitlines(), wanted.splitlines(), strict=True))
    return "".join(f"{placeholders.get(line, _hidden(line))}\n" for line in found.splitlines())


def _hidden(line: str) -> str:
    return f"{line.partition('=')[0]}={ANOTHER}" if is_secret(line) else line
