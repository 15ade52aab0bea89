"""The settings of what a controller has, by catalogue key below ``drift``, as people read them."""

from __future__ import annotations

from collections.abc import Iterable

from sanso.network.vlans import write_vlans
from sanso.network.wireless import (
    AirAp,
    AirGroup,
    AirPlan,
    AirPolicy,
    AirRadio,
    AirSite,
    AirWlan,
    Hours,
    RadiusServer,
)

View = dict[str, str]


def radius_view(server: RadiusServer) -> View:
    """Settings of a RADIUS server."""
    ports = {
        "authentication_port": str(server.authentication_port),
        "accounting_port": str(server.accounting_port),
    }
    return {"address": server.address, **ports}


def wlan_view(wlan: AirWlan) -> View:
    """Settings of a WLAN."""
    return {
        "ssid": wlan.ssid,
        "state": _state(enabled=wlan.enabled),
        "security": wlan.security,
        "protection": wlan.protection,
        "radius": ", ".join(wlan.radius),
        "bands": ", ".join(sorted(wlan.bands)),
        "isolated": _yes(wlan.isolated),
        "portal": " ".join(filter(None, (wlan.portal, wlan.portal_address))),
        "other": _lines(wlan.other),
    }


def policy_view(policy: AirPolicy) -> View:
    """Settings of a policy."""
    return {
        "state": _state(enabled=policy.enabled),
        "vlan": "" if policy.vlan is None else str(policy.vlan),
        "switching": "access point" if policy.bridged_at_ap else "controller",
        "vlan_by_radius": _yes(policy.vlan_by_radius),
        "radius_vlans": "" if policy.radius_vlans is None else write_vlans(policy.radius_vlans),
        "down_kbps": _kbps(policy.down_kbps),
        "up_kbps": _kbps(policy.up_kbps),
        "hours": "; ".join(map(_hours, policy.hours)),
        "other": _lines(policy.other),
    }


def group_view(group: AirGroup) -> View:
    """Settings of a group of WLANs."""
    offered = ", ".join(f"{wlan}→{policy}" for wlan, policy in sorted(group.policies.items()))
    return {"wlans": offered, "other": _lines(group.other)}


def site_view(site: AirSite) -> View:
    """Settings of a site."""
    return {
        "switching": "controller" if site.local else "access point",
        "native_vlan": "" if site.native_vlan is None else str(site.native_vlan),
        "radius_vlans": write_vlans(site.vlans),
        "other": _lines(site.other),
    }


def plan_view(plan: AirPlan) -> View:
    """Settings of a radio plan."""
    return {f"radio_{band.removesuffix('ghz').replace('.', '_')}": _radio(one) for band, one in plan.radios.items()}


def ap_view(ap: AirAp) -> View:
    """What an access point was given."""
    return {"group": ap.group, "site": ap.site, "plan": ap.plan}


def _radio(radio: AirRadio) -> str:
    channels = ",".join(map(str, sorted(radio.channels))) or "?"
    power = f", {radio.power} dBm" if radio.power is not None else ""
    return f"{channels} ({radio.width or '?'} MHz{power})"


def _hours(hours: Hours) -> str:
    return f"{','.join(hours.days) or '-'} {hours.start}-{hours.end}"


def _kbps(rate: int | None) -> str:
    return "" if rate is None else f"{rate} kbit/s"


def _lines(lines: Iterable[str]) -> str:
    return "; ".join(lines)


def _state(*, enabled: bool) -> str:
    return "up" if enabled else "shutdown"


def _yes(held: bool) -> str:
    return "yes" if held else "no"
