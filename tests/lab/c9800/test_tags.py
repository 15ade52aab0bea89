"""Tags and the access points that they are given to."""

from __future__ import annotations

import json
from dataclasses import asdict

from sanso.lab.spec import parse_specs
from tests.lab.c9800.conftest import POINTS, Controller

POINT = "ap 0253.414e.0001"


def test_tags(controller: Controller) -> None:
    controller.configure(
        "wireless tag policy T", "wlan A policy P", "wlan B policy Q", "wlan A policy R",
        "wireless tag site S", "flex-profile F", "no local-site", "ap-profile default-ap-profile",
        "wireless tag rf R", "5ghz-rf-policy HALL-5", "24ghz-rf-policy HALL-24",
    )  # fmt: skip
    assert controller.running("wireless tag policy T") == ["wlan A policy R", "wlan B policy Q"]
    assert controller.running("wireless tag site S") == ["flex-profile F", "no local-site"]
    assert controller.running("wireless tag rf R") == ["24ghz-rf-policy HALL-24", "5ghz-rf-policy HALL-5"]
    controller.configure("wireless tag policy T", "no wlan B", "wireless tag site S", "local-site", "no flex-profile")
    assert controller.running("wireless tag policy T") == ["wlan A policy R"]
    assert controller.running("wireless tag site S") == []


def test_a_policy_tag_has_room_for_sixteen_wlans(controller: Controller) -> None:
    maps = [f"wlan W{number} policy P" for number in range(17)]
    assert controller.configure("wireless tag policy T", *maps) == [
        "% Cumulative number of RLANs and WLANs associated with a policy tag cannot exceed 16"
    ]
    assert controller.running("wireless tag policy T") == maps[:16]


def test_an_access_point_is_given_tags(controller: Controller) -> None:
    said = controller.configure("ap 0253.414E.0001", "site-tag S", "policy-tag T", "rf-tag R")
    assert said == [
        f"Associating {kind}-tag will cause associated AP to reconnect" for kind in ("site", "policy", "rf")
    ]
    assert controller.running(POINT) == ["policy-tag T", "rf-tag R", "site-tag S"]
    rows = [line.split() for line in controller.type("show ap tag summary").splitlines() if line.startswith("ap-")]
    assert rows == [
        ["ap-1", "0253.414e.0001", "S", "T", "R", "Yes", "Static"],
        ["ap-2", "0253.414e.0002", "default-site-tag", "default-policy-tag", "default-rf-tag", "No", "Default"],
    ]
    controller.configure("wireless tag policy T", "wireless tag site S", "no local-site", "wireless tag rf R")
    assert controller.type("show ap tag summary").count(" Yes ") == 0
    assert "AP Mode                                         : FlexConnect" in controller.type(
        "show ap name ap-1 config general"
    )


def test_tags_may_come_before_what_they_name(controller: Controller) -> None:
    assert controller.configure("wireless tag policy T", "wlan NONE policy NONE") == []


def test_inside_a_site_tag_ap_is_short_for_ap_profile(controller: Controller) -> None:
    """As on the real command line: who configures access points leaves the tag first."""
    controller.configure("wireless tag site S", POINT)
    assert controller.running("wireless tag site S") == ["ap-profile 0253.414e.0001"]


def test_access_points_stand_in_the_list_that_a_lab_reads(controller: Controller) -> None:
    (spec,) = parse_specs(json.loads(json.dumps([asdict(controller.spec)])))
    assert spec == controller.spec
    assert spec.access_points == POINTS
