"""How EOS keeps passwords: SHA-512 crypt (``$6$``), as Unix does."""

import hashlib
import hmac
from functools import lru_cache
from secrets import choice

_ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ROUNDS = 5000

#: the bytes of a digest in the order in which crypt writes them, three at a time
_ORDER = [
    (0, 21, 42), (22, 43, 1), (44, 2, 23), (3, 24, 45), (25, 46, 4), (47, 5, 26), (6, 27, 48), (28, 49, 7),
    (50, 8, 29), (9, 30, 51), (31, 52, 10), (53, 11, 32), (12, 33, 54), (34, 55, 13), (56, 14, 35), (15, 36, 57),
    (37, 58, 16), (59, 17, 38), (18, 39, 60), (40, 61, 19), (62, 20, 41),
]  # fmt: skip


@lru_cache(maxsize=4096)
def _crypt(password: str, salt: str) -> str:
    """Follow Ulrich Drepper's specification of SHA-crypt."""
    key, seed = password.encode(), salt.encode()
    sha = hashlib.sha512
    other = sha(key + seed + key).digest()
    mixed = sha(key + seed + _repeat(other, len(key)))
    length = len(key)
    while length:
        mixed.update(other if length & 1 else key)
        length >>= 1
    digest = mixed.digest()
    keys = _repeat(sha(key * len(key)).digest(), len(key))
    seeds = _repeat(sha(seed * (16 + digest[0])).digest(), len(seed))
    for turn in range(_ROUNDS):
        part = keys if turn & 1 else digest
        part += (seeds if turn % 3 else b"") + (keys if turn % 7 else b"")
        digest = sha(part + (digest if turn & 1 else keys)).digest()
    return _encode(digest)


def _repeat(block: bytes, length: int) -> bytes:
    return (block * (length // len(block) + 1))[:length]


def _encode(digest: bytes) -> str:
    text = ""
    for high, middle, low in _ORDER:
        text += _letters(digest[high] << 16 | digest[middle] << 8 | digest[low], 4)
    return text + _letters(digest[63], 2)


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 6 * place & 63] for place in range(count))


def sha512(password: str, salt: str = "") -> str:
    """Hash a password as ``secret sha512`` prints it; without a salt, with a random one."""
    salt = salt or "".join(choice(_ALPHABET) for _ in range(16))
    return f"$6${salt}${_crypt(password, salt)}"


@lru_cache(maxsize=256)
def factory_sha512(password: str) -> str:
    """Hash a password with a salt that follows from it, so that a factory's text is the same each time."""
    digest = hashlib.sha256(b"factory" + password.encode()).digest()
    return sha512(password, "".join(_ALPHABET[byte % 64] for byte in digest[:16]))


def verify(password: str, secret: str) -> bool:
    """Check a password against what the configuration keeps: ``sha512 $6$…`` or ``0 …``."""
    kind, _, kept = secret.partition(" ")
    if kind == "sha512" and kept.count("$") == 3:
        return hmac.compare_digest(sha512(password, kept.split("$")[2]), kept)
    return kind == "0" and hmac.compare_digest(kept.encode(), password.encode())
