"""Configuration lines an EOS switch keeps as they are, in the order in which it prints them."""

from sanso.lab.keep import Block, Kept, Row

_ACL_IN = Kept("{ip|ipv6} access-group <name:word> ~ [vrf <vrf:word>] in")

#: global lines before the VLANs
HEAD: tuple[Row, ...] = (
    Kept("enable password ~ <how:line>", "either"),
    Kept("aaa root ~ <how:line>", "either"),
    Kept("username <name:word> ~ <how:line>"),
    Kept("role <name:word>"),
    Block(
        "daemon <name:word>",
        "config-daemon-{0}",
        (Kept("exec ~ <command:line>"), Kept("option <name:word> ~ <value:line>"), Kept("shutdown", "either")),
    ),
    Kept("vlan internal order ~ {ascending|descending} [range <range:line>]"),
    Kept("errdisable detect cause <cause:word>", "on"),
    Kept("errdisable recovery cause <cause:word>"),
    Kept("errdisable recovery interval ~ <seconds:30-86400>"),
    Kept("switchport default mode ~ {access|routed}"),
    Kept("transceiver qsfp default-mode ~ <mode:word>"),
    Kept("service routing protocols model ~ {multi-agent|ribd}"),
    Kept("service configuration session max {completed|pending} ~ <count:0-20>"),
    Kept("logging on", "on"),
    Kept("logging {buffered|console|monitor|trap|facility|source-interface} ~ <how:line>", "either"),
    Kept("logging format ~ <how:line>"),
    Kept("logging [vrf <vrf:word>] host <server:host> ~ [<how:line>]"),
    Kept("logging vrf <vrf:word> source-interface ~ <name:word>"),
    Kept("logging policy <how:line>"),
    Kept("hostname ~ <name:word>"),
    Kept("dns domain ~ <name:word>"),
    Kept("ip name-server [vrf <vrf:word>] <server:host> ~ [<more:line>]"),
    Kept("ip domain lookup ~ [<how:line>]", "either"),
    Kept("lldp run", "on"),
    Kept("lldp {timer|hold-time|reinitialization-delay|management-address} ~ <how:line>"),
    Kept("snmp-server {location|contact|chassis-id} ~ <text:line>"),
    Kept("snmp-server {community|user|group|view|host} <name:word> ~ [<how:line>]"),
    Kept("snmp-server {engineID|enable|vrf|local-interface} <what:line>"),
    Kept("spanning-tree mode ~ {mstp|rstp|rapid-pvst|none|backup}"),
    Kept("spanning-tree edge-port bpduguard default"),
    Kept("spanning-tree edge-port bpdufilter default"),
    Kept("spanning-tree portfast bpduguard default"),
    Kept("spanning-tree guard loop default"),
    Kept("spanning-tree vlan-id <vlans:vlans>", "on"),
    Kept("spanning-tree mst <instance:0-64> priority ~ <priority:0-61440>"),
    Kept("spanning-tree vlan-id <vlans:vlans> priority ~ <priority:0-61440>"),
    Kept("spanning-tree priority ~ <priority:0-61440>"),
    Kept("spanning-tree {hello-time|forward-time|max-age|root} ~ <how:line>"),
    Block(
        "spanning-tree mst configuration",
        "config-mst",
        (
            Kept("name ~ <name:word>"),
            Kept("revision ~ <number:0-65535>"),
            Kept("instance <instance:0-64> ~ vlan <vlans:vlans>"),
        ),
    ),
    Kept("tacacs-server {key|host|timeout} ~ <how:line>"),
    Kept("radius-server {key|host|timeout|retransmit} ~ <how:line>"),
    Kept("dot1x system-auth-control"),
    Kept("clock timezone ~ <zone:word>"),
)

_API_VRF = Block("vrf <name:word>", "config-mgmt-api-http-cmds-vrf-{0}", (Kept("shutdown", "either"), _ACL_IN))

