"""Lines that may put something on the air, or lead frames, past all that is read; such a controller is not proved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanso.platforms.c9800.config import Config

_TOP = re.compile(r"ap filter priority .+|guest-lan profile-name .+|wireless guest-lan map .+")
"""Tags for access points by their names; guests on cables, who are led wherever it says."""
_BELOW = re.compile(
    r"(?P<head>ap location name|wireless profile mesh) .+\n(?P<line>ap-eth-mac .+|ethernet-bridging.*)"
)
"""Tags for access points by their place; access points that bridge what hangs on their own sockets."""


def read_doubts(config: Config) -> Iterator[str]:
    """These lines, those inside a block behind its first one."""
    for line in config.lines:
        if _TOP.fullmatch(line.text):
            yield line.text
        for child in line.children:
            if _BELOW.fullmatch(f"{line.text}\n{child.text}"):
                yield f"{line.text}: {child.text}"
