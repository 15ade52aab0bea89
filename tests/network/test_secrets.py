"""Secrets in lines of configurations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.network.secrets import HIDDEN, without_secrets
from sanso.platforms import read_snapshot
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.verdict import prove_topology

SECRET = "Hi3dden-Word"  # noqa: S105 - the secret of nobody
IOS = """
enable secret 9 {}
enable password {}
username admin privilege 15 secret 5 {}
username admin password 7 {}
crypto isakmp key {} address 0.0.0.0 0.0.0.0
crypto isakmp key 6 {} hostname far.example
pre-shared-key address 10.0.0.1 key {}
pre-shared-key local {}
ip nhrp authentication {}
ipv6 nhrp authentication {}
tunnel key {}
key-string 7 {}
key {}
snmp-server community {} RO
snmp-server host 10.0.0.1 {}
snmp-server host 10.0.0.1 version 2c {}
snmp-server user ops group v3 auth sha {} priv aes 128 {}
radius-server key 7 {}
radius-server host 10.0.0.1 auth-port 1812 key {}
tacacs-server key {}
server-private 10.0.0.1 key 7 {}
ppp chap password 0 {}
ppp pap sent-username city password 0 {}
wpa-psk ascii 0 {}
encryption key 1 size 128bit 7 {} transmit-key
standby 1 authentication {}
standby 1 authentication md5 key-string {}
vrrp 1 authentication text {}
ip ospf authentication-key {}
ip ospf message-digest-key 1 md5 7 {}
ipv6 ospf authentication ipsec spi 500 md5 {}
ipv6 ospf encryption ipsec spi 501 esp aes-cbc 128 {} sha1 {}
isis password {} level-2
area-password {}
neighbor 10.0.0.1 password 7 {}
ntp authentication-key 1 md5 {} 7
set session-key inbound esp 256 cipher {} authenticator {}
sap pmk {}
ipv4 etr map-server 10.0.0.1 key {}
l2tp tunnel password {}
ip ftp password {}
path ftp://ops:{}@10.0.0.9/backups
archive tar /create scp://ops:{}@10.0.0.9/x flash:
"""
EOS = """
username ops privilege 15 role network-admin secret sha512 {}
enable password sha512 {}
shared-key 7 {}
shared-secret {}
radius-server host 10.0.0.1 key 7 {}
exec /usr/bin/TerminAttr -cvaddr=10.0.0.9:9910 -cvauth=key,{} -taillogs
neighbor 10.0.0.1 password 7 {}
snmp-server user ops group v3 localized f5717f auth md5 {} priv aes {}
ip msdp password {}
"""
LINES = [line for line in (IOS + EOS).splitlines() if line]
PLAIN = [
    "router ospf 1",
    "ip nat inside source list 1 interface Vlan10 overload",
    "authentication port-control auto",
    "aaa authentication dot1x STAFF group STAFF",
    "security web-auth parameter-map GUESTS",
    "permit tcp 10.0.0.0 0.0.0.255 host 10.1.0.1 eq 443",
    "ip route 10.99.0.0 255.255.0.0 10.21.1.77",
    "key chain OSPF-KEYS",
    "tunnel source Vlan10",
    "crypto map CITY",
]


@pytest.mark.parametrize("line", LINES)
def test_a_secret_is_hidden(line: str) -> None:
    shown = without_secrets(line.format(*[SECRET] * line.count("{}")))
    assert SECRET not in shown
    assert HIDDEN in shown
    assert shown.split()[0] == line.split()[0]


@pytest.mark.parametrize("line", PLAIN)
def test_all_else_stays(line: str) -> None:
    assert without_secrets(line) == line


@pytest.mark.parametrize("secret", ["$9$2MJBozw/9R3UsU$2lFhcKvpghcyw", "$6$/GPzkXTH$Bx.yNZeHvBZ", "//ops:pass@x"])
def test_what_looks_like_a_secret_is_hidden_wherever_it_stands(secret: str) -> None:
    assert secret not in without_secrets(f"something {secret}")


@given(st.sampled_from(LINES), st.from_regex(r"[A-Za-z0-9!#%&*+./:;<=>?@^_~-]{8,30}", fullmatch=True))
def test_whatever_the_secret_is(line: str, secret: str) -> None:
    if "//" in line:
        secret = secret.replace("/", "_").replace("@", "_")
    shown = without_secrets(line.format(*[secret] * line.count("{}")))
    assert secret not in shown


@pytest.mark.parametrize("platform", ["ios", "eos"])
def test_nothing_that_the_proof_says_of_a_text_has_a_secret(platform: str) -> None:
    lines = [line.format(*[SECRET] * line.count("{}")) for line in LINES]
    below = [f" {line}" for line in lines]
    text = "\n".join(["hostname a", *lines, "interface Vlan10", *below, "unknown-thing", *below, "end", ""])
    snapshot = read_snapshot(text, "a", platform)
    verdict = prove_topology(Topology({"a": snapshot}), Policy())
    assert any("crypto" in one.line.text for one in snapshot.unread), "lines with secrets are among what is told"
    told = [line for one in verdict.findings for lang in ("en", "ja") for line in one.lines(lang)]
    assert SECRET not in "\n".join(told)
    assert SECRET not in str([one.as_dict("en") for one in verdict.findings])
