from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.licensing.secrets import HIDDEN, without_keys

LETTERS = string.ascii_uppercase + string.digits
GROUP = st.text(LETTERS, min_size=5, max_size=5)
ASIDE = st.text(string.ascii_lowercase + " :.'\n<>&", max_size=20).map(lambda text: f"{text} ")


@given(st.lists(GROUP, min_size=5, max_size=5), ASIDE, ASIDE, st.sampled_from("-\u2010\u2013\u2212"))
def test_a_key_is_hidden_wherever_it_stands(groups: list[str], before: str, after: str, dash: str) -> None:
    key = dash.join(groups)
    assert without_keys(f"{before}{key} {after}") == f"{before}{HIDDEN} {after}"


@given(st.lists(GROUP, min_size=5, max_size=5))
def test_a_key_without_dashes_and_in_small_letters_is_hidden(groups: list[str]) -> None:
    key = "".join(groups)[:-1] + "7"
    assert without_keys(f"ProductKey={key}, {key.lower()};") == f"ProductKey={HIDDEN}, {HIDDEN};"


@pytest.mark.parametrize(
    "text",
    [
        "SoftwareProtectionService did not answer",
        "uuid:7F3DD0B2-8B7C-4E2E-9C0B-55A2C5A0A111",
        "0xC004F074",
        "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/SoftwareLicensingService",
        "",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert without_keys(text) == text
