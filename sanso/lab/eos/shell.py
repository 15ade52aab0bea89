"""A session on an EOS switch."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sanso.lab.eos.secrets import verify
from sanso.lab.grammar import AmbiguousCommand, IncompleteCommand, Match, SyntaxProblem
from sanso.lab.pipes import UnknownFilter, split_pipes
from sanso.lab.shell import Mode, Shell
from sanso.lab.words import Line, split

if TYPE_CHECKING:
    from sanso.lab.eos.acl import Draft
    from sanso.lab.eos.candidate import Candidate
    from sanso.lab.eos.config import EosConfig, Interface
    from sanso.lab.eos.device import EosDevice
    from sanso.lab.tree import Section

USER, FULL = 1, 15

#: where lines go that belong to no block
TOP: tuple[str, ...] = ()

#: so much of a configuration session's name stands in the prompt
_PROMPT_NAME = 6


class Blocks(list[tuple[str, ...]]):
    """Paths to the blocks a mode works on, and what the prompt shows of them."""

    def __init__(self, keys: Iterable[str], label: str) -> None:
        super().__init__((key,) for key in keys)
        self.label = label


@lru_cache(maxsize=1)
def all_modes() -> dict[str, Mode]:
    """Give the modes, built when the first session needs them."""
    # the tables name handlers, and those the shell
    from sanso.lab.eos.modes import build

    return build()


class EosShell(Shell):
    """A session.

    What a mode works on is a list of paths to blocks, never the blocks: a commit puts new ones in their place.
    Only the mode of an access list holds its lines, in a draft that leaving the mode puts into the configuration.
    """

    device: EosDevice
    filters = (*Shell.filters, "json", "no-more", "nz")

    def __init__(self, device: EosDevice, privilege: int) -> None:
        self.modes = all_modes()
        super().__init__(device, self.modes["exec"], privilege)
        self.candidate: Candidate | None = None
        self.wants_json = False
        self.loading = False

    @property
    def config(self) -> EosConfig:
        """The configuration that is being worked on: the candidate's in a configuration session."""
        return self.device.config if self.candidate is None else self.candidate.config

    @property
    def hostname(self) -> str:
        """The configured host name."""
        return self.device.config.hostname

    @property
    def prompt(self) -> str:
        """What the device shows when it waits for a line."""
        if self.question is not None or self._gather is not None:
            return super().prompt
        if not self.mode.config:
            return f"{self.hostname}{'#' if self.privilege >= FULL else '>'}"
        suffix = self.mode.suffix.format(self._label())
        if self.candidate is not None:
            suffix = suffix.replace("(config", f"(config-s-{self.candidate.name[:_PROMPT_NAME]}", 1)
        return f"{self.hostname}{suffix}"

    def _label(self) -> str:
        """Give what of the mode's target the prompt shows."""
        draft = self.draft
        if draft is not None:
            return draft.name
        if isinstance(self.target, Blocks):
            return self.target.label
        paths: list[tuple[str, ...]] = self.target or [TOP]
        return paths[0][-1].rpartition(" ")[2] if paths[0] else ""

    @property
    def gathering(self) -> bool:
        """Whether the next lines are a text (a banner), not commands."""
        return self._gather is not None

    @property
    def draft(self) -> Draft | None:
        """The access list being written, in the mode of one."""
        return self.target if self.mode.name in ("acl", "acl6") else None

    def go(self, name: str, target: Any = None) -> None:
        """Enter a mode by its name."""
        self.enter(self.modes[name], target)

    def enter(self, mode: Mode, target: Any = None) -> None:
        """Go to ``mode``; an access list that is left so is put into the configuration."""
        self._settle()
        super().enter(mode, target)

    def leave(self) -> None:
        """Go one mode up; leaving a configuration session's first mode leaves the session, which stays pending."""
        self._settle()
        super().leave()
        self._detach()

    def end(self) -> None:
        """Go to the exec mode."""
        self._settle()
        super().end()
        self._detach()

    def abandon(self) -> None:
        """Leave the mode of an access list without its changes."""
        super().leave()

    def _settle(self) -> None:
        if self.draft is not None:
            self.draft.settle(self.config)

    def _detach(self) -> None:
        if self.candidate is not None and not self.mode.config:
            self.candidate.leave(self)
            self.candidate = None

    def on_close(self) -> None:
        """Leave the configuration session; a draft that was not finished is lost."""
        del self.stack[1:]
        self._detach()

    def _match(self, line: Line, mode: Mode) -> tuple[int | None, Match]:
        frames, match = super()._match(line, mode)
        if frames is not None:
            # a command of a mode above: it must find the list as written
            self._settle()
        return frames, match

    def interrupt(self) -> str:
        """Ctrl-C: drop a question or a text being typed; the mode stays."""
        self._gather = None
        self.question = None
        return ""

    def run(self, raw: str, mode: Mode | None = None) -> str:
        """Run a command line; in configuration it is a change of the device or of the candidate."""
        configuring = (mode or self.mode).config
        before, self.wants_json = self.wants_json, self.wants_json or self._asks_json(raw)
        try:
            output = super().run(raw, mode)
        finally:
            self.wants_json = before
        if configuring and self.candidate is None and not self.loading:
            self.device.touched()
        return output

    def _asks_json(self, raw: str) -> bool:
        try:
            return any(pipe.name == "json" for pipe in split_pipes(raw, self.filters)[1])
        except UnknownFilter:
            return False

    def shown(self, data: Callable[[], dict[str, Any]], text: Callable[[], str]) -> str:
        """Give what a ``show`` command prints: text, or JSON where that was asked for."""
        return json.dumps(data(), indent=4) if self.wants_json else text()

    def complaint(self, problem: SyntaxProblem, raw: str) -> str:
        """Say what is wrong with a line, in EOS's words."""
        if isinstance(problem, AmbiguousCommand):
            return "% Ambiguous command"
        if isinstance(problem, IncompleteCommand):
            return "% Incomplete command"
        return "% Invalid input (privileged mode required)" if self._is_privileged(raw) else "% Invalid input"

    def _is_privileged(self, raw: str) -> bool:
        if self.mode.config or self.privilege >= FULL:
            return False
        try:
            self.mode.grammar.match(split(split_pipes(raw, self.filters)[0]))
        except (SyntaxProblem, UnknownFilter):
            return False
        return True

    @property
    def interfaces(self) -> list[Interface]:
        """The interfaces being configured."""
        return [self.config.open_interface(path[0].partition(" ")[2]) for path in self.target]

    def lines(self) -> Iterable[Section]:
        """Give the lines the session works on in this mode."""
        return [self.config.section(path) for path in self.target or [TOP]]

    def paths_below(self, key: str) -> list[tuple[str, ...]]:
        """Give the paths of a block that a line of this mode opens."""
        return [(*path, key) for path in self.target or [TOP]]

    def enable(self) -> str | None:
        """Become privileged; asks for a password where one is configured."""
        kept = self.device.config.root.value("enable password")
        if self.privilege >= FULL or not kept:
            self.privilege = FULL
            return None
        self._ask_password(kept, 3)
        return None

    def _ask_password(self, kept: str, tries: int) -> None:
        def check(typed: str) -> str | None:
            if verify(typed, kept):
                self.privilege = FULL
                return None
            if tries == 1:
                return "% Bad secret"
            self._ask_password(kept, tries - 1)
            return None

        self.ask("Password: ", check, echo=False)
