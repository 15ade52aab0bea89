"""What holds for all tests: none of them fails because the machine is slow; what the proof by breaking counts."""

from __future__ import annotations

from hypothesis import settings

from tests.breaking.counts import pytest_terminal_summary

__all__ = ["pytest_terminal_summary"]

settings.register_profile("sanso", deadline=None)
settings.load_profile("sanso")
