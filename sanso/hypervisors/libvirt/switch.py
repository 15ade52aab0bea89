"""The virtual switch as Open vSwitch has it: its ports, and whatever else bears on where frames go.

Every column of a row is read, harmless, or told: a column that is neither and not as it is by itself is a doubt.
Source: ovs-vswitchd.conf.db(5) of Open vSwitch 2.15 to 3.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sanso.hypervisors.libvirt.names import BOND, BRIDGE
from sanso.hypervisors.libvirt.ovsdb import Row, many, word
from sanso.hypervisors.libvirt.passing import passing
from sanso.network.virtual import Passing

BY_ITSELF: tuple[object, ...] = ([], {}, "", False, 0)
"""Values of columns that nobody has set."""
NORMAL = "priority=0 actions=NORMAL"
"""The flow that Open vSwitch puts there itself, which makes it a switch that learns addresses."""
CLOSED = Passing()
"""Nothing passes."""
PLAIN = ("", "internal", "system")
"""Types of interfaces that lead nowhere but to the host's kernel or a guest."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


HARMLESS: Mapping[str, frozenset[str]] = {
    "Open_vSwitch": words(
        """_uuid bridges cur_cfg next_cfg datapath_types datapaths db_version dpdk_initialized dpdk_version
        external_ids iface_types ovs_version ssl statistics system_type system_version"""
    ),
    "Bridge": words(
        """_uuid name ports datapath_id datapath_type datapath_version external_ids fail_mode protocols rstp_status
        status mcast_snooping_enable"""
    ),
    "Port": words(
        """_uuid name interfaces tag trunks vlan_mode bond_active_slave bond_downdelay bond_updelay bond_fake_iface
        bond_mode external_ids mac qos rstp_statistics rstp_status statistics status"""
    ),
    "Interface": words(
        """_uuid name type admin_state bfd_status cfm_fault cfm_fault_status cfm_flap_count cfm_health
        cfm_remote_mpids cfm_remote_opstate duplex error external_ids ifindex ingress_policing_burst
        ingress_policing_kpkts_burst ingress_policing_kpkts_rate ingress_policing_rate lacp_current link_resets
        link_speed link_state lldp mac mac_in_use mtu mtu_request ofport ofport_request statistics status"""
    ),
}
"""Columns that are read here, or that do not bear on where frames go."""
HARMLESS_KEYS: Mapping[str, frozenset[str]] = {
    "Open_vSwitch": words(
        """hw-offload tc-policy max-idle max-revalidator min-revalidate-pps n-handler-threads n-revalidator-threads
        stats-update-interval statistics-interval vlan-limit dpdk-init dpdk-socket-mem dpdk-lcore-mask pmd-cpu-mask"""
    ),
    "Bridge": words(
        """hwaddr datapath-id dp-desc dp-sn mac-aging-time mac-table-size disable-in-band mcast-snooping-aging-time
        mcast-snooping-table-size mcast-snooping-disable-flood-unregistered"""
    ),
    "Port": words(
        "bond-primary bond-detect-mode bond-miimon-interval bond-rebalance-interval priority-tags transient"
    ),
    "Interface": frozenset(),
}
"""Keys of ``other_config`` of the same kind."""


@dataclass(frozen=True)
class Switch:
    """Everything that Open vSwitch was told, by table."""

    settings: tuple[Row, ...] = ()
    bridges: tuple[Row, ...] = ()
    ports: tuple[Row, ...] = ()
    interfaces: tuple[Row, ...] = ()
    flows: tuple[str, ...] = ()

    @property
    def bridge(self) -> Row | None:
        """The virtual switch itself."""
        return next((row for row in self.bridges if row["name"] == BRIDGE), None)

    @property
    def own_ports(self) -> Mapping[str, Row]:
        """Its ports by name."""
        members = set(many(self.bridge["ports"])) if self.bridge else set()
        return {row["name"]: row for row in self.ports if row["_uuid"] in members}

    def interfaces_of(self, port: Row) -> list[Row]:
        """Interfaces of a port."""
        members = set(many(port["interfaces"]))
        return sorted((row for row in self.interfaces if row["_uuid"] in members), key=lambda row: str(row["name"]))


