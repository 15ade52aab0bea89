"""Every plugin documents itself where Ansible users look, and every role says what it takes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
KINDS = {"modules": "module", "callback": "callback", "filter": "filter", "test": "test", "inventory": "inventory"}
ROLES = sorted(path.name for path in (ROOT / "roles").iterdir() if path.is_dir())


def plugins() -> Iterator[tuple[str, str]]:
    for folder, kind in KINDS.items():
        files = (ROOT / "plugins" / folder).glob("*.py")
        yield from ((kind, file.stem) for file in sorted(files) if not file.stem.startswith("_"))


def ansible_doc(kind: str, name: str) -> dict[str, Any]:
    tool = Path(sys.executable).with_name("ansible-doc")
    done = subprocess.run(
        [tool, "--json", "--type", kind, name],
        cwd=ROOT,
        env={**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)[name]
    return found


def test_there_are_plugins_of_every_kind() -> None:
    assert {kind for kind, _ in plugins()} == set(KINDS.values())


@pytest.mark.parametrize(("kind", "name"), list(plugins()))
def test_shows_in_ansible_doc(kind: str, name: str) -> None:
    found = ansible_doc(kind, name)
    document = found["doc"]
    assert document["short_description"]
    assert document["description"]
    assert all(option.get("description") for option in document.get("options", {}).values())
    if kind not in {"callback", "inventory"}:  # which nobody calls, and which return nothing
        assert name in found["examples"]
        assert found["return"]


@pytest.mark.parametrize("action", sorted(file.stem for file in (ROOT / "plugins" / "action").glob("[a-z]*.py")))
def test_every_action_has_its_documentation_among_the_modules(action: str) -> None:
    assert (ROOT / "plugins" / "modules" / f"{action}.py").exists()


def options(role: str) -> dict[str, dict[str, Any]]:
    file = ROOT / "roles" / role / "meta" / "argument_specs.yml"
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))["argument_specs"].values()
    return {name: option for entry in entries for name, option in entry["options"].items()}


@pytest.mark.parametrize("role", ROLES)
def test_every_variable_of_a_role_is_specified(role: str) -> None:
    defaults = yaml.safe_load((ROOT / "roles" / role / "defaults" / "main.yml").read_text(encoding="utf-8"))
    specified = options(role)
    assert defaults.keys() == specified.keys()
    for name, value in defaults.items():
        assert specified[name]["description"]
        plain = not (isinstance(value, str) and "{{" in value)
        assert not plain or specified[name]["default"] == value


@pytest.mark.parametrize("role", ROLES)
def test_the_readme_of_a_role_lists_its_variables(role: str) -> None:
    readme = (ROOT / "roles" / role / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (`[^`]*`|empty) \|", readme, re.MULTILINE))
    shown = {name: json.dumps(option.get("default", "")).strip('"') for name, option in options(role).items()}
    assert rows == {name: f"`{value}`" if value else "empty" for name, value in shown.items()}
