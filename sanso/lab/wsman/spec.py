"""What an emulated terminal is told from outside: its place on loopback, what its installer left on it, its world."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sanso.lab.spec import SpecError
from sanso.lab.wsman.faults import FAULTS


@dataclass(frozen=True)
class Edition:
    """An application that is to be licensed; with a key, it is there only once that was installed."""

    application: str
    channel: str
    """``kms``, ``mak``, ``ad`` or ``subscription``."""
    key: str = field(default="", repr=False)


@dataclass(frozen=True)
class TerminalSpec:
    """One emulated terminal."""

    name: str
    address: str
    port: int
    https: bool = False
    editions: tuple[Edition, ...] = ()
    fault: str = "none"
    """What is wrong with it from the start, until somebody sets it right."""


@dataclass(frozen=True)
class TerminalSpecs:
    r"""All terminals of a lab and what they share.

    ``accounts`` are ``DOMAIN\user`` → password, ``kms`` names and addresses of KMS hosts → port; the first of them is
    the one that DNS names.
    """

    terminals: tuple[TerminalSpec, ...] = ()
    accounts: Mapping[str, str] = field(default_factory=dict, repr=False)
    kms: Mapping[str, int] = field(default_factory=dict)

    def check(self) -> None:
        """Refuse what cannot be emulated.

        Raises:
            SpecError: two terminals of one name or in one place, an address that is not this machine's, an unknown
                fault.
        """
        names: set[str] = set()
        places: dict[tuple[str, int], str] = {}
        for one in self.terminals:
            if one.name in names:
                raise SpecError(f"terminal {one.name!r} is listed twice")
            names.add(one.name)
            if not one.address.startswith("127."):
                raise SpecError(f"terminal {one.name!r}: {one.address} is not a loopback address (127.0.0.0/8)")
            other = places.setdefault((one.address, one.port), one.name)
            if other != one.name:
                raise SpecError(f"terminals {other!r} and {one.name!r} both claim {one.address}:{one.port}")
            if one.fault not in FAULTS:
                raise SpecError(f"terminal {one.name!r}: unknown fault {one.fault!r}; known are {', '.join(FAULTS)}")


def load_terminals(file: Path) -> TerminalSpecs:
    """Read what :func:`written` gave.

    Raises:
        SpecError: the file is something else.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        terminals = tuple(_terminal(item) for item in data["terminals"])
        specs = TerminalSpecs(terminals, data.get("accounts", {}), data.get("kms", {}))
    except (OSError, json.JSONDecodeError, TypeError, KeyError, AttributeError) as error:
        raise SpecError(f"{file}: no list of terminals: {error}") from None
    specs.check()
    return specs


def _terminal(item: Mapping[str, Any]) -> TerminalSpec:
    editions: Iterable[Mapping[str, Any]] = item.get("editions", ())
    return TerminalSpec(**{**item, "editions": tuple(Edition(**edition) for edition in editions)})


def written(specs: TerminalSpecs) -> str:
    """Terminals as JSON."""
    return json.dumps(asdict(specs), indent=1)
