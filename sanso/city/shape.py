"""Pydantic's errors in the words of people who write inventories: MODEL-01."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from difflib import get_close_matches
from ipaddress import ip_network
from typing import Any

from pydantic import BaseModel, ValidationError

from sanso.city.document import (
    CITY_VARIABLES,
    DEVICE_VARIABLE,
    HOST_VARIABLES,
    PLATFORM_VARIABLE,
    PORTS_VARIABLE,
    SITE_VARIABLE,
)
from sanso.city.fields import known_keys
from sanso.city.model import City
from sanso.messages import Finding, Severity
from sanso.messages.source import Location, Path

Detail = Mapping[str, Any]

_KEY = "[key]"
_VARIANTS = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "literal_error": "choice",
    "enum": "choice",
    "union_tag_invalid": "choice",
    "union_tag_not_found": "missing",
    "int_type": "number",
    "int_parsing": "number",
    "int_from_float": "number",
    "greater_than_equal": "low",
    "less_than_equal": "high",
    "string_type": "text",
    "string_too_long": "long",
    "string_too_short": "empty",
    "too_short": "empty",
    "bool_type": "truth",
    "bool_parsing": "truth",
    "date_type": "date",
    "date_parsing": "date",
    "date_from_datetime_parsing": "date",
    "ip_v4_network": "prefix4",
    "ip_v6_network": "prefix6",
    "ip_v4_address": "address4",
    "ip_v6_address": "address6",
    "timezone_aware": "moment",
    "datetime_type": "moment",
    "datetime_parsing": "moment",
    "datetime_from_date_parsing": "moment",
    "month_day": "month_day",
    "day_or_moment": "day_or_moment",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
    "list_type": "list",
}
"""Pydantic's error types → variants of MODEL-01."""

_VALUES = {"from": "clock", "to": "clock", "timezone": "zone", "ssid": "ssid"}
"""Keys whose values the model checks by itself → variants."""

_HOSTS = {"devices": DEVICE_VARIABLE, **HOST_VARIABLES}
"""Parts of the document that are hosts → variable that makes a host one."""
_HOST_PARTS = {"site": SITE_VARIABLE, "platform": PLATFORM_VARIABLE, "ports": PORTS_VARIABLE}
_VARIABLES = {
    **dict.fromkeys(CITY_VARIABLES.values(), "group_vars/all"),
    SITE_VARIABLE: "group_vars/<site>",
    PLATFORM_VARIABLE: "group_vars/<platform>",
    PORTS_VARIABLE: "host_vars/<host>",
}
"""Whole variables → where each is written."""

_PATTERNS = {
    "^[a-z][a-z0-9_]*$": "name",
    r"^[\x20-\x7e]*$": "ascii",
    "^[A-Za-z][A-Za-z0-9-]{0,62}$": "hostname",
    "^[0-9a-f]{2}(:[0-9a-f]{2}){5}$": "mac",
    r"^https://[^\s]+$": "url",
    r"^[A-Za-z][A-Za-z0-9_.-]{0,14}$": "interface",
    r"^(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$": "path",
}
"""Patterns of the model → variants; the one other pattern is that of services."""


def shape_findings(
    error: ValidationError, data: Any, find: Callable[[Path], Location | None], model: type[BaseModel] = City
) -> Iterator[Finding]:
    """A finding for each thing wrong with the shape of the document, in its order."""
    details = error.errors(include_url=False)
    paths = [_path(data, detail["loc"]) for detail in details]
    for detail, path in zip(details, paths, strict=True):
        if not _is_other_branch(detail, path, details, paths):
            variant, args = _words(detail, path, model)
            if variant == "choice" and (others := list(_alternatives(path, details, paths, model))):
                args["known"] = args["near"] = ", ".join([args["known"], *others])
            yield Finding(
                "MODEL-01",
                Severity.ERROR,
                path,
                find(path),
                {"where": _variable(path), "key": path[-1], **args},
                variant,
            )


def _path(data: Any, loc: Path) -> Path:
    """The steps of an error's place that are steps in the data; the rest name branches of a union."""
    path: list[str | int] = []
    for index, step in enumerate(loc):
        if _has(data, step):
            data = data[step]
        elif index < len(loc) - 1 or step == _KEY or not isinstance(data, Mapping) or "[" in str(step):
            continue
        path.append(step)
    return tuple(path)


def _has(data: Any, step: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, Mapping) and step in data