#: global lines between the VLANs and the interfaces
INSTANCES: tuple[Row, ...] = (
    Block("vrf instance <name:word>", "config-vrf-{0}", (Kept("rd ~ <rd:word>"), Kept("description ~ <text:line>"))),
    Kept("aaa {authentication|authorization|accounting} <what:line>"),
    Block(
        "management api http-commands",
        "config-mgmt-api-http-cmds",
        (
            Kept("protocol {http|https|unix-socket} ~ [<how:line>]", "either"),
            Kept("protocol https ssl profile ~ <name:word>"),
            Kept("default-services", "on"),
            Kept("shutdown", "either"),
            _API_VRF,
        ),
    ),
    Block(
        "management api gnmi",
        "config-mgmt-api-gnmi",
        (Block("transport grpc <name:word>", "config-gnmi-transport-{0}", (Kept("vrf ~ <name:word>"),)),),
    ),
)

#: global lines behind the access lists
ROUTES: tuple[Row, ...] = (
    Kept("mac address-table aging-time ~ <seconds:0-1000000>"),
    Kept("ip virtual-router mac-address ~ <mac:word>"),
    Kept("ip address virtual source-nat vrf <vrf:word> ~ address <address:ipv4>"),
    Kept("system l1"),
    Kept("ip routing [vrf <vrf:word>]", "either"),
    Kept("ipv6 unicast-routing [vrf <vrf:word>]", "either"),
    Kept("ip icmp redirect", "on"),
    Kept("ip dhcp relay information option"),
    Block("ip dhcp snooping", "config-dhcp-snooping", ()),
    Block(
        "mlag configuration",
        "config-mlag",
        (
            Kept("domain-id ~ <name:word>"),
            Kept("local-interface ~ <name:word>"),
            Kept("peer-address ~ <address:ipv4>"),
            Kept("peer-address heartbeat ~ <how:line>"),
            Kept("peer-link ~ <name:word>"),
            Kept("dual-primary detection delay ~ <how:line>"),
            Kept("reload-delay mlag ~ <seconds:word>"),
            Kept("reload-delay non-mlag ~ <seconds:word>"),
            Kept("shutdown"),
        ),
    ),
    Kept("ip route [vrf <vrf:word>] <to:net4> <via:line>"),
    Kept("ipv6 route [vrf <vrf:word>] <to:net6> <via:line>"),
    Kept("ntp authenticate ~ [servers]"),
    Kept("ntp authentication-key <number:1-65534> ~ <how:line>"),
    Kept("ntp trusted-key ~ <keys:line>"),
    Kept("ntp local-interface ~ [vrf <vrf:word>] <name:word>"),
    Kept("ntp server [vrf <vrf:word>] <server:host> ~ [<how:line>]"),
)

#: global lines at the end
TAIL: tuple[Row, ...] = (
    Kept("qos {map|rewrite} <what:line>"),
    Block(
        "management console",
        "config-mgmt-console",
        (Kept("idle-timeout ~ <minutes:0-86400>"),),
    ),
    Block(
        "management security",
        "config-mgmt-security",
        (
            Kept("password minimum length ~ <n:1-32>"),
            Kept("password encryption-key common"),
            Kept("entropy source ~ <what:line>"),
            Block(
                "ssl profile <name:word>",
                "config-mgmt-sec-ssl-profile-{0}",
                (
                    Kept("tls versions ~ <how:line>"),
                    Kept("certificate ~ <how:line>"),
                    Kept("cipher-list ~ <how:line>"),
                ),
            ),
        ),
    ),
    Block(
        "management ssh",
        "config-mgmt-ssh",
        (
            Kept("idle-timeout ~ <minutes:0-86400>"),
            _ACL_IN,
            Kept("authentication mode ~ <how:line>"),
            Kept("authentication protocol ~ <how:line>"),
            Kept("connection {limit|per-host} ~ <n:1-100>"),
            Kept("{cipher|key-exchange|mac|hostkey} ~ <how:line>"),
            Kept("fips restrictions"),
            Kept("login timeout ~ <seconds:1-600>"),
            Kept("log-level ~ <level:word>"),
            Kept("shutdown", "either"),
            Block("vrf <name:word>", "config-mgmt-ssh-vrf-{0}", (Kept("shutdown", "either"),)),
        ),
    ),
)

