"""The command line of the library: no Ansible is needed for it.

Each module of this package whose name has no leading underscore is a subcommand: its docstring is the help, ``add``
describes its arguments, ``run`` does the work and gives the exit status.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from pkgutil import iter_modules
from typing import Protocol, cast

from sanso.city import CityError
from sanso.journal import JournalError
from sanso.messages import language, text
from sanso.proof.asked import QuestionError
from sanso.proof.digest import digest
from sanso.proof.folder import FolderError

WRONG_USE = 2
"""Exit status where the question could not be asked at all; 1 means that the answer is not yes."""


class Command(Protocol):
    """A subcommand."""

    __name__: str
    __doc__: str | None
    add: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def commands() -> list[Command]:
    """Every subcommand, by name."""
    names = sorted(one.name for one in iter_modules(__path__) if not one.name.startswith("_"))
    return [cast("Command", importlib.import_module(f"{__name__}.{name}")) for name in names]


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(
        prog="python -m sanso",
        description="Decide from configuration text whether the layers of a network are apart.",
        epilog="Exit status: 0 yes (proved), 1 no (not proved, in part, not sure), 2 wrong use.",
    )
    actions = top.add_subparsers(dest="action", required=True, metavar="COMMAND")
    for command in commands():
        first, _, rest = (command.__doc__ or "").partition("\n\n")
        sub = actions.add_parser(
            command.__name__.rpartition(".")[2],
            help=first,
            description=first,
            epilog=rest,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add(sub)
        sub.set_defaults(run=command.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    options = parser().parse_args(arguments)
    lang = language(options.lang)
    try:
        return int(options.run(options))
    except QuestionError as wrong:
        print(wrong.say(lang), file=sys.stderr)
    except FolderError as wrong:
        print(text(wrong.key, lang, **wrong.args_of_text), file=sys.stderr)
    except JournalError as wrong:
        print(wrong, file=sys.stderr)
    except CityError as wrong:
        print("\n".join(digest(wrong.findings, lang, None)), file=sys.stderr)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
    return WRONG_USE
