"""The file of layers: what it gives, and what it is refused for."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanso.city.inventory import InventoryError
from sanso.messages import LANGUAGES
from sanso.network.packets import Packet
from sanso.proof.interpreter import matches
from sanso.proof.layers import Layers, read_layers
from sanso.proof.links import End
from sanso.proof.placement import Place
from tests.proof.topology.networks import Text, device, network, routed

TODAY = date(2026, 4, 1)
WHOLE = """\
vlans:
  10: lgwan
  20-22: internet
prefixes:
  10.1.0.0/16: lgwan
  10.1.9.0/24: internet
  10.2.0.0/16: internet
  2001:db8:1::/48: lgwan
  2001:db8:2::/48: internet
egress: [internet]
internet: {border-1: [GigabitEthernet0/0]}
flows:
  - {name: dns, from: lgwan, to: 10.2.0.53, service: [udp/53, tcp/53], expires: 2027-03-31}
  - {name: web, from: [10.1.1.0/24, "2001:db8:1::/64"], to: internet, service: https}
"""


def read(folder: Path, text: str) -> Layers:
    file = folder / "layers.yml"
    file.write_text(text, encoding="utf-8")
    return read_layers(file, TODAY)


def allowed(layers: Layers, flow: str, source: str, target: str, *ports: int) -> bool:
    """Whether a flow asks for a new TCP connection."""
    ends = ip_address(source), ip_address(target)
    packet = Packet("ipv4" if ends[0].version == 4 else "ipv6", int(ends[0]), int(ends[1]), 6, *ports)
    return any(matches(one.match, packet) for one in layers.policy.approved if one.flow == flow and not one.reply)


def test_a_file_gives_layers_to_backups(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    vlans = [one.layer if (one := found.placement.vlan(vlan)) else None for vlan in (10, 19, 20, 22, 23)]
    assert vlans == ["lgwan", None, "internet", "internet", None]
    assert found.placement.subnet(ip_network("10.1.7.0/24")) == Place("lgwan")
    assert found.placement.subnet(ip_network("10.1.9.128/25")) == Place("internet")
    assert found.placement.lines == {End("border-1", "GigabitEthernet0/0"): frozenset({"internet"})}
    assert found.policy.egress == {"internet"}
    assert found.policy.expires == {"dns": date(2027, 3, 31)}


def test_flows_are_opened_between_layers_and_no_wider(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    assert allowed(found, "dns", "10.1.5.5", "10.2.0.53", 50000, 53)
    assert not allowed(found, "dns", "10.1.9.5", "10.2.0.53", 50000, 53)  # of another layer inside the prefix
    assert not allowed(found, "dns", "10.1.5.5", "10.2.0.54", 50000, 53)
    assert allowed(found, "web", "10.1.1.5", "10.1.9.7", 50000, 443)
    assert allowed(found, "web", "2001:db8:1::5", "2001:db8:2::7", 50000, 443)
    assert not allowed(found, "web", "10.1.1.5", "10.2.0.7", 50000, 80)


def test_what_is_not_told_counts_as_the_prefixes(tmp_path: Path) -> None:
    prefixes = read(tmp_path, WHOLE).policy.prefixes
    assert ip_network("10.2.0.0/16") in prefixes["ipv4"]
    assert read(tmp_path, WHOLE + "own: [10.0.0.0/8]\n").policy.prefixes == {
        "ipv4": (ip_network("10.0.0.0/8"),),
        "ipv6": (),
    }


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("vlan: {10: lgwan}", "1:7", "did you mean vlans?"),
        ("vlans: [10]", "1:8", "vlans is no mapping"),
        ("vlans: {ten: lgwan}", "1:9", "ten is no VLAN id"),
        ("vlans: {20-10: lgwan}", "1:9", "20-10 is no VLAN id"),
        ("vlans: {4095: lgwan}", "1:9", "4095 is no VLAN id"),
        ("vlans: {10: lgwan, 5-15: internet}", "1:20", "5-15 is said twice"),
        ("vlans: {10: 5}", "1:13", "5 is no layer"),
        ("prefixes: {10.0.0.1/8: lgwan}", "1:12", "has host bits set"),
        ("own: 10.0.0.0/8", "1:6", "own is no list"),
        ("own: [ten]", "1:7", "ten is no prefix"),
        ("vlans: {10: lgwan}\negress: [lgwann]", "2:10", "did you mean lgwan?"),
        ("internet: {border-1: [1]}", "1:22", "[1] are no ports"),
        ("flows: [dns]", "1:9", "dns is no flow"),
        ("flows: [{name: dns}]", "1:9", "the flow lacks from, to, service"),
        ("- 10", "1:1", ""),
        ("vlans: {10: lgwan", "2:1", ""),
    ],
)
def test_a_file_that_says_something_else_is_refused_at_its_place(
    text: str, place: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(InventoryError) as caught:
        read(tmp_path, text + "\n")
    lines = caught.value.findings[0].lines("en")
    assert lines[0].startswith(f"{tmp_path / 'layers.yml'}:{place}: error "), lines
    assert said in "\n".join(lines)
    assert caught.value.findings[0].lines("ja")


FLOW = "prefixes: {10.1.0.0/16: lgwan, 10.2.0.0/16: internet}\nflows:\n  - "


@pytest.mark.parametrize(
    ("flow", "place", "said"),
    [
        ("{name: a, from: lgwn, to: internet, service: https}", "3:21", "did you mean lgwan?"),
        ("{name: a, from: lgwan, to: [10.3.0.0/16], service: https}", "3:33", "10.3.0.0/16 is no end"),
        ("{name: a, from: lgwan, to: internet, service: 443}", "3:51", "443 is no service"),
        ("{name: a, from: lgwan, to: internet, service: [https, tcp/0]}", "3:59", "tcp/0 is no service"),
        ("{name: a, from: lgwan, to: internet, service: https, until: 2027-01-01}", "3:58", "did you mean"),
        ("{name: a, from: lgwan, to: internet, service: https, expires: soon}", "3:67", "soon is no date"),
        ("{name: a, from: lgwan, to: internet, service: https, expires: 2026-03-31}", "3:67", "ended on 2026-03-31"),
    ],
)
def test_a_flow_that_cannot_be_read_is_refused_at_its_place(flow: str, place: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InventoryError) as caught:
        read(tmp_path, FLOW + flow + "\n")
    lines = [line for finding in caught.value.findings for line in finding.lines("en")]
    assert any(f"layers.yml:{place}: error LAYERS-01" in line for line in lines), lines
    assert said in "\n".join(lines)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InventoryError) as caught:
        read(tmp_path, "vlans: {0: lgwan, 10: ''}\negress: [x]\nplans: {}\n")
    assert len(caught.value.findings) == 4


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InventoryError):
        read_layers(tmp_path / "none.yml", TODAY)


def test_a_line_to_the_internet_that_no_device_has_is_told(tmp_path: Path) -> None:
    text = Text("border-1")
    has = network(device("border-1", routed(text, "GigabitEthernet0/0", "192.0.2.1/30")))
    layers = read(tmp_path, "internet: {border-1: [GigabitEthernet0/0, GigabitEthernet0/9], borde-1: [Ethernet1]}\n")
    said = ["\n".join(finding.lines("en")) for finding in layers.check(has)]
    assert len(said) == 2
    assert "border-1 has no interface GigabitEthernet0/9" in said[0]
    assert "did you mean border-1?" in said[1]
    assert all(finding.lines(lang) for finding in layers.check(has) for lang in LANGUAGES)


PREFIXES = ("10.0.0.0/8", "10.1.0.0/16", "10.1.1.0/24", "10.1.2.0/24", "10.128.0.0/9", "192.168.0.0/16")


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(PREFIXES), st.sampled_from("abc"), min_size=1))
def test_a_layer_is_the_addresses_whose_longest_prefix_is_its_own(
    tmp_path_factory: pytest.TempPathFactory, layers: dict[str, str]
) -> None:
    pairs = ", ".join(f"{prefix}: {layer}" for prefix, layer in layers.items())
    text = f"prefixes: {{{pairs}, 172.16.0.0/16: z}}\nflows:\n"
    text += "\n".join(
        f"  - {{name: {one}, from: {one}, to: z, service: tcp/1}}" for one in sorted({*layers.values()})
    )
    found = read(tmp_path_factory.mktemp("layers"), text)
    for address in (
        "10.0.0.9",
        "10.1.0.9",
        "10.1.1.9",
        "10.1.2.9",
        "10.1.3.9",
        "10.200.0.1",
        "192.168.3.4",
        "9.9.9.9",
    ):
        holding = [ip_network(prefix) for prefix in layers if ip_address(address) in ip_network(prefix)]
        longest = max(holding, key=lambda one: one.prefixlen, default=None)
        own = {layer for layer in layers.values() if allowed(found, layer, address, "172.16.0.1", 50000, 1)}
        assert own == ({layers[str(longest)]} if longest else set())


def test_the_documents_example_can_be_read(tmp_path: Path) -> None:
    document = (Path(__file__).parents[2] / "docs" / "backups.md").read_text(encoding="utf-8")
    example = document.partition("```yaml\n")[2].partition("```")[0]
    found = read(tmp_path, example)
    assert allowed(found, "file_exchange", "10.1.4.7", "10.2.0.80", 50000, 443)
    assert {one.flow for one in found.policy.approved} == {"name_service", "file_exchange"}
    (tmp_path / "wrong").mkdir()
    with pytest.raises(InventoryError) as caught:
        read(tmp_path / "wrong", example.replace("from: lgwan", "from: lgwn"))
    told = "\n".join(caught.value.findings[0].lines("en")).replace(f"{tmp_path / 'wrong'}/", "")
    assert told in document
