"""What a command makes of a host: so that each step of a change can be judged before the first one is sent.

A definition that a command reads is taken as the host's own would be: by the same reader.
"""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import ParseError

from sanso.hypervisors.base import Command, ReplayError
from sanso.hypervisors.libvirt.disk_steps import COPY
from sanso.hypervisors.libvirt.probes import VIRSH
from sanso.hypervisors.libvirt.rows import Rows
from sanso.hypervisors.libvirt.state import State
from sanso.hypervisors.libvirt.switch import Switch
from sanso.hypervisors.libvirt.transaction import VSCTL
from sanso.hypervisors.libvirt.verbs import VERBS


def replay(state: State, command: Command) -> State:
    """The host once a command was run.

    Raises:
        ReplayError: what it does is not known.
    """
    argv = command.argv
    if argv[: len(VSCTL)] == VSCTL:
        return _switched(state, Rows(state.switch).run(argv[len(VSCTL) :]))
    if argv[:2] == ("ovs-ofctl", "--bundle") and "replace-flows" in argv:
        flows = tuple(line for line in command.stdin.splitlines() if line)
        return replace(state, switch=replace(state.switch, flows=flows))
    if argv[: len(COPY)] == COPY:
        return state  # what is in a disk is not read
    if argv[: len(VIRSH)] == VIRSH:
        verb, *words = argv[len(VIRSH) :]
        if verb in VERBS:
            try:
                return VERBS[verb](state, _options(words), command.stdin)
            except (LookupError, ValueError, ParseError) as error:
                raise ReplayError(f"{' '.join(argv)}: {error}") from error
    raise ReplayError(f"{' '.join(argv)}: not known")


def _switched(state: State, switch: Switch) -> State:
    """The host with another switch: interfaces that the switch itself had made are gone with their ports."""
    kept = {row["name"] for row in switch.interfaces}
    gone = {row["name"] for row in state.switch.interfaces if row["type"] == "internal"} - kept
    return replace(state, switch=switch, links=tuple(link for link in state.links if link["name"] not in gone))


def _options(words: list[str]) -> dict[str, str]:
    """Options of virsh with their values; those without one have an empty one."""
    found: dict[str, str] = {}
    name = ""
    for word in words:
        if word.startswith("--"):
            name = word.removeprefix("--")
            found[name] = ""
        else:
            found[name] = word
    return found
