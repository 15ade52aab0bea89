"""Open the session of a target's platform."""

from __future__ import annotations

import importlib

from sanso.devices.session import Session
from sanso.devices.target import Target


def open_session(target: Target) -> Session:
    """Log in with the session class of ``sanso/platforms/<nos>/session.py``.

    Raises:
        DeviceError: no login; its fault says why.
    """
    module = importlib.import_module(f"sanso.platforms.{target.platform}.session")
    session: type[Session] = module.SESSION
    return session(target)
