from __future__ import annotations

import json
from pathlib import Path

import pytest

from sanso.messages import LANGUAGES, Language
from sanso.proof.frame import Frame
from sanso.proof.matrix import Matrix
from sanso.proof.placement import Place
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.report.matrix import matrix_data, matrix_lines
from tests.proof.mutations.harness import World

LAB = Path(__file__).parents[2] / "inventories" / "lab"


@pytest.fixture(scope="module")
def lab() -> World:
    return World(LAB)


def matrix_of(world: World, edit: str = "") -> Matrix:
    config = world.config("hoikusho-east-1")
    if edit:
        config.insert(config.number(config.acl("internet_staff")) + 1, config.entry(1, edit))
    snapshots = world.outcome(config).snapshots
    return Matrix(Frame(Topology(snapshots, world.city), Policy.of_city(world.city)))


def test_lines_of_a_city(lab: World) -> None:
    lines = matrix_lines(matrix_of(lab), "en")
    assert "mynumber → mynumber: allowed: everything" in lines
    assert "public → the Internet: allowed: everything" in lines
    assert "mynumber → lgwan: partly: tcp/443, tcp/1688, tcp/8530-8531, replies: icmp errors" in lines
    assert "internet → lgwan: partly: replies: tcp/8443, icmp errors" in lines
    assert not [
        line
        for line in lines
        if line.startswith("public → ") and "the Internet" not in line and "public:" not in line
    ]
    assert lines[-1].startswith("all other pairs of layers (")
    assert len(lines) - 1 + int(lines[-1].split("(")[1].split(")")[0]) == len(matrix_of(lab).layers)


@pytest.mark.parametrize(("lang", "said"), [("en", "not approved: tcp/22"), ("ja", "承認なし: tcp/22")])
def test_what_is_not_approved_is_told(lang: Language, said: str, lab: World) -> None:
    lines = matrix_lines(matrix_of(lab, "permit tcp any any eq 22"), lang)
    told = [line for line in lines if said in line]
    assert {line.split(" ")[0] for line in told} == {"internet"}
    assert len(told) == 5


def test_what_passes_with_forged_addresses_alone_is_told_apart(lab: World) -> None:
    matrix = matrix_of(lab, "permit tcp host 192.0.2.1 host 10.12.0.10 eq 22")
    lines = matrix_lines(matrix, "en")
    told = [line for line in lines if "forged" in line]
    assert told == [
        "internet → mynumber: denied: nothing; not approved: tcp/22; with forged source addresses alone: tcp/22"
    ]
    assert matrix.traffic(Place("internet"), Place("mynumber")) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_data_is_plain_and_whole(lang: Language, lab: World) -> None:
    matrix = matrix_of(lab)
    data = matrix_data(matrix, lang)
    assert json.loads(json.dumps(data)) == data
    assert len(data["segments"]) == len(matrix.segments)
    assert len(data["layers"]) == len(matrix.layers)
    for entry in (*data["layers"], *data["segments"]):
        assert (entry["state"] == "denied") is (entry["services"] == [])
        assert entry["unapproved"] == entry["forged_only"] == []
    assert all(("traffic" in entry) is (entry["state"] == "partly") for entry in data["segments"])


def test_traffic_of_segments_in_data(lab: World) -> None:
    entries = matrix_data(matrix_of(lab), "en")["segments"]
    [entry] = [
        one
        for one in entries
        if (one["from"].get("segment"), one["to"].get("segment")) == ("internet_exchange", "lgwan_staff")
    ]
    assert entry["services"] == ["replies: tcp/8443", "replies: icmp errors"]
    assert {row["services"] for row in entry["traffic"]} == {"replies: tcp/8443", "replies: tcp/8443, icmp errors"}
    assert all("/" not in row["sources"] for row in entry["traffic"]), "one node, and not its segment"
    [row] = [one for one in entry["traffic"] if ":" not in one["sources"]]
    assert "/24" in row["targets"]
