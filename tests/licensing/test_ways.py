"""The way to a licence in the embedded city."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sanso.city import City, load_city
from sanso.licensing.terminal import Terminal
from sanso.licensing.ways import Way, Ways, breakout_needs
from sanso.licensing.wishes import KmsHosts, read_wishes
from sanso.wsman.endpoint import Endpoint
from tests.terminals import KEY

HALL, NURSERY = "city_hall", "branch_hoikusho_east"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(Path(__file__).parents[2] / "inventories" / "lab")


def terminal(city: City, site: str, segment: str, allowed: dict[str, str] | None = None, **wish: Any) -> Terminal:
    kms = KmsHosts.of(city, allowed or {})
    wanted = read_wishes("x", [{"application": "windows", "channel": "kms", **wish}], kms)
    layer = str(city.segments[segment].layer) if segment in city.segments else segment
    own = segment if segment in city.segments else ""
    return Terminal(f"pc-{site}-{segment}", Endpoint("192.0.2.1"), wanted, site, layer, own)


def ways(city: City, *terminals: Terminal, allowed: dict[str, str] | None = None) -> list[Way]:
    return Ways(city, KmsHosts.of(city, allowed or {})).of(terminals)


def test_a_kms_host_of_the_same_layer_is_open_from_every_site(city: City) -> None:
    found = ways(city, *(terminal(city, site, "lgwan_staff", kms_host="kms") for site in (HALL, NURSERY)))
    assert [(way.verdict, way.stops) for way in found] == [("open", False)] * 2


def test_many_sites_are_answered_as_each_by_itself(city: City) -> None:
    sites = [name for name, site in city.sites.items() if "lgwan_staff" in site.segments]
    assert len(sites) > 3
    terminals = [
        terminal(city, site, segment, kms_host="kms")
        for site in sites
        for segment in ("lgwan_staff", "internet_staff")
        if segment in city.sites[site].segments
    ]
    together = {(way.need.site, way.need.segment): way.verdict for way in ways(city, *terminals)}
    alone = {(way.need.site, way.need.segment): way.verdict for one in terminals for way in ways(city, one)}
    assert together == alone
    assert set(together.values()) == {"open", "closed"}


def test_another_layer_is_stopped_with_packet_line_and_mend(city: City) -> None:
    (way,) = ways(city, terminal(city, HALL, "mynumber_terminals", kms_host="kms"))
    assert (way.verdict, way.stops) == ("closed", True)
    said = "\n".join(way.lines("en"))
    for words in (
        "10.24.0.70:1688",
        "denied by hall-core-1 (rendered):",
        "Mend: have a flow from mynumber_terminals",
    ):
        assert words in said, said
    assert "遮断されています" in "\n".join(way.lines("ja"))


def test_a_port_that_nobody_approved_is_closed_as_well(city: City) -> None:
    (way,) = ways(city, terminal(city, HALL, "mynumber_servers", kms_host="kms", kms_port=1689))
    assert way.verdict == "closed"


def test_without_a_segment_each_for_terminals_has_to_be_open(city: City) -> None:
    found = ways(city, terminal(city, HALL, "lgwan", kms_host="kms"))
    assert sorted(way.need.segment for way in found) == ["lgwan_staff", "lgwan_wifi"]


def test_a_terminal_that_stands_nowhere_is_not_proved(city: City) -> None:
    for one in (terminal(city, "elsewhere", "lgwan_staff"), terminal(city, HALL, "no_layer")):
        (way,) = ways(city, one)
        assert (way.verdict, way.stops) == ("unproved", True)
        assert "sanso_endpoint_site" in "\n".join(way.lines("en"))


def test_dns_may_lead_to_any_kms_host(city: City) -> None:
    (way,) = ways(city, terminal(city, HALL, "lgwan_staff"))
    assert (way.verdict, way.need.target) == ("open", "kms")
    none = city.model_copy(update={"nodes": {}})
    (way,) = ways(none, terminal(none, HALL, "lgwan_staff"))
    assert (way.verdict, way.stops) == ("unproved", True)


def test_an_allowed_name_is_asked_about_where_somebody_said_what_it_is(city: City) -> None:
    known, unknown = {"kms.example": "kms"}, {"kms.example": ""}
    for allowed, verdict in ((known, "open"), (unknown, "unproved")):
        one = terminal(city, HALL, "lgwan_staff", allowed, kms_host="kms.example")
        assert [way.verdict for way in ways(city, one, allowed=allowed)] == [verdict]


def test_a_breakout_for_licensing_is_needed_in_the_lgwan_layer(city: City) -> None:
    one = terminal(city, HALL, "lgwan_staff", channel="mak", key=KEY)
    assert [way.verdict for way in ways(city, one)] == ["open"]
    for field, value in (("use", "update"), ("sites", [NURSERY]), ("feed", [])):
        changed = {
            name: breakout.model_copy(update={field: value}) if 83 in breakout.feed else breakout
            for name, breakout in city.breakouts.items()
        }
        (way,) = ways(city.model_copy(update={"breakouts": changed}), one)
        assert (way.verdict, way.stops) == ("closed", True), field
        assert "feed 83" in "\n".join(way.lines("en"))


def test_a_subscription_needs_the_name_that_the_feed_lacks(city: City) -> None:
    one = terminal(city, HALL, "lgwan_staff", application="office", channel="subscription")
    assert [way.verdict for way in ways(city, one)] == ["open"]
    left = {name: breakout for name, breakout in city.breakouts.items() if name != "licence_connectivity"}
    (way,) = ways(city.model_copy(update={"breakouts": left}), one)
    assert "www.msftconnecttest.com" in "\n".join(way.lines("en"))


def test_a_model_without_breakouts_has_none_for_licensing(city: City) -> None:
    alpha = city.model_copy(update={"settings": city.settings.model_copy(update={"model": "alpha"})})
    (way,) = ways(alpha, terminal(alpha, HALL, "lgwan_staff", channel="mak", key=KEY))
    assert (way.verdict, way.said) == ("closed", "breakout.layer")


def test_layers_that_may_send_to_the_internet_need_no_breakout(city: City) -> None:
    (way,) = ways(city, terminal(city, HALL, "internet_staff", channel="mak", key=KEY))
    assert (way.need.kind, way.verdict) == ("egress", "open")


def test_the_way_to_domain_controllers_is_said_not_to_be_proved_and_stops_nobody(city: City) -> None:
    (way,) = ways(city, terminal(city, HALL, "lgwan_staff", channel="ad"))
    assert (way.verdict, way.stops) == ("unproved", False)


def test_one_way_names_all_its_terminals(city: City) -> None:
    one = terminal(city, HALL, "lgwan_staff", kms_host="kms")
    (way,) = ways(city, one, one)
    assert way.hosts == [one.hostname] * 2


def test_every_channel_over_a_breakout_has_its_needs() -> None:
    assert breakout_needs()["mak"]["feed"] == [83]
    assert {"feed", "names"} <= breakout_needs()["subscription"].keys()
