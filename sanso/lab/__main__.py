"""``python -m sanso.lab``: the emulated devices and terminals from a command line."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from sanso.lab import daemon, faults, terminals
from sanso.lab.login import login
from sanso.lab.server import LabError
from sanso.lab.spec import SpecError, Timing, load_specs
from sanso.lab.trouble import Moment

_STATE = Path(".lab")
_INVENTORY = Path("inventories/lab")
_SPECS = "specs.json"

_ACTIONS = {
    "start": "start in the background; does nothing when it runs already",
    "serve": "run in the foreground",
    "restart": "stop, then start; devices keep their running configurations",
    "reset": "put devices and terminals back to how they were first, and start",
    "stop": "stop; devices keep their running configurations, terminals their licences",
    "fault": "let something be wrong with a device or a terminal",
    "login": "log in by hand, with ssh; says the password",
    "status": "say whether it runs (exit status 3 when it does not)",
}


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(
        prog="python -m sanso.lab", description="Emulated devices and terminals on loopback."
    )
    actions = top.add_subparsers(dest="action", required=True, metavar="ACTION")
    for action, text in _ACTIONS.items():
        sub = actions.add_parser(action, help=text, description=text)
        sub.add_argument(
            "--state", type=Path, default=_STATE, metavar="DIR", help=f"where state is kept (default: {_STATE})"
        )
        if action not in ("stop", "status", "login", "fault"):
            _add_devices(sub)
        if action == "reset":
            sub.add_argument("device", nargs="*", help="only these devices and terminals")
        if action == "fault":
            _add_fault(sub)
        if action == "login":
            sub.add_argument("device", help="its name")
    return top


def _add_devices(sub: argparse.ArgumentParser) -> None:
    source = sub.add_mutually_exclusive_group()
    source.add_argument(
        "--inventory",
        type=Path,
        default=_INVENTORY,
        metavar="DIR",
        help=f"the city whose devices to emulate (default: {_INVENTORY})",
    )
    source.add_argument("--specs", type=Path, metavar="FILE", help="JSON list of devices, instead of an inventory")
    for name, what in (("command", "each command"), ("login", "each login")):
        sub.add_argument(
            f"--{name}-latency", f"--{name}", type=float, default=0.0, metavar="S", help=f"seconds {what} takes"
        )
    sub.add_argument("--timer-scale", type=float, default=1.0, metavar="N", help="run timers N times as fast")


def _add_fault(sub: argparse.ArgumentParser) -> None:
    of_terminals = _terminal_faults()
    sub.formatter_class = argparse.RawDescriptionHelpFormatter
    lists = (("devices", faults.FAULTS), ("terminals", of_terminals))
    sub.epilog = "\n\n".join(f"faults of {what}:\n{_listed(which)}" for what, which in lists)
    sub.add_argument("name", help="of the device or the terminal")
    every = {**faults.FAULTS, **of_terminals}
    sub.add_argument("fault", choices=list(every), metavar="FAULT", help="what is wrong from now on; none mends it")
    sub.add_argument(
        "--at",
        type=_moment,
        metavar="MOMENT",
        help="when it comes to a device, counted from now: command:12, octet:5000, or second:3 after the next login",
    )


def _moment(text: str) -> Moment:
    try:
        return faults.parse_moment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _listed(words: Mapping[str, str]) -> str:
    return "\n".join(f"  {name:<12} {text}" for name, text in words.items())


def _terminal_faults() -> Mapping[str, str]:
    from sanso.lab.wsman.faults import FAULTS  # only here: what knows WS-Management takes long to load

    return FAULTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    options = parser().parse_args(arguments)
    try:
        return _act(options)
    except (LabError, SpecError) as error:
        print(f"error: {error}", file=sys.stderr)
    return 1


def _act(options: argparse.Namespace) -> int:
    state: Path = options.state.resolve()
    if options.action == "status":
        print(daemon.status(state))
        return 0 if daemon.running_pid(state) else 3
    if options.action == "stop":
        print(daemon.stop(state))
        return 0
    if options.action == "fault":
        print(_set_fault(options, state))
        return 0
    if options.action == "login":
        login(load_specs(state / _SPECS), state, options.device)
    timing = Timing(options.command_latency, options.login_latency, options.timer_scale)
    specs = _specs_file(options, state)
    if options.action == "serve":
        daemon.serve(state, specs, timing)
        return 0
    if options.action in ("restart", "reset"):
        print(daemon.stop(state))
    if options.action == "reset":
        print(daemon.forget(state, options.device))
    print(daemon.start(state, specs, timing))
    return 0


def _set_fault(options: argparse.Namespace, state: Path) -> str:
    """Give a device or a terminal a fault.

    Raises:
        LabError: there is no such device or terminal, or it cannot have that fault.
    """
    name, fault, pid = options.name, options.fault, daemon.running_pid(state)
    if name in terminals.names(state):
        _known(name, fault, _terminal_faults())
        if options.at is not None:
            raise LabError(f"{name} is a terminal: what is wrong with it is so at once, and --at is for devices")
        return terminals.set_fault(state, name, fault, pid)
    if name not in daemon.device_homes(state):
        raise LabError(f"no such device or terminal: {name}")
    _known(name, fault, faults.FAULTS)
    return faults.set_fault(state, name, fault, options.at, pid)


def _known(name: str, fault: str, known: Mapping[str, str]) -> None:
    if fault not in known:
        raise LabError(f"{name} cannot be {fault!r}; it can be {', '.join(known)}")


def _specs_file(options: argparse.Namespace, state: Path) -> Path:
    """The list of devices: the one given, or one made from the inventory and kept beside the state."""
    if options.specs is not None:
        given: Path = options.specs
        return given.resolve()
    made = state / _SPECS
    _save_city(options.inventory, made)
    return made


def _save_city(inventory: Path, made: Path) -> None:
    """Write the lists of a city's devices and terminals.

    Raises:
        SpecError: when the inventory is not a city; the message holds all findings.
    """
    # the city's model takes long to load, and a lab that serves a list needs none of it
    from sanso.city import CityError
    from sanso.city.inventory import InventoryError
    from sanso.lab.inventory import save_inventory
    from sanso.messages.catalogue import language

    try:
        save_inventory(inventory, made, made.with_name(terminals.SPECS))
    except CityError as error:
        lines = [line for finding in error.findings for line in finding.lines(language())]
        raise SpecError("\n".join([f"{inventory} is no city to emulate", *lines])) from None
    except InventoryError as error:
        raise SpecError(str(error).removeprefix("error: ")) from None


if __name__ == "__main__":
    sys.exit(main())
