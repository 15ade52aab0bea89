"""How IOS keeps passwords: type 9 (scrypt) for secrets, type 7 (a disguise) for the rest."""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

_ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TO_CISCO = str.maketrans(_STANDARD, _ALPHABET)

_TYPE7 = "dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"


@lru_cache(maxsize=4096)
def _scrypt(password: str, salt: str) -> str:
    digest = hashlib.scrypt(password.encode(), salt=salt.encode(), n=16384, r=1, p=1, dklen=32)
    return base64.b64encode(digest).decode().translate(_TO_CISCO).rstrip("=")


def type9(password: str, salt: str = "") -> str:
    """Hash a password as ``secret 9`` prints it; without a salt, with a random one of 14 characters."""
    salt = salt or "".join(secrets.choice(_ALPHABET) for _ in range(14))
    return f"$9${salt}${_scrypt(password, salt)}"


@lru_cache(maxsize=256)
def factory_type9(password: str) -> str:
    """Hash a password with a salt that follows from it, so that a factory's text is the same each time."""
    digest = hashlib.sha256(b"factory" + password.encode()).digest()
    return type9(password, "".join(_ALPHABET[byte % 64] for byte in digest[:14]))


def verify(password: str, secret: str) -> bool:
    """Check a password against what the configuration keeps: ``9 $9$…`` or ``7 …``."""
    kind, _, kept = secret.partition(" ")
    if kind == "9":
        _, _, salt, _ = kept.split("$", 3)
        return hmac.compare_digest(type9(password, salt), kept)
    return kind == "7" and hmac.compare_digest(type7_clear(kept).encode(), password.encode())


def type7(password: str) -> str:
    """Disguise a password as ``password 7`` prints it."""
    seed = len(password) % 16
    masked = (ord(char) ^ ord(_TYPE7[(seed + at) % len(_TYPE7)]) for at, char in enumerate(password))
    return f"{seed:02}" + "".join(f"{byte & 0xFF:02X}" for byte in masked)


def type7_clear(text: str) -> str:
    """Undo :func:`type7`; empty when the text is not of its form."""
    try:
        seed, data = int(text[:2]), bytes.fromhex(text[2:])
    except ValueError:
        return ""
    return "".join(chr(byte ^ ord(_TYPE7[(seed + at) % len(_TYPE7)])) for at, byte in enumerate(data))
