"""``frames.py CABLE TERMINAL ADDRESS``: ask an address from a terminal at the switch, and watch a cable meanwhile.

Prints as JSON whether there was an answer, and the VLAN tags of the terminal's frames about that address, 0 for none.
A machine goes on asking after whom it spoke to before: such frames are another terminal's, and not looked at here.
"""

import json
import re
import subprocess
import sys
import time
from pathlib import Path


def main(cable: str, terminal: str, address: str) -> None:
    """Ask and watch."""
    mac = Path(f"/sys/class/net/{terminal}/address").read_text().strip()
    watch = ["tcpdump", "--interface", cable, "--immediate-mode", "-e", "-nn", "-l"]
    with subprocess.Popen(  # noqa: S603
        watch, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as listener:
        while "listening on" not in listener.stderr.readline():
            pass
        ask = ["ping", "-q", "-c", "3", "-i", "0.3", "-W", "1", "-I", terminal, address]
        asked = subprocess.run(ask, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
        time.sleep(0.5)
        listener.terminate()
        heard = [line for line in listener.stdout if re.search(rf"\b{re.escape(address)}\b", line)]
    frames = [line for line in heard if mac in line]
    tags = {int(found[1]) if (found := re.search(r"\bvlan (\d+)", frame)) else 0 for frame in frames}
    print(json.dumps({"answered": asked.returncode == 0, "tags": sorted(tags)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
