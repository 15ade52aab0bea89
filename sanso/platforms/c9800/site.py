"""A site tag and its flex profile: whether access points bridge, and in which VLAN they themselves are."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.network.secrets import HIDDEN, without_secrets
from sanso.network.wireless import AirSite
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import Line, begins, block, rest, undo
from sanso.platforms.c9800.names import OWN, own

HEAD = "wireless tag site"
DEFAULT = "default-site-tag"
FLEX = "wireless profile flex"
_DEFAULT_FLEX = "default-flex-profile"
_BOUND = "flex-profile"
_VLAN = "vlan-name"
_ELSEWHERE = ("cts", "local-auth", "office-extend")
"""Lines by which access points let somebody in, or lead frames elsewhere, on their own."""


def read_sites(config: Config) -> Iterator[AirSite]:
    """Every site tag, the controller's own among them."""
    for name, line in config.named(HEAD):
        local = "no local-site" not in [child.text for child in line.children]
        named = rest(line.children, _BOUND)
        lines = config.below(f"{FLEX} {own(name)}") if not local and named == [own(name)] else None
        if lines is not None:
            yield _bridging(name, lines)
        else:
            yield AirSite(name, None, local, other=() if local else (f"{_BOUND} {(named or [_DEFAULT_FLEX])[-1]}",))


def _bridging(name: str, lines: list[Line]) -> AirSite:
    """What the flex profile of the project's own says; of another's nothing is known."""
    native = rest(lines, "native-vlan-id")
    vlans = {int(number) for line in lines if begins(line.text, _VLAN) for number in rest(line.children, "vlan-id")}
    ours = {number: _vlan(number) for number in vlans if _vlan(number) in lines}
    other = [
        without_secrets(line.text).removesuffix(f" {HIDDEN}")
        for line in lines
        if any(begins(line.text, start) for start in (_VLAN, *_ELSEWHERE)) and line not in ours.values()
    ]
    return AirSite(name, int(native[0]) if native else None, vlans=frozenset(ours), other=tuple(other))


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
    other = [undo(line) for line in old.other if not begins(line, _BOUND)] if old is not None else []
    flex_lines = [*other, *native, *gone, *(_vlan(number) for number in sorted(new.vlans - was))]
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
