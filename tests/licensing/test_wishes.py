from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sanso.city import load_city
from sanso.licensing.wanted import WantedError
from sanso.licensing.wishes import KmsHosts, read_wishes
from sanso.messages import LANGUAGES, text
from tests.terminals import KEY

CITY = load_city(Path(__file__).parents[2] / "inventories" / "lab")
HOSTS = KmsHosts.of(CITY, {"kms.midorikawa.example": "kms", "Other.example": ""})


def wish(**given: Any) -> dict[str, Any]:
    return {"application": "windows", "channel": "kms", **given}


def test_a_nodes_name_becomes_its_address() -> None:
    assert read_wishes("x", [wish(kms_host="kms")], HOSTS)[0].kms_host == "10.24.0.70"


@pytest.mark.parametrize("name", ["10.24.0.70", "KMS.midorikawa.example", "other.EXAMPLE", ""])
def test_addresses_and_allowed_names_stay_as_they_are(name: str) -> None:
    assert read_wishes("x", [wish(kms_host=name)], HOSTS)[0].kms_host == name


def test_what_the_proof_is_asked_about_is_known() -> None:
    assert HOSTS.asked["kms.midorikawa.example"] == "kms"
    assert HOSTS.asked["other.example"] == ""
    assert HOSTS.nodes == ["kms"]


@pytest.mark.parametrize(
    ("given", "problem", "words"),
    [
        ("windows", "shape", "list of mappings"),
        ([wish(applicaton="x")], "field", "unknown field applicaton; known are application, channel, key"),
        ([{"application": "windows"}], "missing", "channel is missing, expected kms, mak, ad, subscription"),
        ([wish(channel="oem")], "value", "channel is oem, expected kms, mak, ad, subscription"),
        ([wish(kms_port=70000)], "value", "kms_port is 70000, expected 1-65535"),
        ([wish(), wish(channel="ad")], "twice", "windows is asked for twice"),
        ([wish(key="ABCDE-12345")], "key", "has not the form XXXXX-XXXXX-XXXXX-XXXXX-XXXXX"),
        ([wish(channel="mak")], "mak_key", "windows by MAK needs a key (vault)"),
        ([wish(channel="ad", kms_host="kms")], "kms_host", "kms_host is for channel kms"),
        ([wish(channel="subscription")], "subscription", "for office, not for windows"),
        ([wish(kms_host="kms.attacker.example")], "kms_unknown", "is no KMS host of this city"),
        ([wish(shared_computer="yes")], "value", "shared_computer is"),
    ],
)
def test_what_cannot_be_is_refused_in_words(given: Any, problem: str, words: str) -> None:
    with pytest.raises(WantedError) as caught:
        read_wishes("endpoint_licensing_products", given, HOSTS)
    assert caught.value.problem == problem
    assert words in text(f"licensing.wanted.{problem}", "en", **caught.value.args_of)
    assert all(text(f"licensing.wanted.{problem}", lang, **caught.value.args_of) for lang in LANGUAGES)


@pytest.mark.parametrize("key", [KEY[:-1], f"{KEY}X", KEY.replace("-", " ")])
def test_a_malformed_key_is_not_repeated(key: str) -> None:
    with pytest.raises(WantedError) as caught:
        read_wishes("x", [wish(key=key)], HOSTS)
    assert key not in repr(caught.value) + repr(caught.value.args_of) + str(caught.value.__cause__)


def test_small_letters_of_a_key_are_taken() -> None:
    assert read_wishes("x", [wish(key=f" {KEY.lower()}\n")], HOSTS)[0].key == KEY


def test_without_a_city_only_what_is_allowed_by_hand_is_known() -> None:
    hosts = KmsHosts.of(None, {"10.1.1.1": ""})
    assert read_wishes("x", [wish(kms_host="10.1.1.1")], hosts)
    with pytest.raises(WantedError):
        read_wishes("x", [wish(kms_host="kms")], hosts)
