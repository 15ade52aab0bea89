"""Pictures by their structure: what is there, what is marked, and that no text is cut or lies on another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

import pytest

from sanso.city.addressing import FAMILIES
from sanso.city.model import City
from sanso.generate import Size, generate, write_inventory
from sanso.messages import LANGUAGES, Language, text
from sanso.network.snapshot import Line, Snapshot, Unread
from sanso.proof.frame import Frame
from sanso.proof.matrix import Matrix
from sanso.proof.placement import Place, Placement
from sanso.proof.policy import Policy
from sanso.proof.prove import Crossing, prove
from sanso.proof.topology import Topology
from sanso.report.pictures import picture
from sanso.report.pictures.edges import edges
from sanso.report.pictures.look import ALARM
from sanso.report.pictures.svg import measure
from tests.proof.mutations.harness import World

LAB = Path(__file__).parents[3] / "inventories" / "lab"
SVG = "{http://www.w3.org/2000/svg}"
EAST = "hoikusho-east-1"


class Scene(NamedTuple):
    matrix: Matrix
    crossings: list[Crossing]
    city: City

    def drawn(self, lang: Language) -> Element:
        return parsed(picture(self.matrix, self.crossings, self.city, lang))


def parsed(written: str) -> Element:
    return fromstring(written)  # noqa: S314  # our own


def scene(world: World, snapshots: Mapping[str, Snapshot]) -> Scene:
    policy = Policy.of_city(world.city)
    topology = Topology(snapshots, world.city)
    return Scene(Matrix(Frame(topology, policy)), prove(topology, policy).crossings, world.city)


@pytest.fixture(scope="module")
def lab() -> World:
    return World(LAB)


@pytest.fixture(scope="module")
def scenes(lab: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scene]:
    """A city that is clean, the same with a line too many, and a large one."""
    config = lab.config(EAST)
    head = config.number(config.acl("internet_staff"))
    config.insert(head + 1, config.entry(1, "permit ip any any"))
    folder = tmp_path_factory.mktemp("city") / "generated"
    write_inventory(generate(Size(70, 70, 420, "mix", 1)), folder)
    large = World(folder)
    return {
        "clean": scene(lab, lab.snapshots),
        "crossing": scene(lab, lab.outcome(config).snapshots),
        "large": scene(large, large.snapshots),
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["clean", "crossing", "large"])
def test_all_layers_segments_and_sites_are_there(name: str, lang: Language, scenes: dict[str, Scene]) -> None:
    one = scenes[name]
    root = one.drawn(lang)
    said = [words.text for words in root.iter(f"{SVG}text")]
    for layer in ("mynumber", "lgwan", "internet", "public", "management", "school", "outside"):
        assert text(f"picture.layer.{layer}", lang) in said
    titles = " ".join(title.text or "" for title in root.iter(f"{SVG}title"))
    for site in one.city.sites.values():
        assert (site.name_ja if lang == "ja" else site.name) in titles
    for name, segment in one.city.segments.items():
        assert (f"{name}: " in titles) is segment.routed


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["clean", "crossing", "large"])
def test_texts_are_whole_and_apart(name: str, lang: Language, scenes: dict[str, Scene]) -> None:
    root = scenes[name].drawn(lang)
    width, height = map(float, str(root.get("viewBox")).split()[2:])
    extents = [extent(words) for words in root.iter(f"{SVG}text")]
    for words, left, top, right, bottom in extents:
        assert left >= 0, words
        assert top >= 0, words
        assert right <= width, words
        assert bottom <= height, words
    for one, other in combinations(extents, 2):
        apart = one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
        assert apart, f"{one} lies on {other}"


def extent(words: Element) -> tuple[str, float, float, float, float]:
    """Left, top, right and bottom of a text, near enough."""
    size, x, y = (float(words.get(name, "")) for name in ("font-size", "x", "y"))
    length = measure(words.text or "", size)
    if words.get("transform", "").startswith("rotate(-90"):
        return words.text or "", x - 0.75 * size, y - length, x + 0.1 * size, y
    left = x - length / 2 if words.get("text-anchor") == "middle" else x
    return words.text or "", left, y - 0.75 * size, left + length, y + 0.1 * size


def test_a_clean_city_has_nothing_in_the_colour_of_alarm_but_the_key(scenes: dict[str, Scene]) -> None:
    root = scenes["clean"].drawn("en")
    marked = [one for one in root if ALARM in (one.get("stroke"), one.get("fill"))]
    key = next(one for one in root.iter(f"{SVG}text") if one.text == text("picture.key.crossing", "en"))
    assert marked
    for one in marked:
        numbers = [float(number) for number in re.findall(r"[0-9.]+", one.get("points", "") or f"0,{one.get('cy')}")]
        assert all(abs(y - float(key.get("y", ""))) < 12 for y in numbers[1::2])
    assert f"✓ {text('picture.clean', 'en')}" in [one.text for one in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_crossing_is_marked_by_more_than_its_colour(lang: Language, scenes: dict[str, Scene]) -> None:
    one = scenes["crossing"]
    root = one.drawn(lang)
    assert {crossing.source.device for crossing in one.crossings} == {EAST}
    everything = text("traffic.everything", lang)
    label = text("picture.unapproved", lang, services=everything)
    labels = [words for words in root.iter(f"{SVG}text") if words.text == label]
    assert len(labels) == len({crossing.target_layer for crossing in one.crossings})
    assert all(words.get("font-weight") == "bold" for words in labels)
    thick = [line for line in root.iter(f"{SVG}polyline") if line.get("stroke") == ALARM]
    assert max(float(line.get("stroke-width", "0")) for line in thick) > 3
    shown = " ".join(title.text or "" for title in root.iter(f"{SVG}title"))
    assert str(one.crossings[0].packet) in shown
    assert text("picture.marked", lang) in [words.text for words in root.iter(f"{SVG}text")]
    pairs = sum(bool(cell.unapproved) for cell in one.matrix.segments.values())
    assert f"✕ {text('picture.crosses', lang, count=pairs)}" in [words.text for words in root.iter(f"{SVG}text")]


def test_what_is_not_understood_is_no_clean_picture(lab: World) -> None:
    name = next(iter(lab.snapshots))
    line = Line(f"{name}.cfg", 7, "ip nat inside")
    snapshot = replace(lab.snapshots[name], unread=(Unread(line, "nat"),))
    root = scene(lab, {**lab.snapshots, name: snapshot}).drawn("en")
    said = [words.text for words in root.iter(f"{SVG}text")]
    assert f"? {text('picture.doubt', 'en', count=1)}" in said
    assert f"✓ {text('picture.clean', 'en')}" not in said


def test_edges_are_the_approved_flows(scenes: dict[str, Scene]) -> None:
    found = edges(scenes["clean"].matrix, "en")
    assert {edge.kind for edge in found} == {"flow", "egress"}
    flows = {
        (edge.source.segment, edge.target.segment, edge.words.said("en")) for edge in found if edge.kind == "flow"
    }
    assert ("mynumber_servers", "lgwan_servers", "tcp/443, tcp/1688, tcp/8530-8531") in flows
    assert ("management", "lgwan_servers", "udp/161, icmp echo") in flows
    assert all(edge.replies for edge in found if edge.kind == "flow")
    assert {edge.source for edge in found if edge.kind == "egress"} == {
        Place("internet"),
        Place("public"),
        Place("school"),
    }


def test_replies_that_do_not_come_back_are_not_drawn(lab: World) -> None:
    config = lab.config("hall-core-1")
    for family in FAMILIES:
        head = config.acl("management", family)
        while config.has(head, "6514"):
            config.delete(config.number(head, "6514"))
    found = edges(scene(lab, lab.outcome(config).snapshots).matrix, "en")
    alone = {(edge.source.segment, edge.target.segment) for edge in found if edge.kind == "flow" and not edge.replies}
    assert alone == {("mynumber_servers", "management"), ("internet_servers", "management")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_stands_alone_and_is_always_the_same(lang: Language, scenes: dict[str, Scene]) -> None:
    one = scenes["crossing"]
    written = picture(one.matrix, one.crossings, one.city, lang)
    assert written == picture(one.matrix, one.crossings, one.city, lang)
    root = parsed(written)
    assert not [
        element.tag for element in root.iter() if element.tag in {f"{SVG}script", f"{SVG}image", f"{SVG}style"}
    ]
    assert "href" not in written
    assert "url(" not in written
    assert root.get("lang") == lang
    assert "sans-serif" in str(root.get("font-family"))


def test_a_folder_of_configurations_without_a_city(lab: World) -> None:
    """Layers that nobody here knows, no segments and no sites; and nothing at all."""
    placement = Placement(vlans={vlan: Place("blue" if vlan < 300 else "green") for vlan in range(1, 4095)})
    frame = Frame(Topology(lab.snapshots, placement=placement), Policy())
    root = parsed(picture(Matrix(frame), [], None, "en"))
    said = {words.text for words in root.iter(f"{SVG}text")}
    assert {"blue", "green", text("picture.untitled", "en")} <= said


def test_nothing_at_all_is_not_proved() -> None:
    root = parsed(picture(Matrix(Frame(Topology({}), Policy())), [], None, "ja"))
    said = [words.text for words in root.iter(f"{SVG}text")]
    assert text("picture.none", "ja") in said
    assert f"✓ {text('picture.clean', 'ja')}" not in said


def test_what_others_could_not_prove_is_told(scenes: dict[str, Scene]) -> None:
    one = scenes["clean"]
    root = parsed(picture(one.matrix, one.crossings, one.city, "en", unproved=3))
    assert f"? {text('picture.doubt', 'en', count=3)}" in [words.text for words in root.iter(f"{SVG}text")]
