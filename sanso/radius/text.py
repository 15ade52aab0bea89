"""The words of the policy file that its writer and its reader share."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sanso.messages import RefusedError

SSID, ISSUER, SUBJECT = "&Called-Station-SSID", "&TLS-Client-Cert-Issuer", "&TLS-Client-Cert-Subject"
MARK = "@answers@"


@cache
def around() -> tuple[str, str]:
    """What stands before and after the answers."""
    before, after = files("sanso.radius").joinpath("policy.conf").read_text(encoding="utf-8").split(f"{MARK}\n")
    return before, after


def reply(vlan: str) -> tuple[str, ...]:
    """Attributes of an answer (RFC 3580, 3.31), with the braces that close it."""
    return (
        "update reply {",
        "&Tunnel-Type := VLAN",
        "&Tunnel-Medium-Type := IEEE-802",
        f'&Tunnel-Private-Group-Id := "{vlan}"',
        "}",
        "}",
    )


def of_unit(unit: str) -> str:
    """Expression for the subjects of a unit, none of whose other fields can look like it."""
    return rf"/^\/C=[A-Z]+\/O=[^\/]+\/OU={unit}\/CN=[^\/]+$/"


def quoted(text: str) -> str:
    """A literal of FreeRADIUS's files: nothing in it is expanded but a ``$``, nothing ends it but its quote.

    Raises:
        RefusedError: it has characters that FreeRADIUS would not take for themselves.
    """
    if not text.isprintable() or "$" in text or "\\" in text:
        raise RefusedError("radius.text", text=text)
    return "'" + text.replace("'", "\\'") + "'"


def unquoted(literal: str) -> str:
    """What :func:`quoted` was given."""
    return literal[1:-1].replace("\\'", "'")
