"""Findings of the proof: they point at lines of configurations and carry the chain of lines that leads there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sanso.messages import Finding, Language, Severity, text
from sanso.messages.source import Location
from sanso.network.snapshot import Interface, Line
from sanso.network.vlans import write_vlans

Args = Mapping[str, Any]
"""Arguments of a finding's words."""


class Step(NamedTuple):
    """One port or interface on a way through the network, and the line that lets frames or packets pass it."""

    device: str
    port: str
    line: Line
    assumed: bool = False
    """Whether no source says so, but it may be: a dynamic mode, a link guessed from equal subnets."""

    def __str__(self) -> str:
        return f"{self.device} {self.port} ({self.line})"


@dataclass(frozen=True)
class ChainFinding(Finding):
    """A finding with its way through the network; the location is that of the line at fault."""

    chain: tuple[Step, ...] = ()

    def lines(self, lang: Language) -> list[str]:
        """The finding as people read it, and its chain, a line for each step."""
        steps = [
            f"      {step.device} {step.port}: {step.line}{text('topology.assumed', lang) if step.assumed else ''}"
            for step in self.chain
        ]
        return [*super().lines(lang), *([f"    {text('topology.chain', lang)}", *steps] if steps else [])]

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """The finding as plain data, its chain included."""
        chain = [{**step._asdict(), "line": str(step.line)} for step in self.chain]
        return {**super().as_dict(lang), "chain": chain}


def error(rule: str, line: Line, args: Args, variant: str = "", chain: Sequence[Step] = ()) -> ChainFinding:
    """A finding that means: not proved, or proved to be open."""
    return ChainFinding(rule, Severity.ERROR, (), place(line), args, variant, tuple(chain))


def warning(rule: str, line: Line, args: Args, variant: str = "", chain: Sequence[Step] = ()) -> ChainFinding:
    """A finding that takes nothing from the proof."""
    return ChainFinding(rule, Severity.WARNING, (), place(line), args, variant, tuple(chain))


def place(line: Line) -> Location:
    """Where a line stands; what no line says stands at the top of its file."""
    return Location(line.file, max(line.number, 1), 1)


def port_line(interface: Interface, *words: str) -> Line:
    """The line of a port that speaks of one of the words, in their order; else the one that sets its mode.

    Where a default says so, and no line, it is the interface's own.
    """
    lines = [line for line in interface.switching.lines if line.number] if interface.switching is not None else []
    for word in words:
        for line in lines:
            if word in line.text:
                return line
    return lines[0] if lines else interface.line


def ranges(vlans: Sequence[int] | frozenset[int]) -> str:
    """VLAN ids as configurations write them: ``10,20-22``."""
    return write_vlans(vlans) or "-"
