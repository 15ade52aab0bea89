"""Secrets that are put into commands as they are sent, and into nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sanso.network.wireless import PLACEHOLDER

_TYPED = re.compile(r"[!-~]+")
"""Printable ASCII without blanks; the question mark asks a command line for help."""


class Secrets:
    """The secrets of one device, by what stands for them in commands."""

    def __init__(self, held: Mapping[str, str]) -> None:
        self._held = dict(held)

    def unusable(self, commands: Iterable[str]) -> list[str]:
        """What stands in commands for secrets that are not there, or that cannot be typed; each once."""
        needed = dict.fromkeys(found for command in commands for found in PLACEHOLDER.findall(command))
        return [name for name in needed if not _can_be_typed(self._held.get(name, ""))]

    def revealed(self, command: str) -> str:
        """A command as it is sent."""
        return PLACEHOLDER.sub(lambda found: self._held.get(found[0], found[0]), command)

    def hidden(self, text: str) -> str:
        """What a device said, with the secrets in it taken back; longer ones first, for one may hold another."""
        for name, secret in sorted(self._held.items(), key=lambda item: -len(item[1])):
            text = text.replace(secret, name) if secret else text
        return text


def has_secret(command: str) -> bool:
    """Whether a secret is put into a command."""
    return PLACEHOLDER.search(command) is not None


def _can_be_typed(secret: str) -> bool:
    return _TYPED.fullmatch(secret) is not None and "?" not in secret
