"""What reminds people that the city is in another state than usual, and when that is to end."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sanso.city import City
from sanso.messages import Language, text


def situation_text(city: City, now: datetime, lang: Language) -> str:
    """One line; empty in the usual state.

    Args:
        city: the city.
        now: the moment, with its time zone.
        lang: the language.
    """
    one = city.situation
    if one.state == "normal":
        return ""
    who = text("situation.and", lang).join(one.approvers) or "-"
    if one.until is None:
        return text("situation.open", lang, state=one.state, approvers=who, reason=one.reason or "-")
    key = "over" if one.until <= now else "on"
    until = one.until.astimezone(ZoneInfo(city.settings.timezone))
    days, hours = divmod(int(abs(one.until - now).total_seconds()) // 3600, 24)
    said = {"days": days, "hours": hours, "until": f"{until:%Y-%m-%d %H:%M (%Z)}"}
    return text(f"situation.{key}", lang, state=one.state, approvers=who, reason=one.reason or "-", **said)
