"""The embedded city's controller as text: what a reviewer reads when the rendering changes.

``UPDATE_GOLDEN=1`` writes the file anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from sanso.change import assess
from sanso.city import load_city
from sanso.platforms import load_controller
from sanso.render import intend_controllers

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = Path(__file__).with_name("golden") / "hall-wlc-1.cfg"


def test_intent_of_the_controller() -> None:
    intent = intend_controllers(load_city(ROOT / "inventories" / "lab"))["hall-wlc-1"]
    text = load_controller(intent.facts.platform).render(intent.facts)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    assert assess(intent, text).in_sync
