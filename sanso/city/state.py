"""The state that the city is in: every day's, or that of a disaster, in which public Wi-Fi opens to everybody."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import AwareDatetime, Field

from sanso.city.element import Element, Words

State = Literal["normal", "disaster"]
STATES: tuple[State, ...] = get_args(State)


class Situation(Element):
    """The state of the city, and where it is not the usual one, who said so and until when (`sanso_state`)."""

    state: State = Field(default="normal", description="`normal`, or `disaster` while the open disaster SSID is on.")
    since: AwareDatetime | None = Field(default=None, description="When it began, with its offset from UTC.")
    until: AwareDatetime | None = Field(
        default=None, description="When it is to end, with its offset from UTC; reports remind of it."
    )
    approvers: list[Words] = Field(default_factory=list, description="Two persons who decided on it, by name.")
    reason: Words | None = Field(default=None, description="What happened.")
