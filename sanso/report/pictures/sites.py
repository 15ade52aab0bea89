"""The lower part of the picture: how many segments of each layer each site has, and where crossings begin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sanso.proof.matrix import Matrix
from sanso.proof.prove import Crossing
from sanso.report.pictures.arrows import cross
from sanso.report.pictures.look import ALARM, FAINT, INK, PAPER, RULE, Names, colour
from sanso.report.pictures.svg import Drawing, measure, shortened

CELL, MARGIN, MOST = 16.0, 132.0, 64
SLANTED = 14
"""From so many sites on, their names stand upright."""
NAME_SIZE, NAME_LIMIT = 8.5, 104.0


class Sites:
    """A grid of sites and layers; many sites are several grids, one below the other."""

    def __init__(self, matrix: Matrix, crossings: Iterable[Crossing], names: Names) -> None:
        self.names = names
        self.counts: dict[tuple[str, str], int] = {}
        for site, layer, _ in {(place.site, place.layer, place.segment) for place in matrix.places if place.site}:
            self.counts[site, layer] = self.counts.get((site, layer), 0) + 1
        self.sites = list(dict.fromkeys(place.site for place in matrix.places if place.site))
        self.marked = {(one.source.place.site, one.source_layer) for one in crossings if one.source.place is not None}

    def draw(self, page: Drawing, layers: Sequence[str], left: float, width: float, top: float) -> float:
        """Draw the grids; the lower edge."""
        shown = [layer for layer in layers if any(layer == one for _, one in self.counts)]
        if not shown:
            return top
        heading = self.names.say("sites")
        page.text(left, top + 12, heading, 12, font_weight="bold", fill=INK)
        if self.marked:
            beside = left + measure(heading, 12) + 24
            page.text(beside, top + 12, self.names.say("marked"), 10, fill=ALARM)
        top += 20
        grids = -(-len(self.sites) // MOST)
        size = -(-len(self.sites) // grids)
        for start in range(0, len(self.sites), size):
            top = self._grid(page, self.sites[start : start + size], shown, left, width, top, size) + 10
        return top

    def _grid(
        self, page: Drawing, sites: list[str], layers: Sequence[str], left: float, width: float, top: float, size: int
    ) -> float:
        pitch = min((width - MARGIN) / size, 150.0)
        upright = size > SLANTED
        named = [self.names.site(site) for site in sites]
        limit = NAME_LIMIT if upright else pitch - 6
        head = max(measure(shortened(name, NAME_SIZE, limit), NAME_SIZE) for name in named) + 6 if upright else 16
        for place, name in enumerate(named):
            x = left + MARGIN + pitch * (place + 0.5)
            words = shortened(name, NAME_SIZE, limit)
            if upright:
                at = f"rotate(-90 {x + 3:.1f} {top + head - 3:.1f})"
                page.text(x + 3, top + head - 3, words, NAME_SIZE, name, fill=INK, transform=at)
            else:
                page.text(x, top + head - 4, words, NAME_SIZE, name, anchor="middle", fill=INK)
        top += head
        for number, layer in enumerate(layers):
            y = top + CELL * number
            words = shortened(self.names.layer(layer), 9.5, MARGIN - 10)
            page.text(left, y + 11.5, words, 9.5, layer, fill=colour(layer), font_weight="bold")
            for place, site in enumerate(sites):
                self._cell(page, site, layer, left + MARGIN + pitch * place, y, pitch)
        return top + CELL * len(layers)

    def _cell(self, page: Drawing, site: str, layer: str, x: float, y: float, pitch: float) -> None:
        count = self.counts.get((site, layer), 0)
        title = f"{self.names.site(site)} · {self.names.layer(layer)}: {count}"
        ground = {"fill": colour(layer), "fill_opacity": 0.14} if count else {"fill": PAPER}
        page.box(x + 0.5, y + 0.5, pitch - 1, CELL - 1, title, stroke=RULE, stroke_width=0.5, **ground)
        if (site, layer) in self.marked:
            page.box(x + 1, y + 1, pitch - 2, CELL - 2, title, fill="none", stroke=ALARM, stroke_width=2)
            cross(page, x + pitch / 2, y + CELL / 2, 3.5)
        elif count:
            page.text(x + pitch / 2, y + 11.5, str(count), 9, title, anchor="middle", fill=FAINT)
