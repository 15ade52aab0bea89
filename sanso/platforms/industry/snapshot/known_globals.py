"""Lines at the top of IOS and EOS configurations: those that do not matter, and those that do without being modelled.

Sources: Cisco IOS master command list, Arista EOS user manual. A command that neither table knows is unread.
"""

from __future__ import annotations

from sanso.platforms.industry.snapshot.table import Table, prefixes

GLOBAL = Table(
    harmless=prefixes(
        {
            "": """
                aaa access-session agent alias ap archive arp authentication auto banner bfd bfd-template boot
                boot-end-marker boot-start-marker buffers Building call call-home cdp cef class-map clock
                config-register control-plane Current daemon dcbx device-sensor device-tracking diagnostic
                dial-peer dialer-list dns dot11 dot1x dspfarm dying-gasp eap enable end energywise environment
                epm errdisable event event-handler exception exit facility-alarm fhrp fips flow flow-sampler
                hardware hostname hw-module identity install isdn kerberos key kron l2protocol lacp ldap license
                line lldp load-balance load-interval location logging login mac mac-address-table management
                memory mka mlag mls module mop multilink netconf-yang network-clock
                network-clock-synchronization network-policy nmsp ntp object-group onep parameter-map parser
                peer-filter performance platform pnp poe policy-map port-channel power priority-flow-control
                privilege process prompt ptp qos queue-monitor radius radius-server redundancy restconf rmon
                route-map sampler scheduler scripting sdm secure security service sflow shell snmp snmp-server
                sntp spanning-tree ssh stack-mac stack-power stackwise-virtual subscriber switch system tacacs
                tacacs-server tcp telemetry tftp-server time-range track transceiver transport udld upgrade
                username Using version voice vstack vtp wsma
            """,
            "access-list": "compiled rate-limit",
            "crypto": "ca dynamic-map engine gdoi ikev2 ipsec isakmp key keyring map pki ssh",
            "cts": "authorization credentials logging sxp",
            "ethernet": "cfm lmi oam",
            "ip": """
                accounting accounting-list accounting-threshold admission alias arp as-path bgp-community bootp
                cef classless community-list ddns default-gateway device dhcp dns domain domain-list
                domain-lookup domain-name dvmrp explicit-path extcommunity-list finger flow flow-aggregation
                flow-cache flow-export flow-top-talkers ftp gratuitous-arps hardware host http icmp identd igmp
                ips large-community-list load-sharing mfib mroute-cache name-server nbar netmask-format options
                pim prefix-list radius rcmd rsvp rtcp scp sla spd ssh subnet-zero tacacs tcp telnet
                tftp udp verify
            """,
            "ip access-list": "log-update logging match-local-traffic persistent resequence",
            "ip forward-protocol": "nd",
            "interface": "defaults",
            "ip inspect": "alert-off audit-trail log name",
            "ip local": "pool",
            "ip route": "profile static",
            "ip virtual-router": "mac-address",
            "ipv6": """
                cef dhcp flow-export hop-limit host icmp local mfib mld nd neighbor pim prefix-list snooping
                spd verify
            """,
            "ipv6 access-list": "log-update",
            "ipv6 virtual-router": "mac-address",
            "link": "state tracking",
            "macro": "global name",
            "monitor": "connectivity loop-protection",
            "mpls": "mtu",
            "router": "bfd",
            "vlan": "access-log accounting group internal",
            "vrf": "upgrade-cli",
        }
    ),
    matters={
        "acl_hardware": ["hardware access-list", "mls acl"],
        "bridging": prefixes({"": "bridge bridge-domain connect dlsw l2 pseudowire-class", "ethernet": "evc"}),
        "dynamic_vlan": prefixes({"macro": "auto", "": "vmps"}),
        "inspection": prefixes({"ip": "inspect", "ipv6": "inspect"}),
        "mirror": prefixes({"": "monitor tap"}),
        "mpls": prefixes({"": "mpls l2vpn segment-routing tag-switching"}),
        "multicast": prefixes(
            {"ip": "mroute msdp multicast-routing", "ipv6": "mroute multicast-routing", "router": "multicast pim"}
        ),
        "nat": prefixes({"": "nat64 nat66", "ip": "nat", "ipv6": "nat", "ip address virtual": "source-nat"}),
        "native_tagged": ["vlan dot1q tag native"],
        "policy_route": prefixes(
            {"": "pfr traffic-policies", "ip": "wccp", "ip local": "policy", "ipv6": "wccp", "ipv6 local": "policy"}
        ),
        "relay": prefixes({"": "dhcp", "ip": "forward-protocol helper-address"}),
        "routing_protocol": prefixes({"": "router", "ipv6": "router"}),
        "source_route": ["ip source-route", "ipv6 source-route"],
        "switchport": ["switchport default"],
        "template": ["interface profile"],
        "trustsec": prefixes({"": "cts", "ip access-list": "role-based", "ipv6 access-list": "role-based"}),
        "tunnel": prefixes({"": "l2tp-class lisp vpdn vpdn-group webvpn", "crypto": "ssl vpn", "ip": "nhrp sdwan"}),
        "vacl": prefixes({"vlan": "access-map filter"}),
        "vrf_leak": prefixes({"": "route-replicate", "vrf": "selection"}),
        "vxlan": prefixes({"": "evpn vxlan", "l2vpn": "evpn", "management": "cvx", "vlan": "configuration"}),
        "wlan": prefixes({"": "guest-lan remote-lan wlan", "wireless profile": "policy"}),
        "zone_firewall": prefixes({"": "zone zone-pair"}),
        "acl_entry": ["ip access-list fqdn"],
    },
)

BODIES = frozenset(
    prefixes(
        {
            "": """
                aaa access-session agent ap archive bfd-template call-home class-map control-plane crypto cts
                daemon device-tracking dial-peer dns dot11 dspfarm eap ethernet event event-handler fhrp flow
                flow-sampler hardware hw-module identity interface isdn key kron l2protocol ldap line
                load-balance mac macro management mka mlag monitor netconf-yang network-clock network-policy
                object-group parameter-map parser peer-filter performance platform pnp poe policy-map
                priority-flow-control ptp qos queue-monitor radius radius-server redundancy route-map router
                sampler security service sflow shell spanning-tree stackwise-virtual switch system tacacs
                tacacs-server telemetry time-range track transceiver transport username voice wsma
            """,
            "ip": "as-path community-list dhcp explicit-path extcommunity-list large-community-list prefix-list sla",
            "ipv6": "dhcp nd prefix-list snooping",
        }
    )
)
"""Beginnings of lines that do not matter, and with them what stands below; below any other, lines are judged."""