#: lines of any interface before its switching
FIRST: tuple[Row, ...] = (
    Kept("description ~ <text:line>"),
    Kept("shutdown"),
    Kept("load-interval ~ <seconds:0-600>"),
    Kept("mtu ~ <bytes:68-9214>"),
    Kept("logging event link-status ~ [global]", "either"),
    Kept("logging event storm-control discards", "either"),
    Kept("bfd interval ~ <how:line>"),
    Kept("flowcontrol {receive|send} ~ {on|off|desired}"),
    Kept("speed ~ <how:line>"),
    Kept("poe {priority|limit|reboot|shutdown|link|legacy|disabled} ~ [<how:line>]"),
    Kept("error-correction encoding ~ <how:line>"),
)

#: lines about switching; EOS takes them on any interface that can switch, and keeps them when it routes
SWITCHING: tuple[Row, ...] = (
    Kept("switchport access vlan ~ <number:1-4094>"),
    Kept("switchport trunk native vlan ~ {<number:1-4094>|tag}"),
    Kept("switchport trunk allowed vlan ~ {all|none|<list:vlans>|add <add:vlans>|except <except:vlans>"
         "|remove <remove:vlans>}"),
    Kept("switchport phone vlan ~ <number:1-4094>"),
    Kept("switchport phone trunk ~ {tagged [phone]|untagged [phone]}"),
    Kept("switchport mode ~ {access|trunk [phone]|dot1q-tunnel}"),
    Kept("switchport trunk group <name:word>"),
    Kept("switchport vlan translation <how:line>"),
    Kept("switchport source-interface tx"),
    Kept("switchport port-security ~ [<how:line>]"),
    Kept("switchport", "on"),
)  # fmt: skip

#: lines of any interface behind its switching, before its addresses
MIDDLE: tuple[Row, ...] = (
    Kept("channel-group <group:1-2000> ~ mode {active|passive|on}"),
    Kept("lacp {timer|rate} ~ {fast|normal}"),
    Kept("lacp port-priority ~ <n:0-65535>"),
    Kept("port-channel {min-links|lacp} ~ <how:line>"),
    Kept("l2 mtu ~ <bytes:68-9214>"),
    Kept("encapsulation dot1q vlan ~ <number:1-4094>"),
    Kept("vrf ~ <name:word>"),
    Kept("ip proxy-arp"),
    Kept("arp {aging|gratuitous|inspection} <how:line>"),
    Kept("ip helper-address <server:ipv4> ~ [<how:line>]"),
    Kept("ip dhcp snooping trust"),
    Kept("ip directed-broadcast"),
    Kept("ip icmp redirect", "on"),
    Kept("ip verify unicast source reachable-via ~ <how:line>"),
    Kept("ip ospf <what:line>"),
    Kept("isis <what:line>"),
    Kept("ip attached-host route export ~ [<distance:1-255>]"),
    Kept("autostate", "on"),
)

#: lines of any interface behind its addresses
LAST: tuple[Row, ...] = (
    Kept("ipv6 nd ra {disabled|interval|lifetime|rx} ~ [<how:line>]"),
    Kept("ipv6 nd {managed-config-flag|other-config-flag}"),
    Kept("ipv6 nd prefix <prefix:net6> ~ [<how:line>]"),
    Kept("ipv6 dhcp relay destination <server:ipv6> ~ [<how:line>]"),
    Kept("ipv6 verify unicast source reachable-via ~ <how:line>"),
    Kept("ip address virtual <address:addr4> ~ [secondary]"),
    Kept("ip virtual-router address <address:word>"),
    Kept("ipv6 virtual-router address <address:word>"),
    Kept("no-autostate"),
    Kept("storm-control {broadcast|multicast|unknown-unicast|all} level ~ <how:line>"),
    Kept("mlag ~ <id:1-2000>"),
    Kept("lldp transmit", "on"),
    Kept("lldp receive", "on"),
    Kept("dot1x <what:line>"),
    Kept("mac access-group <name:word> ~ {in|out}"),
    Kept("spanning-tree portfast ~ [auto|edge|network]"),
    Kept("spanning-tree bpduguard ~ {enable|disable|rate-limit enable}"),
    Kept("spanning-tree bpdufilter ~ {enable|disable}"),
    Kept("spanning-tree guard ~ {loop|none|root}"),
    Kept("spanning-tree link-type ~ {point-to-point|shared}"),
    Kept("spanning-tree {cost|port-priority} ~ <n:0-200000000>"),
    Kept("service-policy <what:line>"),
    Kept("qos <what:line>"),
    Kept("vrrp <what:line>"),
    Kept("vxlan <what:line>"),
)
