"""Which keys a place in the city's document may have."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sanso.city.model import City
from sanso.messages.source import Path


def known_keys(loc: Path, model: Any = City) -> list[str]:
    """Keys of the model at the place of a pydantic error; none where there is no model."""
    for step in loc:
        model = _step(model, step)
    found = next((one for one in _branches(model) if _is_model(one)), None)
    if found is None:
        return []
    return [field.alias or name for name, field in found.model_fields.items()]


def _step(model: Any, step: str | int) -> Any:
    """The type one step further; a step may also name a branch of a union: its class or its tag."""
    for one in _branches(model):
        origin = get_origin(one)
        if origin in {dict, Mapping}:
            return get_args(one)[1]
        if origin is list:
            return one if isinstance(step, str) else get_args(one)[0]
        if _is_model(one):
            if step in {one.__name__, _tag(one)}:
                return one
            for name, field in one.model_fields.items():
                if step in {name, field.alias}:
                    return field.annotation
    return model


def _branches(model: Any) -> tuple[Any, ...]:
    """Members of a union, however deep; a single type is its own only branch."""
    if get_origin(model) is Annotated:
        return _branches(get_args(model)[0])
    if get_origin(model) in {Union, types.UnionType}:
        return tuple(branch for one in get_args(model) for branch in _branches(one))
    return (model,)


def _is_model(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, BaseModel)


def _tag(model: type[BaseModel]) -> str | None:
    field = model.model_fields.get("profile")
    if field is None or get_origin(field.annotation) is not Literal:
        return None
    return str(get_args(field.annotation)[0])
