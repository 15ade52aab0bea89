"""A site tag and its flex profile: whether access points bridge, and in which VLAN they themselves are."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.network.wireless import AirSite
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import Line, begins, block, rest
from sanso.platforms.c9800.names import OWN, own

HEAD = "wireless tag site"
DEFAULT = "default-site-tag"
FLEX = "wireless profile flex"
_VLAN = "vlan-name"


def read_sites(config: Config) -> Iterator[AirSite]:
    """Every site tag but the controller's own."""
    for name, line in config.named(HEAD):
        if name != DEFAULT:
            local = "no local-site" not in [child.text for child in line.children]
            flex = rest(line.children, "flex-profile")
            yield AirSite(name, *_flex(config, name, flex, local=local))


def _flex(config: Config, site: str, named: list[str], *, local: bool) -> tuple[int | None, bool, frozenset[int]]:
    """What the flex profile of the project's own says; of another's nothing is known."""
    lines = config.below(f"{FLEX} {own(site)}") if not local and named == [own(site)] else None
    if lines is None:
        return None, local, frozenset()
    native = rest(lines, "native-vlan-id")
    vlans = [int(number) for line in lines if begins(line.text, _VLAN) for number in rest(line.children, "vlan-id")]
    return int(native[0]) if native else None, local, frozenset(vlans)


def site_shown(site: AirSite) -> list[Line]:
    """A site tag and its flex profile, as a running configuration shows them."""
    if site.local:
        return [block(f"{HEAD} {site.name}")]
    vlans = (_vlan(number) for number in sorted(site.vlans))
    return [
        block(f"{FLEX} {own(site.name)}", *_native(site), *vlans),
        block(f"{HEAD} {site.name}", f"flex-profile {own(site.name)}", "no local-site"),
    ]


def site_typed(old: AirSite | None, new: AirSite) -> list[Line]:
    """What makes or changes a site tag; a flex profile is refused while the site is a local one."""
    if new.local:
        unbind = [f"no flex-profile {own(new.name)}"] if _has_flex(old) else []
        flex = [Line(f"no {FLEX} {own(new.name)}")] if _has_flex(old) else []
        return [block(f"{HEAD} {new.name}", *unbind, "local-site"), *flex]
    was = old.vlans if old is not None else frozenset()
    native = _native(new) if old is None or old.native_vlan != new.native_vlan else []
    gone = [f"no {_VLAN} {_vlan_name(number)}" for number in sorted(was - new.vlans)]
    flex_lines = [*native, *gone, *(_vlan(number) for number in sorted(new.vlans - was))]
    bind = [] if _has_flex(old) else [block(f"{HEAD} {new.name}", "no local-site", f"flex-profile {own(new.name)}")]
    return [*([block(f"{FLEX} {own(new.name)}", *flex_lines)] if flex_lines or bind else []), *bind]


def remove_site(site: AirSite) -> list[Line]:
    """What deletes a site tag that no access point has any more."""
    flex = [Line(f"no {FLEX} {own(site.name)}")] if _has_flex(site) else []
    return [Line(f"no {HEAD} {site.name}"), *flex]


def _has_flex(site: AirSite | None) -> bool:
    """Whether a flex profile of the project's own is bound and says something."""
    return site is not None and not site.local and (site.native_vlan is not None or bool(site.vlans))


def _native(site: AirSite) -> list[Line | str]:
    return [f"native-vlan-id {site.native_vlan}"] if site.native_vlan is not None else []


def _vlan(number: int) -> Line:
    return block(f"{_VLAN} {_vlan_name(number)}", f"vlan-id {number}")


def _vlan_name(number: int) -> str:
    return f"{OWN}VLAN{number}"
