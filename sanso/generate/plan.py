"""The words and kinds that generated cities are made of, read from ``plan.yml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Data = dict[str, Any]


@cache
def plan() -> Data:
    """The data file as plain data; nobody may change it."""
    text = files("sanso.generate").joinpath("plan.yml").read_text(encoding="utf-8")
    data: Data = yaml.safe_load(text)
    return data


def segment_ports(segment: str) -> str | None:
    """On which ports a segment appears untagged: ``user``, ``server``, or None."""
    known: Data = plan()["segments"].get(segment) or plan()["numbered"][segment.rpartition("_")[0]]
    return known.get("ports")