def _is_other_branch(detail: Detail, path: Path, details: list[Any], paths: list[Path]) -> bool:
    """Whether the error only says that a value is not of the other kind that it could have been.

    Of a union such as ``always`` or a list of windows, one branch is meant: a list or mapping means the branch
    with errors inside, a word means the literal.
    """
    same = [other for other, place in zip(details, paths, strict=True) if place == path and other is not detail]
    if detail["type"] == "literal_error" and isinstance(detail["input"], Mapping | list):
        return len(paths) > 1 and any(place[: len(path)] == path for place in paths if place is not path)
    if detail["type"] in {"model_type", "list_type"}:
        return any(other["type"] == "literal_error" for other in same)
    return False


def _alternatives(path: Path, details: list[Any], paths: list[Path], model: type[BaseModel]) -> Iterator[str]:
    """What else than a word may stand at a path, where a union also takes a mapping or a list."""
    for detail, place in zip(details, paths, strict=True):
        if place == path and detail["type"] == "model_type":
            yield f"{{{', '.join(f'{key}: …' for key in known_keys(detail['loc'], model))}}}"
        elif place == path and detail["type"] == "list_type":
            yield "[…]"


def _words(detail: Detail, path: Path, model: type[BaseModel]) -> tuple[str, dict[str, Any]]:
    """Variant and arguments of the finding for an error."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    variant = _VARIANTS.get(kind, "other")
    args: dict[str, Any] = {"found": _short(value)}
    if kind == "string_pattern_mismatch":
        variant = _PATTERNS.get(context["pattern"], "service")
        args["mended"] = re.sub(r"[^a-z0-9]+", "_", str(value).lower()).strip("_")
    elif kind == "value_error":
        variant = _VALUES.get(str(path[-1]), "other")
    elif variant == "unknown":
        args |= _nearest(str(path[-1]), known_keys(detail["loc"][:-1], model), found=str(path[-1]))
    elif variant == "choice":
        found = context.get("tag", value)
        expected = context.get("expected_tags", context.get("expected", ""))
        args |= _nearest(str(found), re.findall(r"'([^']*)'", expected), found=_short(found))
        if kind == "union_tag_invalid":
            args["key"] = "profile"
    elif value is None and _variable(path) == DEVICE_VARIABLE:
        variant, args = "device", {"host": path[1]}
    elif kind == "missing" and (place := _VARIABLES.get(_variable(path))) is not None:
        variant, args = "variable", {"variable": _variable(path), "place": place}
    elif kind == "missing":
        present = [str(key) for key in value] if isinstance(value, Mapping) else []
        args |= {"where": _variable(path[:-1]), "found": ", ".join(present) or "-"}
    elif kind == "union_tag_not_found":
        args |= {"key": "profile", "found": ", ".join(map(str, value)) or "-"}
    elif variant == "number":
        args["found"] = repr(value)
    elif variant in {"low", "high", "long"}:
        args["limit"] = next(iter(context.values()))
    elif variant in {"prefix4", "prefix6"}:
        args["mended"] = _network(value, 4 if variant == "prefix4" else 6)
    elif variant == "other":
        args["problem"] = detail["msg"]
    return variant, args


def _nearest(word: str, known: list[str], found: str) -> dict[str, Any]:
    close = get_close_matches(word, known, n=1)
    return {"known": ", ".join(known), "near": close[0] if close else ", ".join(known), "found": found}


def _network(value: Any, version: int) -> str:
    """The prefix that was meant where only host bits are wrong, else an example."""
    try:
        network = ip_network(value, strict=False)
    except (TypeError, ValueError):
        network = None
    example = "10.21.0.0/16" if version == 4 else "fd5a:6d21:9912::/48"
    return str(network) if network is not None and network.version == version else example


def _variable(path: Path) -> str:
    """The path as an inventory says it: the name of a variable, and the keys inside it."""
    steps = [str(step) for step in path] or ["inventory"]
    if steps[0] in CITY_VARIABLES:
        steps[0] = CITY_VARIABLES[steps[0]]
    elif steps[0] == "sites":
        steps = [SITE_VARIABLE, *steps[2:]]
    elif (whole := _HOSTS.get(steps[0])) is not None:
        own = _HOST_PARTS.get(steps[2]) if len(path) > 2 else None
        steps = [own, *steps[3:]] if own else [whole, *steps[2:]]
    return ".".join(steps)


def _short(value: Any) -> str:
    text = (
        "-"
        if value is None
        else str(value)
        if isinstance(value, date | time) or (isinstance(value, str) and value)
        else repr(value)
    )
    return text if len(text) <= 60 else f"{text[:57]}..."
