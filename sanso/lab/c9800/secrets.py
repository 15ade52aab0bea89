"""Keys that the configuration keeps, and how it prints them."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING

from sanso.lab.ios.secrets import type7

if TYPE_CHECKING:
    from sanso.lab.ios.model import IosConfig

_OVERHEAD = 20
"""Octets that encryption adds: a salt and a checksum."""


def encrypted(clear: str) -> str:
    """Stand in for AES under the device's own key: other letters each time, and nobody gets the text back."""
    return base64.b32encode(secrets.token_bytes(len(clear.encode()) + _OVERHEAD)).decode().rstrip("=")


def uses_aes(config: IosConfig) -> bool:
    """Whether ``password encryption aes`` is on; the key that it needs counts as given."""
    return "password encryption aes" in config.settings


def kept_key(typed: str, config: IosConfig) -> str:
    """Give what is kept of a RADIUS key: ``6`` (AES), ``7`` (a disguise), or clear text."""
    kind, _, text = typed.partition(" ")
    if text and kind in ("6", "7"):
        return typed
    clear = text if text and kind == "0" else typed
    if uses_aes(config):
        return f"6 {encrypted(clear)}"
    return f"7 {type7(clear)}" if "service password-encryption" in config.settings else clear
