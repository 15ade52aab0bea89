"""What a RADIUS server answers follows from the city, and is read back from the file as it lies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.city import City, load_city
from sanso.city.segment import Layer
from sanso.messages import RefusedError
from sanso.radius.policy import policy
from sanso.radius.reader import read_policy
from sanso.radius.service import Answer, Service, check_secrets, service

LAB = Path(__file__).parents[2] / "inventories" / "lab"
GOLDEN = Path(__file__).parent / "golden"
CITY = "Midorikawa City"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(LAB)


@pytest.mark.parametrize("node", ["radius_1", "school_radius"])
def test_the_policy_is_the_golden_one(city: City, node: str) -> None:
    assert policy(service(city, node)) == (GOLDEN / f"{node}.conf").read_text(encoding="utf-8")


def test_a_server_trusts_the_layers_that_it_serves_and_hears_its_sites(city: City) -> None:
    hall, school = service(city, "radius_1"), service(city, "school_radius")
    assert hall.layers == (Layer.INTERNET, Layer.LGWAN)
    assert school.layers == (Layer.SCHOOL,)
    assert {client.site for client in hall.clients} == {"city_hall", "branch_shobo_minami"}
    assert [str(client.prefix) for client in school.clients] == ["10.52.2.0/24", "fd5a:6d21:9912:5202::/64"]


def test_pupils_do_not_get_into_the_teachers_segment(city: City) -> None:
    answers = service(city, "school_radius").answers
    assert {(answer.ssid, answer.unit) for answer in answers} == {
        ("MIDORIKAWA-KOMU", "school_staff"),
        ("MIDORIKAWA-GAKUSHU", "school_learning"),
    }


def test_further_segments_of_a_wlan_are_answered_too(city: City) -> None:
    wlan = city.wlans["lgwan"].model_copy(update={"radius_segments": ["lgwan_staff"]})
    more = city.model_copy(update={"wlans": {**city.wlans, "lgwan": wlan}})
    vlans = {answer.unit: answer.vlan for answer in service(more, "radius_1").answers if answer.layer is Layer.LGWAN}
    assert vlans == {name: city.segments[name].vlan for name in ("lgwan_wifi", "lgwan_staff")}


@pytest.mark.parametrize(
    ("wlan", "node", "key"),
    [
        ({}, "kms", "radius.node"),
        ({"eap": "peap"}, "radius_1", "radius.eap"),
        ({"eap": None}, "radius_1", "radius.eap"),
    ],
)
def test_what_it_does_not_do_is_refused(city: City, wlan: dict[str, str], node: str, key: str) -> None:
    changed = city.model_copy(update={"wlans": {**city.wlans, "lgwan": city.wlans["lgwan"].model_copy(update=wlan)}})
    with pytest.raises(RefusedError) as refused:
        service(changed, node)
    assert refused.value.key == key
    assert node in refused.value.text("ja")


@pytest.mark.parametrize("ssid", ["a\nb", "${raddbdir}", "back\\slash", "bell\a"])
def test_an_ssid_that_the_file_would_not_take_for_itself_is_refused(ssid: str) -> None:
    with pytest.raises(RefusedError, match="cannot stand in the policy"):
        policy(Service("radius_1", CITY, (Answer(ssid, Layer.LGWAN, "lgwan_wifi", 220),), ()))


@pytest.mark.parametrize("secret", ["", "short", "x" * 21, "x" * 30 + "$", 'x" }' * 10])
def test_a_secret_for_each_site_is_looked_for(city: City, secret: str) -> None:
    hall, good = service(city, "radius_1"), "x" * 22
    check_secrets(hall, {"city_hall": good, "branch_shobo_minami": good})
    with pytest.raises(RefusedError, match="no good secret for site branch_shobo_minami"):
        check_secrets(hall, {"city_hall": good, "branch_shobo_minami": secret})


SSIDS = st.text(st.characters(codec="utf-8", exclude_characters="$\\"), min_size=1, max_size=32).filter(
    str.isprintable
)
ANSWERS = st.lists(
    st.builds(
        Answer,
        SSIDS,
        st.sampled_from(Layer),
        st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True),
        st.integers(1, 4094),
    ),
    min_size=1,
    max_size=6,
)


@given(ANSWERS)
def test_what_is_written_is_what_is_read(answers: list[Answer]) -> None:
    read = read_policy(policy(Service("radius_1", CITY, tuple(answers), ())))
    assert read.unread == ()
    assert [Answer(one.ssid, one.layer, one.unit, one.vlan) for one in read.answers] == answers


TEXT = (GOLDEN / "radius_1.conf").read_text(encoding="utf-8")
LINES = TEXT.splitlines()
SAYING = [number for number, line in enumerate(LINES) if line.strip() and not line.strip().startswith("#")]


def test_a_vlan_changed_by_hand_is_read_as_it_is() -> None:
    read = read_policy(TEXT.replace('"220"', '"320"'))
    assert read.unread == ()
    assert {(one.ssid, one.layer, one.vlan) for one in read.answers} == {
        ("MIDORIKAWA-LGWAN", Layer.LGWAN, 320),
        ("MIDORIKAWA-INTERNET", Layer.INTERNET, 320),
    }


def test_a_layer_changed_by_hand_is_read_as_it_is() -> None:
    read = read_policy(TEXT.replace("OU=lgwan/CN=lgwan authority", "OU=internet/CN=internet authority"))
    assert read.unread == ()
    assert {(one.ssid, one.layer) for one in read.answers} == {
        ("MIDORIKAWA-LGWAN", Layer.INTERNET),
        ("MIDORIKAWA-INTERNET", Layer.INTERNET),
    }


def test_no_line_can_be_lost_without_a_word() -> None:
    quiet = [
        LINES[number] for number in SAYING if not read_policy("\n".join(LINES[:number] + LINES[number + 1 :])).unread
    ]
    assert quiet == []


@pytest.mark.parametrize(
    "line",
    [
        "$INCLUDE more",
        "files",
        "ok",
        'update reply { &Tunnel-Private-Group-Id := "320" }',
        "# a comment that goes on \\",
        "if (1) {",
        "}",
        "if (&Called-Station-SSID == 'X') {",
        "\N{NO-BREAK SPACE}# no comment for FreeRADIUS",
    ],
)
def test_no_line_can_be_added_without_a_word(line: str) -> None:
    texts = ("\n".join([*LINES[:number], line, *LINES[number:]]) for number in SAYING)
    assert all(read_policy(text).unread for text in texts)


def test_comments_and_blanks_may_come_and_go() -> None:
    lax = "\n\n".join(f"  {line}  " for line in LINES if not line.strip().startswith("#"))
    assert replace(read_policy(lax), answers=()) == replace(read_policy(TEXT), answers=())
    assert [one[:4] for one in read_policy(lax).answers] == [one[:4] for one in read_policy(TEXT).answers]


def test_what_is_unread_names_its_line() -> None:
    number = LINES.index("\tauthenticate {") + 1
    [line] = read_policy("\n".join([*LINES[:number], "\t\tpap", *LINES[number:]])).unread
    assert (line.number, line.text, line.missing) == (number + 1, "pap", False)
    assert line.told("radius-1.conf", "en").startswith(f"radius-1.conf:{number + 1}: not understood")
    assert "解釈できない行" in line.told("radius-1.conf", "ja")


def test_what_is_missing_names_the_line_that_it_should_stand_before() -> None:
    number = LINES.index("\tauthenticate {") + 1
    [line] = read_policy("\n".join([*LINES[:number], *LINES[number + 1 :]])).unread
    assert (line.number, line.text, line.missing) == (number + 1, "eap", True)
    assert "missing here" in line.told("radius-1.conf", "en")