@dataclass(frozen=True)
class SwitchFacts:
    """What the virtual switch comes to."""

    uplinks: tuple[str, ...] = ()
    trunk: Passing = CLOSED
    ports: Mapping[str, Passing] = field(default_factory=dict)
    """Every port but the bond, and the switch's own where that is closed."""
    internal: frozenset[str] = frozenset()
    """Ports that lead to the host itself."""
    doubts: tuple[str, ...] = ()


def read_switch(switch: Switch, wanted: Iterable[str]) -> SwitchFacts:
    """What a switch comes to.

    Args:
        switch: its tables.
        wanted: cables in the order that the inventory wants, which the switch knows the first of.
    """
    ports = dict(switch.own_ports)
    bond = ports.pop(BOND, None)
    if BRIDGE in ports and passing(ports[BRIDGE]) == CLOSED:
        del ports[BRIDGE]
    return SwitchFacts(
        uplinks=() if bond is None else _uplinks(switch, bond, list(wanted)),
        trunk=CLOSED if bond is None else passing(bond),
        ports={name: passing(row) for name, row in sorted(ports.items())},
        internal=frozenset(
            name for name, row in ports.items() if [one["type"] for one in switch.interfaces_of(row)] == ["internal"]
        ),
        doubts=tuple(_doubts(switch)),
    )


def read_flows(text: str) -> list[str]:
    """Flows, from ``ovs-ofctl --no-stats dump-flows``."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and "_FLOW" not in line.partition("reply")[0]]


def _uplinks(switch: Switch, bond: Row, wanted: list[str]) -> tuple[str, ...]:
    primary = bond["other_config"].get("bond-primary")
    names = [str(row["name"]) for row in switch.interfaces_of(bond)]
    rest = {name: position for position, name in enumerate(wanted)}
    return tuple(sorted(names, key=lambda name: (name != primary, rest.get(name, len(rest)), name)))


def _doubts(switch: Switch) -> Iterator[str]:
    for row in switch.settings:
        yield from _strange("Open_vSwitch", row, "Open vSwitch")
    for row in switch.bridges:
        if row["name"] == BRIDGE:
            yield from _strange("Bridge", row, BRIDGE)
        else:
            yield f"bridge {row['name']} of Open vSwitch"
    for name, port in sorted(switch.own_ports.items()):
        yield from _strange("Port", port, f"{BRIDGE} port {name}")
        if word(port["vlan_mode"]) == "dot1q-tunnel":
            yield f"{BRIDGE} port {name}: vlan_mode=dot1q-tunnel"
        if name == BOND and word(port["bond_mode"]) not in ("active-backup", ""):
            yield f"{BRIDGE} port {name}: bond_mode={word(port['bond_mode'])}"
        if len(many(port["interfaces"])) > 1:
            if name != BOND:
                yield f"{BRIDGE} port {name}: a bond"
            elif not port["other_config"].get("bond-primary"):
                yield f"{BRIDGE} port {name}: no bond-primary"
        for row in switch.interfaces_of(port):
            yield from _strange("Interface", row, f"{BRIDGE} port {name} interface {row['name']}")
            if row["type"] not in PLAIN:
                yield f"{BRIDGE} port {name} interface {row['name']}: type={row['type']}"
    if switch.bridge:
        yield from (f"{BRIDGE} flow: {flow}" for flow in _other_flows(switch.flows))


def strange_columns(table: str, row: Row) -> Iterator[tuple[str, str]]:
    """Columns that are neither read nor harmless and that somebody has set, each with a key of its map or none."""
    for column, value in sorted(row.items()):
        if column == "other_config":
            yield from ((column, key) for key in sorted(value) if key not in HARMLESS_KEYS[table])
        elif column not in HARMLESS[table] and value not in BY_ITSELF:
            yield column, ""


def _strange(table: str, row: Row, where: str) -> Iterator[str]:
    for column, key in strange_columns(table, row):
        value = row[column][key] if key else row[column]
        name = f"{column} {key}" if key else column
        yield f"{where}: {name}{'' if _refers(value) else f'={value}'}"


def _refers(value: object) -> bool:
    """Whether a value is a reference to other rows, whose ids say nothing to people."""
    return all(isinstance(one, str) and len(one) == 36 and one.count("-") == 4 for one in many(value))


def _other_flows(flows: Iterable[str]) -> Iterator[str]:
    """Flows but the usual one, and that one if it is missing."""
    found = list(flows)
    yield from (flow for flow in found if flow != NORMAL)
    if NORMAL not in found:
        yield f"no {NORMAL}"
