"""``python -m bench [NAME …]``: print the tables of the named benchmarks, or of all."""

from __future__ import annotations

import argparse
import sys

from bench.city import bench_city
from bench.fleet import bench_fleet
from bench.journal import bench_journal
from bench.licensing import bench_licensing
from bench.measure import CommandError
from bench.proof import bench_proof
from bench.wireless import bench_wireless

NAMES = ("city", "proof", "fleet", "journal", "wireless", "licensing")


def main() -> int:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="|".join(NAMES), help="which to run (default: all)")
    parser.add_argument("--switches", type=int, nargs="+", default=[50, 200], help="fleet sizes (default: 50 200)")
    parser.add_argument(
        "--cisco-ios-up-to", type=int, default=50, metavar="N", help="largest fleet run with cisco.ios (default: 50)"
    )
    parser.add_argument(
        "--terminals", type=int, nargs="+", default=[240, 2400], help="sizes for licensing (default: 240 2400)"
    )
    parser.add_argument(
        "--access-points", type=int, nargs="+", default=[40, 400], help="sizes for wireless (default: 40 400)"
    )
    options = parser.parse_args()
    names = options.names or NAMES
    if unknown := sorted(set(names) - set(NAMES)):
        parser.error(f"no benchmark named {', '.join(unknown)}; there are {', '.join(NAMES)}")
    try:
        if "city" in names:
            bench_city()
        if "proof" in names:
            bench_proof()
        if "fleet" in names:
            bench_fleet(options.switches, options.cisco_ios_up_to)
        if "journal" in names:
            bench_journal(options.switches)
        if "wireless" in names:
            bench_wireless(options.access_points)
        if "licensing" in names:
            bench_licensing(options.terminals)
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
