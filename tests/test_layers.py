"""Data flows one way: a package imports only what stands above it in the list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "sanso"
ORDER = [
    "messages",
    "city",
    "pki",
    "radius",
    "placement",
    "rules",
    "network",
    "platforms",
    "hypervisors",
    "render",
    "proof",
    "change",
    "devices",
    "journal",
    "wsman",
    "licensing",
    "report",
    "command",
]
ALONGSIDE = {
    "generate": {"city", "messages"},
    "lab": {"city", "messages", "generate"},
    "ledger": {"city", "messages"},
}
SESSIONS = {"network", "messages", "platforms", "devices"}
"""A platform's session is what the devices package opens; all else in the folder knows no connection."""


def imports(file: Path) -> Iterator[str]:
    """Packages of sanso that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "sanso" and len(parts) > 1:
                yield parts[1]
            assert parts[0] not in {"ansible", "sanso_plugins"}, f"{file} imports Ansible"


@pytest.mark.parametrize("file", sorted(ROOT.rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_go_up_the_list_only(file: Path) -> None:
    relative = file.relative_to(ROOT)
    package = relative.parts[0] if len(relative.parts) > 1 else ""
    if not package:
        return
    if package in ALONGSIDE:
        allowed = ALONGSIDE[package] | {package}
    elif package == "platforms" and relative.name == "session.py":
        allowed = SESSIONS
    else:
        assert package in ORDER, f"sanso/{package} has no place in the list"
        allowed = set(ORDER[: ORDER.index(package) + 1])
    assert set(imports(file)) <= allowed
