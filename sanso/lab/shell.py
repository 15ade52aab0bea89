"""One CLI session: its modes, its prompt, and what a typed line does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sanso.lab.grammar import AmbiguousCommand, Grammar, IncompleteCommand, InvalidInput, Match, SyntaxProblem
from sanso.lab.pipes import Pipe, UnknownFilter, apply_pipes, split_pipes
from sanso.lab.words import Line, split

if TYPE_CHECKING:
    from sanso.lab.device import Device


@dataclass(frozen=True, eq=False)
class Mode:
    """A mode of the CLI.

    ``suffix`` is what its prompt adds to the host name, with ``>`` or ``#``; ``parent`` is where ``exit``
    leads and where a line it does not know is tried next; in a ``config`` mode ``no`` and ``default`` may
    stand before a command.
    """

    name: str
    suffix: str
    grammar: Grammar
    parent: Mode | None = None
    config: bool = False


@dataclass
class Frame:
    """A mode the session is in, and what it works on there (an interface, say)."""

    mode: Mode
    target: Any = None


@dataclass(frozen=True)
class Question:
    """Something the device asked; the next line is the answer.  ``echo``: whether it shows while typed."""

    text: str
    answer: Callable[[str], str | None]
    echo: bool = True


class Shell:
    """A session on a device.

    ``execute`` takes one line and gives what the device prints, without a line end at the end.  Platforms
    derive from this and say how their prompts and complaints read.
    """

    #: names of the output filters, any of which may be shortened
    filters: tuple[str, ...] = ("append", "begin", "count", "exclude", "include", "redirect", "section", "tee")

    def __init__(self, device: Device, exec_mode: Mode, privilege: int) -> None:
        self.device = device
        self.privilege = privilege
        self.stack = [Frame(exec_mode)]
        self.question: Question | None = None
        self.closed = False
        self.length = 24
        self.width = 80
        # set by command, so that a change of the client's window no longer counts
        self.length_fixed = False
        self.width_fixed = False
        # one that reads a whole file: nobody hears what it says
        self.silent = False
        self.username = device.spec.username
        self.source = "127.0.0.1"
        self._gather: Callable[[str], bool] | None = None

    @property
    def mode(self) -> Mode:
        """The mode the session is in."""
        return self.stack[-1].mode

    @property
    def target(self) -> Any:
        """What the session works on in this mode."""
        return self.stack[-1].target

    @property
    def hostname(self) -> str:
        """The name the prompt shows."""
        return self.device.spec.name

    @property
    def prompt(self) -> str:
        """What the device shows when it waits for a line."""
        if self.question is not None:
            return self.question.text
        return "" if self._gather is not None else f"{self.hostname}{self.mode.suffix}"

    @property
    def echo(self) -> bool:
        """Whether what is typed now shows."""
        return self.question is None or self.question.echo

    def ask(self, text: str, answer: Callable[[str], str | None], *, echo: bool = True) -> None:
        """Ask; the next line goes to ``answer``, whose words the device prints."""
        self.question = Question(text, answer, echo)

    def gather(self, take: Callable[[str], bool]) -> None:
        """Hand the next lines, as typed, to ``take`` until it returns ``True`` (a banner's text)."""
        self._gather = take

    def enter(self, mode: Mode, target: Any = None) -> None:
        """Go to ``mode`` from where its parent is on the stack."""
        while len(self.stack) > 1 and self.mode is not mode.parent:
            self.stack.pop()
        self.stack.append(Frame(mode, target))

    def leave(self) -> None:
        """Go one mode up; the lowest ends the session."""
        if len(self.stack) > 1:
            self.stack.pop()
        else:
            self.closed = True

    def end(self) -> None:
        """Go to the lowest mode."""
        del self.stack[1:]

    def greeting(self) -> str:
        """Give what the device prints after a login, before the first prompt, with its line ends."""
        return ""

    def on_close(self) -> None:
        """Called once when the session has ended, however it did."""

    def interrupt(self) -> str:
        """Ctrl-C: drop a question; in configuration, leave it."""
        self._gather = None
        if self.question is not None:
            self.question = None
        else:
            self.end()
        return ""

    def execute(self, raw: str) -> str:
        """Take a line and give what the device prints."""
        if self._gather is not None:
            if self._gather(raw):
                self._gather = None
            return ""
        if self.question is not None:
            question, self.question = self.question, None
            return question.answer(raw) or ""
        return self.run(raw)

    def run(self, raw: str, mode: Mode | None = None) -> str:
        """Run a command line, in ``mode`` if given (``do show …``), with its output filters."""
        mode = mode or self.mode
        command, pipes = raw, list[Pipe]()
        if not mode.config or self.pipes_everywhere:
            try:
                command, pipes = split_pipes(raw, self.filters)
            except UnknownFilter as unknown:
                return self.complaint(InvalidInput(unknown.at), raw)
        line = split(command)
        if not line.words or line.raw.lstrip().startswith("!"):
            return ""
        try:
            frames, match = self._match(line, mode)
            if frames is not None:
                del self.stack[frames:]
            return apply_pipes(match.command.run(self, match) or "", pipes)
        except SyntaxProblem as problem:
            return self.complaint(problem, raw)

    #: whether configuration commands may be piped too, as EOS's ``show`` inside configuration
    pipes_everywhere = False

    def _match(self, line: Line, mode: Mode) -> tuple[int | None, Match]:
        """Find the command in this mode, else in the modes above it.

        The first item is how much of the stack remains when the command belongs to a mode above: a device
        that takes a global command inside an interface has left the interface.
        """
        problems: list[SyntaxProblem] = []
        tried: Mode | None = mode
        depth = len(self.stack)
        while tried is not None:
            try:
                match = self._match_in(line, tried)
            except SyntaxProblem as problem:
                problems.append(problem)
            else:
                return (depth if problems else None), match
            # exec commands are not reached from configuration without ``do``
            tried = tried.parent if tried.parent is not None and tried.parent.config else None
            depth -= 1
        raise max(problems, key=lambda problem: (not isinstance(problem, InvalidInput), problem.at))

    def _match_in(self, line: Line, mode: Mode) -> Match:
        first = line.words[0].lower
        negated, defaulted = mode.config and first == "no", mode.config and first == "default"
        skip = 1 if negated or defaulted else 0
        if skip and len(line.words) == 1:
            raise IncompleteCommand(len(line.raw))
        return mode.grammar.match(line, skip, privilege=self.privilege, negated=negated, defaulted=defaulted)

    def complaint(self, problem: SyntaxProblem, raw: str) -> str:
        """Say what is wrong with a line, in Cisco's words."""
        if isinstance(problem, AmbiguousCommand):
            return f'% Ambiguous command:  "{raw.strip()}"'
        if isinstance(problem, IncompleteCommand):
            return "% Incomplete command.\n"
        return f"{' ' * (len(self.prompt) + problem.at)}^\n% Invalid input detected at '^' marker.\n"

    def suggestions(self, raw: str) -> list[tuple[str, str]]:
        """List what ``?`` after ``raw`` shows: words and their help."""
        line = split(raw)
        partial = "" if not line.words or raw[-1:].isspace() else line.words[-1].text
        words = line.words[:-1] if partial else line.words
        done = Line(raw, words)
        skip = 1 if words and self.mode.config and words[0].lower in ("no", "default") else 0
        mode: Mode | None = self.mode
        found: dict[str, str] = {}
        while mode is not None and not found:
            found = dict(mode.grammar.expected(done, skip, partial, privilege=self.privilege))
            mode = mode.parent if mode.config else None
        return list(found.items())

    def help_text(self, raw: str) -> str:
        """Give what the ``?`` key prints."""
        found = self.suggestions(raw)
        if not found:
            return "% Unrecognized command"
        if raw and not raw[-1].isspace():
            return "  ".join(word for word, _ in found)
        return "\n".join(f"  {word:<20} {text}".rstrip() for word, text in found)

    def completion(self, raw: str) -> str:
        """Give what the Tab key adds to ``raw``: the rest of the one keyword it may be."""
        found = [word for word, _ in self.suggestions(raw) if not word.startswith("<") and word[:1].islower()]
        partial = raw.rsplit(maxsplit=1)[-1] if raw and not raw[-1].isspace() else ""
        return found[0][len(partial) :] + " " if len(found) == 1 and partial else ""
