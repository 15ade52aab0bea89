"""What is sent for a new host, as a person would read it; libvirt 9.0 took each of these texts."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, indent, tostring

import pytest

from sanso.hypervisors import Creation
from sanso.hypervisors.libvirt.definition import new_definition
from sanso.hypervisors.libvirt.network import render_network
from sanso.hypervisors.libvirt.pool import render_pool, render_volume
from tests.hypervisors.libvirt.host import SEGMENTS, WEB

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("name", "element"),
    [
        ("machine.xml", new_definition(WEB, Creation())),
        ("machine-in-tests.xml", new_definition(WEB, Creation(accelerated=False, kernel_switch=False))),
        ("network.xml", render_network(SEGMENTS)),
        ("pool.xml", render_pool("machines", "/srv/machines")),
        ("volume.xml", render_volume("web-system.qcow2", 20)),
    ],
)
def test_what_is_sent_is_as_it_was_read_last(name: str, element: Element) -> None:
    indent(element)
    assert tostring(element, encoding="unicode") + "\n" == (GOLDEN / name).read_text(encoding="utf-8")
