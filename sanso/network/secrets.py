"""Secrets stay out of every line of a configuration that is said or written: findings, differences, reports.

Whatever stands behind a word that a secret follows is hidden up to the end of the line, and so is whatever looks
like one by itself: rather too much is hidden than too little. Sources: Cisco IOS master command list, Arista EOS
user manual.
"""

from __future__ import annotations

import re
from collections.abc import Callable

HIDDEN = "*****"

_NAMES = (
    "(?<!web-)auth|authenticator|cipher|community|credentials?|encryption|key|key-?string|md5|passphrase|passwd|password|pmk"
    "|priv|psk|pwd|secret|sha|sha1|sha256|sha512|spi|token"
)
"""How a word ends that a secret follows, at least after its last dash: ``wpa-psk``, ``authentication-key``."""
_BEHIND = re.compile(
    rf"((?<![^\s-])(?:{_NAMES})(?!\s+chain\s)"  # a key chain has a name
    r"|(?<=\S\s)(?<!dot1x\s)(?<!aaa\s)authentication"  # ip nhrp, standby, vrrp; as the first word it is 802.1X
    r"|^snmp-server\s+host\s+\S+)"
    r"\s+(\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_ALONE = re.compile(
    r"(?<=//)[^/\s@]+(?=@)"  # user and password in a URL
    r"|(?<=auth=)\S+|(?<=key=)\S+|(?<=key,)\S+|(?<=password=)\S+"  # options of daemons, EOS
    r"|\$\w{1,8}\$\S+"  # a hash, crypt(5)
    r"|(?<=\s7\s)[0-9A-Fa-f]{6,}",  # Cisco type 7
)


def _hidden(secret: str) -> str:  # noqa: ARG001 - others tell secrets apart
    return HIDDEN


def without_secrets(line: str, hidden: Callable[[str], str] = _hidden) -> str:
    """A line of a configuration with everything hidden that may be a secret.

    Args:
        line: the line.
        hidden: what stands in the place of a secret.
    """
    said = _BEHIND.sub(lambda found: f"{found[1]} {hidden(found[2])}", line)
    return _ALONE.sub(lambda found: hidden(found[0]), said)
