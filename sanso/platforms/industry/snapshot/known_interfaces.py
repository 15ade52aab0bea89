"""Lines of interfaces of IOS and EOS: those that do not matter, and those that do without being modelled.

Sources: Cisco IOS master command list, Arista EOS user manual. A command that neither table knows is unread.
"""

from __future__ import annotations

from sanso.platforms.industry.snapshot.table import Table, prefixes

INTERFACE = Table(
    harmless=prefixes(
        {
            "": """
                access-session arp authentication auto autostate bandwidth bfd bgp-policy carrier-delay cdp
                channel-protocol clns clock crc cts dampening delay device-tracking dialer duplex energywise
                exit fair-queue flow flowcontrol framing full-duplex h323-gateway half-duplex hold-queue isdn
                keepalive l2protocol l2protocol-tunnel lacp linecode link lldp load-interval location logging
                loopback mab mac mac-address macro macsec mdix media-type medium mka mlag mls mop mtu
                negotiation network-clock nmsp ntp pagp phy pim plim poe power ppp
                priority-flow-control priority-queue ptp qos queue-set random-detect rep rmon serial
                service-policy sflow shape snmp spanning-tree speed srr-queue stackwise-virtual storm-control
                subscriber synchronous traffic-loopback transceiver trust tx-queue tx-ring-limit udld
                unidirectional voice vtp wrr-queue
            """,
            "access-group": "mode",
            "dot1x": """
                authenticator default eapol host-mode mac max-reauth-req max-req pae reauthentication
                reauthorization timeout
            """,
            "encapsulation": "hdlc ppp",
            "error-correction": "encoding",
            "ethernet": "cfm lmi oam",
            "ip": """
                accounting arp attached-host attached-routes bandwidth-percent bgp broadcast-address cef device
                dhcp directed-broadcast flow flowspec gratuitous-arps hello-interval hold-time icmp igmp
                load-sharing local-proxy-arp mask-reply mfib mroute-cache mtu multicast nbar pim proxy-arp
                redirects rip route-cache rsvp rtp split-horizon summary-address tcp unreachables urpf verify
                virtual-reassembly
            """,
            "ip authentication": "key-chain mode",
            "ip dhcp relay": "information source-interface",
            "ip ospf": """
                authentication authentication-key bfd cost database-filter dead-interval demand-circuit
                flood-reduction hello-interval lls message-digest-key mtu-ignore network passive-interface
                prefix-suppression priority resync-timeout retransmit-interval shutdown transmit-delay
                ttl-security
            """,
            "ipv6": """
                cef dhcp enable flow flowspec icmp mfib mld mtu nd neighbor pim redirects snooping tcp
                unreachables verify virtual-reassembly
            """,
            "ipv6 ospf": "authentication cost dead-interval hello-interval mtu-ignore network priority",
            "l2": "mru mtu",
            "isis": "authentication bfd circuit-type hello-interval metric network passive priority",
            "mpls": "mldp mtu",
            "ospfv3": "cost network priority",
            "peer": "default",
            "port-channel": "lacp load-balance min-links",
            "switchport": """
                autostate backbone block host mac-learning nonegotiate port-security priority protected
                source-interface
            """,
            "service-policy type": "control-plane lan-queuing performance-monitor qos queueing queuing",
            "switchport phone": "trunk",
            "switchport trunk": "encapsulation pruning",
            "tunnel": "mtu",
        }
    ),
    matters={
        "bridging": prefixes(
            {"": "bridge-domain bridge-group fabric", "service": "instance", "encapsulation": "vlan"}
        ),
        "channel_member": ["port-channel lacp fallback", "switchport backup"],
        "crypto": ["crypto"],
        "dynamic_vlan": prefixes(
            {
                "access-session": "port-control",
                "authentication": "critical event port-control",
                "dot1x": "auth-fail authentication critical guest-vlan port-control",
                "service-policy type": "control",
                "switchport access vlan": "dynamic",
                "": "mvrp",
            }
        ),
        "interface_line": ["service-policy type"],
        "inspection": prefixes({"ip": "admission auth-proxy inspect", "ipv6": "inspect"}),
        "mirror": prefixes({"": "monitor", "switchport": "monitor tap tool", "switchport mode": "tap tool"}),
        "mpls": prefixes({"": "mpls node-segment segment-routing tag-switching xconnect"}),
        "nat": prefixes({"": "nat64 nat66", "ip": "nat", "ipv6": "nat"}),
        "native_tagged": ["switchport trunk native vlan tag"],
        "pacl": prefixes({"mac": "access-group", "ip access-group": "common"}),
        "policy_route": prefixes(
            {"": "traffic-policy", "ip": "policy wccp", "ipv6": "policy wccp", "service-policy type": "pbr"}
        ),
        "private_vlan": prefixes(
            {"": "private-vlan pvlan", "switchport": "private-vlan", "switchport mode": "private-vlan"}
        ),
        "relay": ["ip helper-address", "ip dhcp relay", "ipv6 dhcp relay", "ip mobile"],
        "routing_protocol": prefixes(
            {
                "": "isis ospfv3",
                "ip": "eigrp ospf router",
                "ipv6": "eigrp ospf rip router",
                "ipv6 nd": "autoconfig",
                "ipv6 nd ra": "rx",
                "ppp ipcp": "route",
            }
        ),
        "switchport": ["switchport", "voice vlan"],
        "template": prefixes({"": "network-policy profile", "macro": "apply", "source": "template"}),
        "tunnel": prefixes({"": "lisp pppoe pppoe-client tunnel vpdn", "ip": "nhrp", "ipv6": "nhrp"}),
        "tunnel_port": ["switchport mode dot1q-tunnel"],
        "vlan_mapping": ["switchport vlan"],
        "vrf_leak": prefixes({"ip vrf": "receive", "vrf": "receive", "ip": "vrf-receive"}),
        "vxlan": prefixes({"": "vxlan member source-interface host-reachability"}),
        "zone_firewall": ["zone-member", "service-policy type inspect"],
    },
)

NESTING = ("service instance ", "vrrp ", "fhrp ", "encapsulation vlan", "pvc ", "cts ")
"""Beginnings of interface lines that other lines belong to."""
