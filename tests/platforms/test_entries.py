"""ACL entries in each device's words."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from sanso.network.facts import Entry, Family, Ports
from sanso.platforms import load_platform
from sanso.platforms.eos import DIALECT as EOS
from sanso.platforms.industry.entries import EntryReader
from sanso.platforms.ios import DIALECT as IOS

READERS = {"ios": EntryReader(IOS), "eos": EntryReader(EOS)}
HOST, NET = ip_network("10.1.0.7/32"), ip_network("10.1.0.0/16")
HOST6, NET6 = ip_network("2001:db8::7/128"), ip_network("2001:db8:1::/48")

SHOWN: list[tuple[str, Family, str, Entry]] = [
    ("ios", "ipv4", "permit ip any any", Entry("permit")),
    ("ios", "ipv4", "deny ip any any log", Entry("deny", log=True)),
    ("ios", "ipv4", "permit ip host 10.1.0.7 any", Entry("permit", source=HOST)),
    ("ios", "ipv4", "permit ip any 10.1.0.0 0.0.255.255", Entry("permit", target=NET)),
    ("ios", "ipv4", "permit tcp any any eq www", Entry("permit", "tcp", target_ports=Ports(80, 80))),
    ("ios", "ipv4", "permit tcp any any eq 443", Entry("permit", "tcp", target_ports=Ports(443, 443))),
    ("ios", "ipv4", "permit udp any any eq domain", Entry("permit", "udp", target_ports=Ports(53, 53))),
    ("ios", "ipv4", "permit udp any range bootps bootpc any", Entry("permit", "udp", source_ports=Ports(67, 68))),
    ("ios", "ipv4", "permit tcp any eq 443 any established",
     Entry("permit", "tcp", None, Ports(443, 443), established=True)),
    ("ios", "ipv4", "permit icmp any any", Entry("permit", "icmp")),
    ("ios", "ipv4", "permit icmp any any echo-reply", Entry("permit", "icmp", icmp_type=0)),
    ("ios", "ipv4", "permit icmp any any 42", Entry("permit", "icmp", icmp_type=42)),
    ("ios", "ipv4", "permit ospf any any", Entry("permit", "89")),
    ("ios", "ipv4", "permit 200 any any", Entry("permit", "200")),
    ("ios", "ipv4", "remark return of  mail", Entry("remark", remark="return of  mail")),
    ("ios", "ipv6", "permit ipv6 any any", Entry("permit")),
    ("ios", "ipv6", "permit ipv6 host 2001:DB8::7 2001:DB8:1::/48", Entry("permit", "ip", HOST6, target=NET6)),
    ("ios", "ipv6", "permit icmp any any nd-ns", Entry("permit", "icmp", icmp_type=135)),
    ("ios", "ipv6", "permit udp FE80::/10 eq 546 host FF02::1:2 eq 547",
     Entry("permit", "udp", ip_network("fe80::/10"), Ports(546, 546), ip_network("ff02::1:2"), Ports(547, 547))),
    ("eos", "ipv4", "permit ip 10.1.0.0/16 any", Entry("permit", source=NET)),
    ("eos", "ipv4", "permit tcp any host 10.1.0.7 eq https",
     Entry("permit", "tcp", target=HOST, target_ports=Ports(443, 443))),
    ("eos", "ipv4", "permit udp any any range 3478 3481", Entry("permit", "udp", target_ports=Ports(3478, 3481))),
    ("eos", "ipv4", "permit icmp any any echo", Entry("permit", "icmp", icmp_type=8)),
    ("eos", "ipv4", "permit vrrp any any", Entry("permit", "112")),
    ("eos", "ipv6", "permit icmpv6 any any neighbor-solicitation", Entry("permit", "icmp", icmp_type=135)),
    ("eos", "ipv6", "permit tcp host 2001:db8::7 any eq ssh",
     Entry("permit", "tcp", HOST6, target_ports=Ports(22, 22))),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "family", "text", "entry"), SHOWN, ids=[f"{row[0]}: {row[2]}" for row in SHOWN])
def test_an_entry_is_read_and_shown_in_the_device_s_words(
    platform: str, family: Family, text: str, entry: Entry
) -> None:
    assert READERS[platform].read(family, text) == entry
    assert load_platform(platform).entry_text(family, entry) == text


ALSO_READ: list[tuple[str, Family, str, Entry]] = [
    ("ios", "ipv4", "permit tcp any any eq 80", Entry("permit", "tcp", target_ports=Ports(80, 80))),
    ("ios", "ipv4", "permit 6 any any", Entry("permit", "tcp")),
    ("ios", "ipv4", "permit icmp any any 8", Entry("permit", "icmp", icmp_type=8)),
    ("ios", "ipv4", "permit 58 any any", Entry("permit", "58")),
    ("ios", "ipv6", "permit 58 any any", Entry("permit", "icmp")),
    ("ios", "ipv4", "permit tcp any any gt 1023", Entry("permit", "tcp", target_ports=Ports(1024, 65535))),
    ("ios", "ipv4", "permit udp any lt 1024 any", Entry("permit", "udp", source_ports=Ports(0, 1023))),
    ("ios", "ipv4", "permit tcp any any range 0 65535", Entry("permit", "tcp")),
    ("ios", "ipv4", "permit ip 10.1.2.3 0.0.255.255 any", Entry("permit", source=NET)),
    ("ios", "ipv4", "permit ip 10.1.0.7 0.0.0.0 any", Entry("permit", source=HOST)),
    ("ios", "ipv4", "permit ip 0.0.0.0 255.255.255.255 any", Entry("permit")),
    ("ios", "ipv6", "permit ipv6 ::/0 2001:db8:1::/48", Entry("permit", target=NET6)),
    ("eos", "ipv4", "permit ip 10.1.0.0 0.0.255.255 any", Entry("permit", source=NET)),
]


@pytest.mark.parametrize(
    ("platform", "family", "text", "entry"), ALSO_READ, ids=[f"{row[0]}: {row[2]}" for row in ALSO_READ]
)
def test_other_ways_to_say_the_same_are_read_too(platform: str, family: Family, text: str, entry: Entry) -> None:
    assert READERS[platform].read(family, text) == entry


@pytest.mark.parametrize("platform", ["ios", "eos"])
@pytest.mark.parametrize(
    "text",
    [
        "permit tcp any any eq 80 443",
        "permit tcp any any neq 80",
        "permit tcp any any gt 65535",
        "permit udp any lt 0 any",
        "permit tcp any any range 9 5",
        "permit tcp any any eq nosuchport",
        "permit tcp any any syn",
        "permit udp any any established",
        "permit icmp any any 3 1",
        "permit icmp any any port-unreachable",
        "permit ip any any log-input",
        "permit ip any any fragments",
        "permit ip any any time-range office",
        "permit ip object-group servers any",
        "permit object-group services any any",
        "permit ip 10.0.0.0 0.255.0.255 any",
        "permit ip 10.0.0.0 any",
        "permit ip 10.0.0.0/33 any",
        "permit ip host any any",
        "permit nosuchprotocol any any",
        "permit ip any",
        "permit",
        "evaluate mirror",
    ],
)
def test_what_facts_have_no_place_for_is_kept_as_words_and_never_as_less(platform: str, text: str) -> None:
    assert READERS[platform].read("ipv4", text) == Entry("unknown", raw=text)
    assert load_platform(platform).entry_text("ipv4", Entry("unknown", raw=text)) == text
