"""Tell what rollouts did, and verify that nothing in their journal was changed or taken away.

python -m sanso journal list
python -m sanso journal show 20261129T100512Z-3fa9c1
python -m sanso journal page 20261129T100512Z-3fa9c1 --out run.html --lang ja
python -m sanso journal verify
python -m sanso journal verify --anchor HASH     # the journal still has the line that a run named at its end

Exit status: 0 told, or whole; 1 broken; 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path

from sanso.journal import Journal, JournalError, Run, holders, read_runs
from sanso.messages import LANGUAGES, Language, language, text
from sanso.report.journal import fault_text, list_lines, show_lines
from sanso.report.run_page import past_page


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("what", choices=["list", "show", "page", "verify"], help="what to tell")
    parser.add_argument("name", nargs="?", metavar="RUN", help="name of the run to show")
    parser.add_argument("--out", type=Path, metavar="FILE", help="page to write (default: RUN.LANG.html)")
    folder = Path(os.environ.get("SANSO_JOURNAL") or "journal")
    parser.add_argument(
        "--folder", type=Path, default=folder, metavar="DIR", help="of the journal (default: %(default)s)"
    )
    parser.add_argument("--anchor", default="", metavar="HASH", help="a line that must be in it, kept elsewhere")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the answer (default: SANSO_LANG, else en)")


def run(options: argparse.Namespace) -> int:
    """Tell, and give the exit status."""
    journal, lang = Journal(options.folder), language(options.lang)
    if not journal.file.exists():
        raise JournalError(text("journal.none", lang, folder=options.folder))
    if options.what == "verify":
        return _verify(journal, options.anchor, lang, as_json=options.json)
    runs = read_runs(journal.entries())
    if options.what == "list":
        working = {holder.run for _, holder in holders(journal.folder)}
        lines = list_lines(runs.values(), working, lang)
        print(json.dumps(list(map(_plain, runs.values()))) if options.json else "\n".join(lines))
        return 0
    if options.name not in runs:
        raise JournalError(text("journal.no_run", lang, folder=options.folder, run=options.name or "?"))
    found = runs[options.name]
    if options.what == "page":
        file = options.out or Path(f"{found.id}.{lang}.html")
        file.write_text(past_page(found, lang), encoding="utf-8")
        print(text("journal.page", lang, file=file))
        return 0
    lines = show_lines(found, journal, lang)
    print(json.dumps(_plain(found), ensure_ascii=False, indent=2) if options.json else "\n".join(lines))
    return 0


def _verify(journal: Journal, anchor: str, lang: Language, *, as_json: bool) -> int:
    chain, file, fault = journal.verify(anchor)
    where = f"{file}:{fault.line}" if fault else ""
    if as_json:
        found = asdict(fault) if fault else None
        print(json.dumps({"lines": chain.lines, "head": chain.head, "where": where, "fault": found}))
    elif fault:
        print(fault_text(fault, where, lang))
    else:
        print(text("journal.verify.whole", lang, lines=chain.lines, tears=chain.tears, head=chain.head))
    if journal.half and not as_json:
        print(text("journal.verify.half", lang))
    return 1 if fault else 0


def _plain(run: Run) -> dict[str, object]:
    return {**asdict(run), "finished": run.finished}
