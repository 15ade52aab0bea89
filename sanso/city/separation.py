"""Separation models of the guideline, kept as data: one YAML file each."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import Field

from sanso.city.element import Named
from sanso.city.segment import Layer, Purpose

ModelName = Literal["alpha", "alpha_prime", "beta", "beta_prime"]


class SeparationModel(Named):
    """Which layer each purpose may stand in, and whether there is a local breakout (三層分離のモデル)."""

    source: str = Field(description="Where the model is defined.")
    verified: bool = Field(description="Whether a person compared this file with its source.")
    breakout_layers: list[Layer] = Field(description="Layers that may have a local breakout.")
    placement: dict[Purpose, list[Layer]] = Field(description="Layers that each purpose may stand in.")


@cache
def separation_model(name: ModelName) -> SeparationModel:
    """Read the data file of a separation model."""
    text = files("sanso.city").joinpath("models", f"{name}.yml").read_text(encoding="utf-8")
    return SeparationModel.model_validate(yaml.safe_load(text))
