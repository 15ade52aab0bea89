"""Random wireless facts, few of each thing, so that two of them have much in common."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from sanso.city.wlan import ENTERPRISE
from sanso.network.hours import DAYS, canonical, complement
from sanso.network.wireless import (
    EVERY_BAND,
    AirAp,
    AirGroup,
    AirPlan,
    AirPolicy,
    AirRadio,
    AirSite,
    AirWlan,
    Auth,
    Band,
    Hours,
    Protection,
    RadiusServer,
    WirelessFacts,
)

WLANS = ("lgwan", "internet", "a_wlan_with_the_longest_name_32c")
POLICIES = ("one", "two", "three")
GROUPS = ("left", "right")
SITES = ("hall", "branch")
PLANS = ("2g6w20_5g36w20", "5g100.36w40p12")
APS = ("00:11:22:33:44:55", "00:11:22:33:44:66", "00:11:22:33:44:77")
SERVERS = {name: RadiusServer(name, address) for name, address in (("r1", "10.0.0.1"), ("r2", "2001:db8::2"))}
SECURITY: dict[Auth, list[Protection]] = {
    "wpa2_enterprise": ["disabled", "optional", "required"],
    "wpa2_wpa3_enterprise": ["optional", "required"],
    "wpa3_enterprise": ["required"],
    "wpa2_psk": ["disabled", "optional"],
    "wpa3_sae": ["required"],
    "owe": ["required"],
    "open": ["disabled"],
}
"""What a controller takes together."""
BANDS: list[Band] = ["2.4ghz", "5ghz", "6ghz"]

MOST_CALENDARS = 5
"""Of one policy profile of a Catalyst 9800."""

clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 1, 30, 59]))
hours = st.lists(
    st.builds(Hours, st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True).map(tuple), clocks, clocks),
    max_size=2,
)
few_hours = hours.map(tuple).filter(lambda some: not some or len(complement(some)) <= MOST_CALENDARS)
CHANNELS: dict[Band, list[int]] = {"2.4ghz": [1, 6, 11, 13], "5ghz": [36, 40, 100], "6ghz": [1, 5, 37]}


def radios(band: Band) -> st.SearchStrategy[AirRadio]:
    """A radio of a band; what is wider than 20 MHz there is not at 2.4 GHz."""
    return st.builds(
        AirRadio,
        st.frozensets(st.sampled_from(CHANNELS[band]), min_size=1),
        st.sampled_from([20] if band == "2.4ghz" else [20, 40]),
        st.sampled_from([None, 10, 17]),
    )


@st.composite
def plans(draw: st.DrawFn, name: str) -> AirPlan:
    """A radio plan."""
    return AirPlan(name, {band: draw(radios(band)) for band in draw(st.lists(st.sampled_from(BANDS), unique=True))})


@st.composite
def wlans(draw: st.DrawFn, name: str) -> AirWlan:
    """A WLAN."""
    security = draw(st.sampled_from(list(SECURITY)))
    servers = st.lists(st.sampled_from(list(SERVERS)), min_size=1, unique=True).map(tuple)
    portal = draw(st.sampled_from([("", ""), ("https://wifi.example.jp/login", "10.9.0.1")]))
    return AirWlan(
        name,
        ssid=draw(st.sampled_from([name.upper()[:12], "Free Wi-Fi", "公衆無線"])),
        enabled=draw(st.booleans()),
        security=security,
        protection=draw(st.sampled_from(SECURITY[security])),
        radius=draw(servers) if security in ENTERPRISE else (),
        bands=draw(st.sampled_from([EVERY_BAND, frozenset[Band]({"5ghz"}), frozenset[Band]({"2.4ghz", "5ghz"})])),
        isolated=draw(st.booleans()),
        portal=portal[0],
        portal_address=portal[1],
    )


@st.composite
def policies(draw: st.DrawFn, name: str) -> AirPolicy:
    """A policy."""
    rates = st.sampled_from([None, 64, 5000, 10_000_000])
    return AirPolicy(
        name,
        enabled=draw(st.booleans()),
        vlan=draw(st.sampled_from([10, 20, 30])),
        bridged_at_ap=draw(st.booleans()),
        vlan_by_radius=draw(st.booleans()),
        down_kbps=draw(rates),
        up_kbps=draw(rates),
        hours=canonical(draw(few_hours)),
    )


@st.composite
def sites(draw: st.DrawFn, name: str) -> AirSite:
    """A site."""
    if draw(st.booleans()):
        return AirSite(name, None, local=True)
    return AirSite(name, draw(st.sampled_from([520, 530])), vlans=draw(st.frozensets(st.sampled_from([30, 31]))))


@st.composite
def facts(draw: st.DrawFn) -> WirelessFacts:
    """Facts in which everything that is referred to is there."""
    some_wlans = draw(st.lists(st.sampled_from(WLANS), min_size=1, unique=True))
    some_policies = draw(st.lists(st.sampled_from(POLICIES), min_size=1, unique=True))
    offered = st.dictionaries(st.sampled_from(some_wlans), st.sampled_from(some_policies))
    places = draw(st.lists(st.sampled_from(SITES), min_size=1, unique=True))
    some_plans = draw(st.lists(st.sampled_from(PLANS), min_size=1, unique=True))
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=1, unique=True))
    aps = draw(st.lists(st.sampled_from(APS), unique=True))
    made = {name: draw(wlans(name)) for name in some_wlans}
    asked = {server for wlan in made.values() for server in wlan.radius}
    return WirelessFacts(
        "wlc-1",
        "c9800",
        radius={name: server for name, server in SERVERS.items() if name in asked},
        wlans={name: replace(wlan, number=17 + number) for number, (name, wlan) in enumerate(made.items())},
        policies={name: draw(policies(name)) for name in some_policies},
        groups={name: AirGroup(name, draw(offered)) for name in groups},
        sites={name: draw(sites(name)) for name in places},
        plans={name: draw(plans(name)) for name in some_plans},
        aps={mac: draw(_aps(mac, groups, places, some_plans)) for mac in aps},
    )


def _aps(mac: str, groups: list[str], places: list[str], plans: list[str]) -> st.SearchStrategy[AirAp]:
    tags = (st.sampled_from(names) for names in (groups, places, plans))
    return st.builds(AirAp, st.just(mac), *tags)
