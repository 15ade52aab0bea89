"""What holds for all tests: none of them fails because the machine is slow."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("sanso", deadline=None)
settings.load_profile("sanso")
