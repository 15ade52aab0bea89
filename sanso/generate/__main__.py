"""``python -m sanso.generate``: a valid city of any size, for benchmarks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sanso.generate import Size, SizeError, TargetError, generate, write_inventory
from sanso.generate.size import PLATFORM_CHOICES


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(
        prog="python -m sanso.generate", description="Write the Ansible inventory of a valid city of any size."
    )
    top.add_argument("--sites", type=int, required=True, metavar="N", help="the city hall and its branches")
    top.add_argument("--switches", type=int, required=True, metavar="N", help="of all sites together")
    top.add_argument(
        "--segments", type=int, required=True, metavar="N", help="segments of each site, added up over the sites"
    )
    top.add_argument("--endpoints", type=int, default=0, metavar="N", help="terminals with licences (default: 0)")
    top.add_argument(
        "--access-points",
        type=int,
        default=0,
        metavar="N",
        help="of all sites together, with a controller (default: 0)",
    )
    top.add_argument(
        "--virtualization-hosts",
        type=int,
        default=0,
        metavar="N",
        help="of the city hall, with machines (default: 0)",
    )
    top.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder to write, new or generated before"
    )
    top.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, another city (default: 1)")
    top.add_argument("--platform", choices=PLATFORM_CHOICES, default="mix", help="network OS (default: mix)")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    options = parser().parse_args(arguments)
    try:
        counts = (options.sites, options.switches, options.segments)
        more = (options.endpoints, options.access_points, options.virtualization_hosts)
        size = Size(*counts, options.platform, options.seed, *more)
        write_inventory(generate(size), options.out)
    except (SizeError, TargetError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    terminals = f", {size.endpoints} terminals" if size.endpoints else ""
    points = f", {size.access_points} access points" if size.access_points else ""
    hosts = f", {size.virtualization_hosts} virtualization hosts" if size.virtualization_hosts else ""
    city = f"{size.sites} sites, {size.switches} switches, {size.segments} site-segments{terminals}{points}{hosts}"
    print(
        f"{options.out}: {city}\n"
        f"start its devices:  python -m sanso.lab start --inventory {options.out} --state {options.out}/.lab\n"
        f"bring them up:      ansible-playbook -i {options.out} site.yml"
        + (f"\nlicense terminals:  ansible-playbook -i {options.out} playbooks/endpoints.yml" if terminals else "")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
