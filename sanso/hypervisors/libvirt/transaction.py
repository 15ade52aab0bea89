"""Changes of the virtual switch, as the words of one ``ovs-vsctl``, which does all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from sanso.hypervisors.base import Argv, Creation
from sanso.hypervisors.libvirt.names import BOND, BRIDGE
from sanso.hypervisors.libvirt.ovsdb import Row, many, number, word
from sanso.hypervisors.libvirt.passing import NOTHING, passing
from sanso.hypervisors.libvirt.switch import CLOSED, Switch, strange_columns
from sanso.network.facts import ALL_VLANS
from sanso.network.virtual import HostFacts, Passing

VSCTL = ("ovs-vsctl", "--timeout=20")


def transaction(changes: list[Argv]) -> Argv:
    """One command of several changes."""
    return (*VSCTL, *(word for change in changes for word in ("--", *change)))


def changes(
    switch: Switch, wanted: HostFacts, machines: Set[str], nics: Mapping[str, Passing], creation: Creation
) -> list[Argv]:
    """What makes a switch as intended, in an order in which each change finds what it names.

    Args:
        switch: as it is.
        wanted: the host as intended.
        machines: ports of machines, which stay.
        nics: what should pass some of them.
        creation: how a switch is made.
    """
    ports = dict(switch.own_ports)
    bond = ports.pop(BOND, None)
    local = ports.pop(BRIDGE, None)
    kept = machines | wanted.own.keys()
    found: list[Argv] = []
    if switch.bridge is None:
        found.append(("add-br", BRIDGE))
        if not creation.kernel_switch:
            found.append(("set", "Bridge", BRIDGE, "datapath_type=netdev"))
    found += [("del-port", BRIDGE, name) for name in sorted(ports.keys() - kept)]
    found += _cleared(switch, kept | {BOND, BRIDGE})
    if local is None or passing(local) != CLOSED:
        found.append(("set", "Port", BRIDGE, *columns(CLOSED)))
    for name, one in wanted.own.items():
        if name not in ports:
            found.append(("add-port", BRIDGE, name, "--", "set", "Interface", name, "type=internal"))
        if name not in ports or passing(ports[name]) != one:
            found.append(("set", "Port", name, *columns(one)))
    found += [("set", "Port", name, *columns(one)) for name, one in nics.items() if passing(ports[name]) != one]
    found += _bond(switch, bond, wanted)
    return found


def columns(wanted: Passing) -> Argv:
    """Columns of a port that let just that pass; a trunk that lets nothing pass names the VLAN that no frame has."""
    if not wanted.tagged and wanted.untagged is not None:
        mode, tag, trunks = "access", str(wanted.untagged), ""
    else:
        mode = "trunk" if wanted.untagged is None else "native-untagged"
        tag = "[]" if wanted.untagged is None else str(wanted.untagged)
        trunks = "" if wanted.tagged == ALL_VLANS else ",".join(map(str, sorted(wanted.tagged))) or str(NOTHING)
    return (f"vlan_mode={mode}", f"tag={tag}", f"trunks=[{trunks}]")


def changes_back(switch: Switch, wanted: HostFacts, found: list[Argv]) -> list[Argv]:
    """What takes changes back but for what nobody intended, such as ports and mirrors made by hand."""
    if switch.bridge is None:
        return [("--if-exists", "del-br", BRIDGE)]
    ports = switch.own_ports
    back: list[Argv] = [
        ("--if-exists", "del-port", BRIDGE, name) for name in (*wanted.own, BOND) if name not in ports
    ]
    touched = dict.fromkeys(change[2] for change in found if change[:2] == ("set", "Port"))
    back += [("--if-exists", "set", "Port", name, *_as_it_was(ports[name])) for name in touched if name in ports]
    if BOND in ports:
        cables = [str(row["name"]) for row in switch.interfaces_of(ports[BOND])]
        for count, cable in enumerate(one for one in cables if one not in wanted.uplinks):
            back.append((*_made(count, cable), "add", "Port", BOND, "interfaces", f"@cable{count}"))
        for cable in (one for one in wanted.uplinks if one not in cables):
            back.append(
                ("--id=@gone", "get", "Interface", cable, "--", "remove", "Port", BOND, "interfaces", "@gone")
            )
    return back


def _as_it_was(port: Row) -> Argv:
    trunks = ",".join(str(vlan) for vlan in many(port["trunks"]))
    tag = number(port["tag"])
    mode, bond = word(port["vlan_mode"]) or "[]", word(port["bond_mode"]) or "[]"
    return (f"vlan_mode={mode}", f"tag={'[]' if tag is None else tag}", f"trunks=[{trunks}]", f"bond_mode={bond}")


def _bond(switch: Switch, bond: Row | None, wanted: HostFacts) -> Iterator[Argv]:
    """All cables in one port, one of them in use at a time, the first of them if it works."""
    cables = wanted.uplinks
    mode = ("bond_mode=active-backup", f"other_config:bond-primary={cables[0]}") if len(cables) > 1 else ()
    if bond is None:
        made = [part for count, cable in enumerate(cables) for part in _made(count, cable)]
        members = ",".join(f"@cable{count}" for count in range(len(cables)))
        port = (
            "--id=@bond",
            "create",
            "Port",
            f"name={BOND}",
            f"interfaces=[{members}]",
            *columns(wanted.trunk),
            *mode,
        )
        yield (*made, *port, "--", "add", "Bridge", BRIDGE, "ports", "@bond")
        return
    found = {str(row["name"]): str(row["_uuid"]) for row in switch.interfaces_of(bond)}
    if passing(bond) != wanted.trunk:
        yield ("set", "Port", BOND, *columns(wanted.trunk))
    if mode and (word(bond["bond_mode"]), bond["other_config"].get("bond-primary")) != ("active-backup", cables[0]):
        yield ("set", "Port", BOND, *mode)
    for count, cable in enumerate(one for one in cables if one not in found):
        yield (*_made(count, cable), "add", "Port", BOND, "interfaces", f"@cable{count}")
    yield from (("remove", "Port", BOND, "interfaces", uuid) for name, uuid in found.items() if name not in cables)


def _made(count: int, cable: str) -> Argv:
    return (f"--id=@cable{count}", "create", "Interface", f"name={cable}", "--")


def _cleared(switch: Switch, kept: Set[str]) -> Iterator[Argv]:
    """Settings that nobody intends, put back to what they are by themselves."""
    rows: list[tuple[str, str, Row]] = [("Open_vSwitch", ".", row) for row in switch.settings]
    rows += [("Bridge", BRIDGE, switch.bridge)] if switch.bridge else []
    for name, port in switch.own_ports.items():
        if name in kept:
            rows.append(("Port", name, port))
            rows += [("Interface", str(one["name"]), one) for one in switch.interfaces_of(port)]
    for table, record, row in rows:
        for column, key in strange_columns(table, row):
            if key:
                yield ("remove", table, record, column, key)
            else:
                yield (
                    ("set", table, record, f"{column}=false")
                    if row[column] is True
                    else ("clear", table, record, column)
                )
