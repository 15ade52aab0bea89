"""Write the city's parameter sheet: segments, ports, flows, wireless, hosts and terminals as a workbook (xlsx).

python -m sanso sheet inventories/lab --out parameters.xlsx
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sanso.city.inventory import read_inventory
from sanso.city.load import city_of
from sanso.messages import LANGUAGES, language, text
from sanso.report.parameters import parameter_sheet
from sanso.report.parameters.terminals import GROUP, Terminal


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("inventory", type=Path, metavar="DIR", help="folder of an inventory of this project")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="xlsx file to write")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of what is said (default: SANSO_LANG, else en)")


def run(options: argparse.Namespace) -> int:
    """Write it."""
    inventory = read_inventory(options.inventory)
    city = city_of(inventory)
    terminals = [
        Terminal.of(host, inventory.values(host), inventory.group_names(host), city)
        for host in sorted(inventory.groups.get(GROUP, ()))
    ]
    options.out.write_bytes(parameter_sheet(city, terminals))
    print(text("sheet.written", language(options.lang), file=options.out))
    return 0
