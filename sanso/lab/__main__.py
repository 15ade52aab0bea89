"""``python -m sanso.lab``: the emulated devices from a command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sanso.lab import daemon
from sanso.lab.server import LabError
from sanso.lab.spec import SpecError, Timing


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(prog="python -m sanso.lab", description="Emulated network devices on loopback.")
    actions = top.add_subparsers(dest="action", required=True, metavar="ACTION")
    texts = {
        "start": "start in the background; does nothing when it runs already",
        "serve": "run in the foreground",
        "restart": "stop, then start; devices keep their running configurations",
        "reset": "put devices back to their first configuration, and start",
        "stop": "stop; devices keep their running configurations",
        "status": "say whether it runs (exit status 3 when it does not)",
    }
    for action, text in texts.items():
        sub = actions.add_parser(action, help=text, description=text)
        sub.add_argument("--state", type=Path, required=True, metavar="DIR", help="where the devices' state is kept")
        if action in ("stop", "status"):
            continue
        sub.add_argument("--specs", type=Path, required=True, metavar="FILE", help="JSON list of devices")
        sub.add_argument("--command", type=float, default=0.0, metavar="S", help="seconds each command takes")
        sub.add_argument("--login", type=float, default=0.0, metavar="S", help="seconds each login takes")
        sub.add_argument("--timer-scale", type=float, default=1.0, metavar="N", help="run timers N times as fast")
        if action == "reset":
            sub.add_argument("device", nargs="*", help="only these")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    options = parser().parse_args(arguments)
    try:
        return _act(options)
    except (LabError, SpecError) as error:
        print(f"error: {error}".replace("error: error: ", "error: "), file=sys.stderr)
        return 1


def _act(options: argparse.Namespace) -> int:
    state: Path = options.state.resolve()
    if options.action == "status":
        print(daemon.status(state))
        return 0 if daemon.running_pid(state) else 3
    if options.action == "stop":
        print(daemon.stop(state))
        return 0
    timing = Timing(options.command, options.login, options.timer_scale)
    specs: Path = options.specs.resolve()
    if options.action == "serve":
        daemon.serve(state, specs, timing)
        return 0
    if options.action in ("restart", "reset"):
        print(daemon.stop(state))
    if options.action == "reset":
        print(daemon.forget(state, options.device))
    print(daemon.start(state, specs, timing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
