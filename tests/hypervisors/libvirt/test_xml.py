from __future__ import annotations

from xml.etree.ElementTree import ParseError

import pytest

from sanso.hypervisors.libvirt.xml import mebibytes, parse, strange, written

BOMB = (
    """<!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><domain><name>&b;</name></domain>"""
)
FILE = """<!DOCTYPE name [<!ENTITY x SYSTEM "file:///etc/hostname">]><domain><name>&x;</name></domain>"""


@pytest.mark.parametrize("text", [BOMB, FILE])
def test_a_text_that_defines_entities_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="document type"):
        parse(text)


def test_elements_and_attributes_that_nobody_knows_are_told_and_can_be_taken_out() -> None:
    element = parse("<a><known x='1' y='2'><inner/><odd z='3'/></known><odd/></a>")
    found = list(strange(element, {"known": None, "known@x": None, "known/inner": None}))
    assert [one.text for one in found] == ['known y="2"', '<odd z="3" />', "<odd />"]
    for one in found:
        one.remove()
    assert written(element) == '<a><known x="1"><inner /></known></a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<memory unit='KiB'>131072</memory>", 128),
        ("<memory>131073</memory>", 129),
        ("<memory unit='GiB'>2</memory>", 2048),
        ("<memory unit='bytes'>1</memory>", 1),
    ],
)
def test_memory_is_in_mebibytes(text: str, expected: int) -> None:
    assert mebibytes(parse(text)) == expected
