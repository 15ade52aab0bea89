"""Tell what to tidy up: lines without effect, lists, groups, VRFs and VLANs that are not there or not used.

  python -m sanso lines backups
  python -m sanso lines backups --redundant --all

Exit status: 0 nothing to tell, 1 something, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sanso.city import load_city
from sanso.messages import LANGUAGES, language, text
from sanso.proof.digest import FEW, digest
from sanso.proof.folder import read_folder
from sanso.proof.lint import lint


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments; nothing needs to be known of layers."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="configurations, a file for each device")
    parser.add_argument("--inventory", type=Path, metavar="DIR", help="an inventory; what it asks for is not told")
    parser.add_argument("--redundant", action="store_true", help="tell of lines, too, that later ones repeat")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the answer (default: SANSO_LANG, else en)")
    parser.add_argument("--all", action="store_true", help="tell everything, and not the first few of each kind")


def run(options: argparse.Namespace) -> int:
    """Look, and give the exit status."""
    city = None if options.inventory is None else load_city(options.inventory)
    backups = read_folder(options.folder)
    found = [*backups.findings, *lint(backups.snapshots, city, redundant=options.redundant)]
    lang = language(options.lang)
    if options.json:
        print(json.dumps([finding.as_dict(lang) for finding in found], ensure_ascii=False, indent=2))
    else:
        lines = sum(snapshot.lines for snapshot in backups.snapshots.values())
        said = text("lint.summary", lang, findings=len(found), devices=len(backups.snapshots), lines=lines)
        print("\n".join([*digest(found, lang, None if options.all else FEW), said]))
    return 1 if found else 0
