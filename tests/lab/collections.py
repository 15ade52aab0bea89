"""Ansible's collection for Cisco IOS, a client of the emulated switches that nobody here wrote.

``python -m tests.lab.collections`` fetches it once, from PyPI's ``ansible`` package, into ``.cache/collections``.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "ansible==12.3.0"
FOLDER = Path(__file__).parents[2] / ".cache" / "collections"
WANTED = ("cisco/ios", "ansible/netcommon", "ansible/utils")


class NotFetched(Exception):  # noqa: N818 - a missing network is nobody's error
    """The package cannot be had; the message says why."""


def fetched() -> bool:
    """Whether the collections are there."""
    return all((FOLDER / "ansible_collections" / name / "MANIFEST.json").exists() for name in WANTED)


def fetch() -> Path:
    """Give the folder for ``ANSIBLE_COLLECTIONS_PATH``, filled if need be.

    Raises:
        NotFetched: when pip cannot get the package, as without a network.
    """
    if not fetched():
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                said = done.stderr.strip().splitlines() or ["no reason given"]
                raise NotFetched(f"pip cannot download {PACKAGE}: {said[-1]}")
            _unpack(next(Path(folder).glob("ansible-*.whl")))
    return FOLDER


def _unpack(wheel: Path) -> None:
    roots = tuple(f"ansible_collections/{name}/" for name in WANTED)
    with zipfile.ZipFile(wheel) as archive:
        # the manifests go last: they say that all is there
        names = sorted(archive.namelist(), key=lambda name: name.endswith("/MANIFEST.json"))
        archive.extractall(FOLDER, [name for name in names if name.startswith(roots)])


def main() -> int:
    """Fetch, say where, and give the exit status."""
    try:
        print(fetch())
    except NotFetched as reason:
        print(f"error: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
