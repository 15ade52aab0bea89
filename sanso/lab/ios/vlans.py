"""VLANs, and lists of VLAN numbers as IOS reads and prints them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sanso.lab import vlanlist
from sanso.lab.vlanlist import parse_list
from sanso.lab.words import Kind, Line, Taken

#: FDDI and Token Ring VLANs every switch has and nobody may change
RESERVED = {1002: "fddi-default", 1003: "token-ring-default", 1004: "fddinet-default", 1005: "trnet-default"}

#: longest line of a VLAN list in a configuration: IOS goes on in a line of ``add``
_WRAP = 60


@dataclass
class Vlan:
    """One VLAN; ``name`` is empty while nobody gave one."""

    number: int
    name: str = ""
    state: str = "active"
    shutdown: bool = False

    @property
    def title(self) -> str:
        """The name shown: the one given, else IOS's own."""
        if self.number == 1:
            return "default"
        return self.name or RESERVED.get(self.number) or f"VLAN{self.number:04}"

    @property
    def status(self) -> str:
        """The status as tables print it."""
        if self.number in RESERVED:
            return "act/unsup"
        short = {"active": "act", "suspend": "sus"}[self.state]
        return f"{short}/lshut" if self.shutdown else {"act": "active", "sus": "suspended"}[short]


def format_list(numbers: Iterable[int]) -> str:
    """Print numbers as IOS does: two neighbours with a comma, three and more as a range."""
    return vlanlist.format_list(numbers, shortest=3)


def wrap_list(text: str) -> list[str]:
    """Cut a printed list into the pieces IOS puts on lines of their own."""
    pieces: list[str] = []
    for part in text.split(","):
        if pieces and len(pieces[-1]) + 1 + len(part) <= _WRAP:
            pieces[-1] += f",{part}"
        else:
            pieces.append(part)
    return pieces


def _take(line: Line, index: int) -> Taken:
    """Take a list that may have blanks after its commas."""
    text, count = line.words[index].text, 1
    while text.endswith(",") and index + count < len(line.words):
        text += line.words[index + count].text
        count += 1
    numbers = parse_list(text)
    return None if numbers is None else (count, format_list(numbers))


VLAN_LIST = Kind(_take, "WORD  VLAN IDs of the VLANs, such as 10,20-22")
