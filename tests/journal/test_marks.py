"""Secrets do not come into the journal; that one was changed does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sanso.journal.marks import MARK, Marks

KEY = b"k" * 32
PLANTED = [
    "enable secret 9 $9$nhEmQVczB7dqsO$X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM",
    "username admin privilege 15 password 0 hunter2",
    "snmp-server community Publ1c RO",
    "snmp-server host 10.0.0.1 version 2c Publ1c",
    " key 7 094F471A1A0A",
    "ip ospf message-digest-key 1 md5 hunter2",
    "archive path scp://backup:hunter2@10.0.0.9/$h",
    "description the password hunter2 opens the door",
    " security wpa psk set-key ascii 0 hunter2hunter2",
    "ntp authentication-key 1 md5 hunter2",
]
SECRETS = ("hunter2", "Publ1c", "094F471A1A0A", "nhEmQVczB7dqsO", "X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM")


def test_no_secret_is_left_in_a_line() -> None:
    marked = Marks(KEY).text("\n".join(PLANTED))
    assert not any(secret in marked for secret in SECRETS)
    assert all(MARK.search(line) for line in marked.splitlines())


def test_the_same_secret_has_the_same_mark_and_another_another() -> None:
    marks = Marks(KEY)
    assert marks.line("enable secret one") == marks.line("enable secret one")
    assert marks.line("enable secret one") != marks.line("enable secret two")
    assert marks.line("enable secret one") != Marks(b"l" * 32).line("enable secret one")


def test_known_secrets_are_hidden_wherever_they_stand_as_a_word() -> None:
    marks = Marks(KEY, ["Shared-s3cret", "pass.word!", "admin"])
    said = marks.data(
        {"answer": "% Bad Shared-s3cret", "lines": ["x pass.word! y", "(admin)"], "count": 3, "no": None}
    )
    assert not any(secret in repr(said) for secret in ("Shared-s3cret", "pass.word!", "admin"))
    assert (said["count"], said["no"]) == (3, None)
    assert marks.line("ip access-list extended SANSO-admin-IN") == "ip access-list extended SANSO-admin-IN"
    assert marks.line("vlan administration") == "vlan administration"


def test_what_is_short_or_a_number_is_no_secret_by_itself() -> None:
    assert Marks(KEY, ["10", "abcd", "123456"]).line("vlan 10 abcd 123456") == "vlan 10 abcd 123456"


def test_marking_twice_changes_nothing() -> None:
    marks = Marks(KEY, ["hunter2"])
    once = marks.text("\n".join(PLANTED))
    assert marks.text(once) == once


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_a_text_keeps_its_lines(text: str) -> None:
    assert Marks(KEY, ["secretword"]).text(text).count("\n") == text.count("\n")
