"""Secrets stand in commands by their names, until they are sent."""

from __future__ import annotations

import pytest

from sanso.devices.secrets import Secrets
from sanso.devices.target import Target
from sanso.network.wireless import passphrase, shared_secret

KEY, WORDS = shared_secret("radius_1"), passphrase("public")
HELD = {KEY: "s3cret", WORDS: "s3cret-and-more"}


def test_secrets_are_put_into_commands_and_taken_out_of_answers() -> None:
    secrets = Secrets(HELD)
    assert secrets.revealed(f"key {KEY}") == "key s3cret"
    assert secrets.hidden("key s3cret; s3cret-and-more") == f"key {KEY}; {WORDS}"
    assert secrets.revealed("vlan 10") == "vlan 10"


@pytest.mark.parametrize("secret", ["", "two words", "why?", "line\nno wlan public", "秘密"])
def test_what_cannot_be_typed_is_told_by_its_name(secret: str) -> None:
    secrets = Secrets({**HELD, WORDS: secret})
    assert secrets.unusable([f"key {KEY}", f"set-key ascii 0 {WORDS}", f"again {WORDS}"]) == [WORDS]


def test_a_secret_that_is_not_there_is_unusable_where_it_is_needed() -> None:
    assert Secrets({}).unusable(["vlan 10"]) == []
    assert Secrets({}).unusable([f"key {KEY}"]) == [KEY]


def test_a_target_does_not_show_them() -> None:
    assert "s3cret" not in repr(Target("wlc-1", "c9800", "127.0.0.1", secrets=HELD))
