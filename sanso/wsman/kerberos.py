"""What goes wrong with Kerberos, told apart by the codes of MIT Kerberos (RFC 4120, 7.5.9; krb5_err.et)."""

from __future__ import annotations

from collections.abc import Mapping

from sanso.wsman.errors import Cause, WsmanError

_BASE = -1765328384
"""The code 0 of the protocol among the codes of the library."""
_CAUSES: Mapping[int, Cause] = {
    6: "credentials",  # KDC_ERR_C_PRINCIPAL_UNKNOWN: no such user
    18: "credentials",  # KDC_ERR_CLIENT_REVOKED: the account is locked or disabled
    23: "credentials",  # KDC_ERR_KEY_EXPIRED: the password has expired
    24: "credentials",  # KDC_ERR_PREAUTH_FAILED: the password is wrong
    31: "credentials",  # KRB_AP_ERR_BAD_INTEGRITY: the same, without pre-authentication
    210: "credentials",  # KRB5_PREAUTH_FAILED
    32: "ticket",  # KRB_AP_ERR_TKT_EXPIRED
    141: "ticket",  # KRB5_CC_NOTFOUND
    194: "ticket",  # KRB5_FCC_PERM: the file of tickets is another user's
    195: "ticket",  # KRB5_FCC_NOFILE
    7: "service",  # KDC_ERR_S_PRINCIPAL_UNKNOWN
    35: "service",  # KRB_AP_ERR_NOT_US
    41: "service",  # KRB_AP_ERR_MODIFIED: the service's name belongs to another account
    44: "service",  # KRB_AP_ERR_BADKEYVER: the terminal has not got the present key
    45: "service",  # KRB_AP_ERR_NOKEY
    33: "clock",  # KRB_AP_ERR_TKT_NYV: the ticket is not valid yet
    37: "clock",  # KRB_AP_ERR_SKEW
    148: "clock",  # KRB5_KDCREP_SKEW
    68: "realm",  # KDC_ERR_WRONG_REALM
    154: "realm",  # KRB5_REALM_UNKNOWN
    156: "realm",  # KRB5_KDC_UNREACH
    217: "realm",  # KRB5_ERR_HOST_REALM_UNKNOWN
    220: "realm",  # KRB5_REALM_CANT_RESOLVE
    224: "realm",  # KRB5_CONFIG_NODEFREALM
}
_NO_CREDENTIALS, _EXPIRED = 7 << 16, 11 << 16
"""Routine errors of GSS-API (RFC 2744, 3.9.1)."""


def kerberos_trouble(error: BaseException) -> WsmanError | None:
    """What an exception of the Kerberos libraries means; None where it is none of theirs, or means nothing else."""
    for one in filter(None, (getattr(error, "base_error", None), error)):
        minor = getattr(one, "min_code", None) or getattr(one, "err_code", None)
        if minor is None:
            continue
        if (cause := _CAUSES.get(_signed(minor) - _BASE)) is not None:
            return WsmanError(cause, _words(one))
        if getattr(one, "maj_code", 0) in {_NO_CREDENTIALS, _EXPIRED}:
            return WsmanError("ticket", _words(one))
    return None


def _words(error: BaseException) -> str:
    """Those of the innermost code; the libraries put numbers and general words before them."""
    return str(error).rpartition("): ")[2]


def _signed(code: int) -> int:
    """GSS-API hands the library's codes on as 32 bits without sign."""
    return code - (1 << 32) if code >= 1 << 31 else code
