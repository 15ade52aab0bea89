"""Lines of dynamic routing: kept as they are, as the emulated switches exchange no routes."""

from sanso.lab.keep import Block, Kept, Row

_INNER: tuple[Row, ...] = (
    Kept(
        "{auto-cost|distance|graceful-restart|max-lsa|maximum-paths|rd|router-id|shutdown|update} ~ [<how:line>]",
        "either",
    ),
    # the same first word may begin many lines, which differ in the rest
    Kept(
        "{area|bgp|default|neighbor|network|passive-interface|redistribute|route-target|summary-address|timers}"
        " <what:line>",
        "either",
    ),
)

_BGP: tuple[Row, ...] = (
    *_INNER,
    Block("vlan <number:1-4094>", "config-macvrf-{0}", _INNER),
    Block("vlan-aware-bundle <name:word>", "config-macvrf-{0}", (*_INNER, Kept("vlan ~ <list:vlans>"))),
    Block("address-family {evpn|ipv4|ipv6|rt-membership}", "config-router-bgp-af", _INNER),
    Block("vrf <name:word>", "config-router-bgp-vrf-{0}", _INNER),
)

#: global lines behind the routes
ROUTING: tuple[Row, ...] = (
    Block(
        "{ip|ipv6} prefix-list <name:word>",
        "config-ip-pfx",
        (Kept("seq <number:0-65535> ~ {permit|deny} <what:line>"),),
    ),
    Block(
        "route-map <name:word> {permit|deny} <number:1-65535>",
        "config-route-map",
        (
            Kept("description ~ <text:line>"),
            Kept("{match|set} <what:line>"),
            Kept("sub-route-map ~ <name:word>"),
            Kept("continue ~ [<number:1-65535>]"),
        ),
    ),
    Block("router bfd", "config-router-bfd", (Kept("{multihop|interval|session} ~ <how:line>"),)),
    Block("router bgp <number:word>", "config-router-bgp", _BGP),
    Block(
        "router isis <name:word>",
        "config-router-isis",
        (
            *_INNER,
            Kept("{net|is-type|set-overload-bit|log-adjacency-changes} ~ [<how:line>]"),
            Block("address-family {ipv4|ipv6} unicast", "config-router-isis-af", _INNER),
        ),
    ),
    Block("router ospf <number:1-65535> [vrf <vrf:word>]", "config-router-ospf", _INNER),
)
