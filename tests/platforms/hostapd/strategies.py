"""Facts of any access point that hostapd can be."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from sanso.network.wireless import (
    AirAp,
    AirGroup,
    AirPlan,
    AirPolicy,
    AirRadio,
    AirSite,
    AirWlan,
    Auth,
    Band,
    RadiusServer,
    WirelessFacts,
)
from sanso.platforms.hostapd import Hardware
from sanso.platforms.hostapd.security import allowed_at_6ghz

SERVERS = {
    "radius_hall": RadiusServer("radius_hall", "10.51.0.10"),
    "radius_spare": RadiusServer("radius_spare", "fd3c:90b7:1f2e:5100::11", 11812, 11813),
}
CHANNELS: dict[Band, dict[int, tuple[int, ...]]] = {
    "2.4ghz": {20: (1, 6, 11, 13), 40: (1, 7, 11)},
    "5ghz": {20: (36, 64, 100, 144, 149), 40: (40, 60, 132), 80: (36, 56, 112), 160: (36, 64, 128)},
    "6ghz": {20: (1, 93, 233), 40: (1, 5), 80: (1, 37), 160: (1, 65)},
}
ENTERPRISE: tuple[Auth, ...] = ("wpa2_enterprise", "wpa2_wpa3_enterprise", "wpa3_enterprise")
AUTHS: tuple[Auth, ...] = (*ENTERPRISE, "wpa2_psk", "wpa3_sae", "owe", "open")
hardware = st.builds(
    Hardware,
    uplink=st.sampled_from(["eth0", "enp1s0"]),
    generation=st.sampled_from([5, 6]),
)
vlans = st.integers(1, 4094)
rates = st.none() | st.integers(64, 10_000_000)
ssids = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=32).filter(
    lambda text: len(text.encode()) <= 32
)


@st.composite
def wlan(draw: st.DrawFn, name: str, ssid: str) -> AirWlan:
    auth = draw(st.sampled_from(AUTHS))
    radius = draw(st.permutations(sorted(SERVERS))) if auth in ENTERPRISE else []
    protection = "disabled" if auth == "open" else draw(st.sampled_from(["disabled", "optional", "required"]))
    bands = draw(st.frozensets(st.sampled_from(list(CHANNELS)), min_size=1))
    drawn = AirWlan(
        name=name,
        ssid=ssid,
        enabled=draw(st.booleans()),
        security=auth,
        protection=protection,
        radius=tuple(radius[: draw(st.integers(1, 2))]),
        bands=bands,
        isolated=draw(st.booleans()),
        portal=draw(st.sampled_from(["", "https://portal.example.jp/"])),
    )
    return drawn if allowed_at_6ghz(drawn) else replace(drawn, bands=bands - {"6ghz"})


@st.composite
def policy(draw: st.DrawFn, of: AirWlan) -> AirPolicy:
    vlan = draw(vlans)
    others = draw(st.frozensets(vlans, max_size=3)) if of.security in ENTERPRISE else frozenset()
    return AirPolicy(
        name=of.name,
        enabled=True,
        vlan=vlan,
        bridged_at_ap=True,
        vlan_by_radius=bool(others),
        radius_vlans=others | {vlan} if others else None,
        down_kbps=draw(rates),
        up_kbps=draw(rates),
    )


@st.composite
def radio(draw: st.DrawFn, band: Band) -> AirRadio:
    """A radio that every generation of Wi-Fi has at its band, from 802.11ac on."""
    width = draw(st.sampled_from(sorted(CHANNELS[band])))
    channels = draw(st.frozensets(st.sampled_from(CHANNELS[band][width]), min_size=1, max_size=2))
    return AirRadio(channels, width, draw(st.none() | st.integers(1, 30)))


@st.composite
def access_points(draw: st.DrawFn) -> WirelessFacts:
    names = draw(st.lists(ssids, max_size=4, unique=True))
    wlans = {f"wlan_{number}": draw(wlan(f"wlan_{number}", ssid)) for number, ssid in enumerate(names)}
    bands = draw(st.frozensets(st.sampled_from(list(CHANNELS)), min_size=1))
    return WirelessFacts(
        hostname="ap-1",
        platform="hostapd",
        radius=SERVERS,
        wlans=wlans,
        policies={name: draw(policy(one)) for name, one in wlans.items()},
        groups={"group": AirGroup("group", {name: name for name in wlans})},
        sites={"site": AirSite("site", 520)},
        plans={"plan": AirPlan("plan", {band: draw(radio(band)) for band in sorted(bands)})},
        aps={"02:53:41:4e:00:01": AirAp("02:53:41:4e:00:01", "group", "site", "plan")},
    )
