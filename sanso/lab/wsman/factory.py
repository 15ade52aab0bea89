"""A terminal as its installer left it, before anybody licensed it."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.lab.wsman.classes import Classes
from sanso.lab.wsman.licences import LICENSED, NOTIFICATION, NOTIFICATION_REASON, OFFICE, WINDOWS, Licence, Licences
from sanso.lab.wsman.spec import Edition, TerminalSpec
from sanso.lab.wsman.terminal import Terminal
from sanso.lab.wsman.world import World

_ENTERPRISE, _PROFESSIONAL = "Windows(R), Enterprise edition", "Windows(R), Professional edition"
_OFFICE = "Office 24, Office24ProPlus2024VL_{}_AE edition"
_INSTALLED_KEY = "LAB00"
"""Last characters of the keys that come with an edition."""


def make_terminal(spec: TerminalSpec, world: World) -> Terminal:
    """The terminal: products with their keys, what other keys bring, nothing activated but the manufacturer's own."""
    offers = {edition.key: _licence(edition) for edition in spec.editions if edition.key}
    return Terminal(Classes(spec.name, Licences(world, list(_held(spec)), offers)))


def _held(spec: TerminalSpec) -> Iterator[Licence]:
    volume = [edition for edition in spec.editions if edition.channel != "subscription" and not edition.key]
    if not any(edition.application == "windows" for edition in volume):
        yield Licence(WINDOWS, _PROFESSIONAL, "OEM_DM", partial_key=_INSTALLED_KEY, status=LICENSED)
    for edition in volume:
        licence = _licence(edition)
        licence.partial_key, licence.status, licence.reason = _INSTALLED_KEY, NOTIFICATION, NOTIFICATION_REASON
        yield licence


def _licence(edition: Edition) -> Licence:
    mak = edition.channel == "mak"
    channel = "VOLUME_MAK" if mak else "VOLUME_KMSCLIENT"
    if edition.application == "windows":
        return Licence(WINDOWS, _ENTERPRISE, channel)
    return Licence(OFFICE, _OFFICE.format("MAK" if mak else "KMS_Client"), channel)
