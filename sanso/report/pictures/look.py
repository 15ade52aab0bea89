"""How layers, segments and sites are called and coloured in pictures."""

from __future__ import annotations

from collections.abc import Mapping

from sanso.city.element import Named
from sanso.city.model import City
from sanso.city.segment import Layer
from sanso.messages import Language, text
from sanso.proof.cells import OUTSIDE
from sanso.proof.frame import UNKNOWN

INK, FAINT, RULE, PAPER = "#1f2937", "#5b6472", "#c9ced6", "#ffffff"
ALARM, ALARM_PALE = "#c81e1e", "#fdecec"
FLOW, EGRESS = "#1d4f91", "#5b6472"
GAP = 10.0
"""Between what stands side by side."""

COLOURS: Mapping[str, str] = {
    "mynumber": "#6d4aa3",
    "lgwan": "#1f77a4",
    "internet": "#2b8a5b",
    "management": "#4b5563",
    "school": "#a86a10",
    "public": "#b8457b",
    OUTSIDE.layer: "#374151",
}
"""Of layers, red left out: it says that something is wrong."""

ORDER = (*map(str, (Layer.MYNUMBER, Layer.LGWAN, Layer.INTERNET, Layer.MANAGEMENT, Layer.SCHOOL, Layer.PUBLIC)),)
"""Of layers from left to right, the Internet at the end and those between that nobody here knows."""


def colour(layer: str) -> str:
    """Of a layer."""
    return COLOURS.get(layer, "#6b7280")


def arranged(layers: set[str]) -> list[str]:
    """Layers from left to right."""
    known = [layer for layer in ORDER if layer in layers]
    others = sorted(layers - {*ORDER, OUTSIDE.layer})
    return [*known, *others, *([OUTSIDE.layer] if OUTSIDE.layer in layers else [])]


class Names:
    """Names that people know; ids where a city has no name for them."""

    def __init__(self, city: City | None, lang: Language) -> None:
        self.city = city
        self.lang = lang

    def say(self, key: str, **args: object) -> str:
        """Words of the picture."""
        return text(f"picture.{key}", self.lang, **args)

    def layer(self, layer: str) -> str:
        """Name of a layer."""
        known = {*ORDER, OUTSIDE.layer, UNKNOWN}
        return self.say(f"layer.{layer}") if layer in known else layer

    def segment(self, segment: str) -> str:
        """Name of a segment."""
        known = self.city.segments if self.city is not None else {}
        return self.of(known[segment]) if segment in known else segment

    def site(self, site: str) -> str:
        """Name of a site."""
        known = self.city.sites if self.city is not None else {}
        return self.of(known[site]) if site in known else site

    def of(self, named: Named) -> str:
        """Name of a part of the city."""
        return named.name_ja if self.lang == "ja" else named.name
