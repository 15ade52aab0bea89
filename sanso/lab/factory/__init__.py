"""What each emulated device boots with the first time: as its installer left it, before sanso ever saw it.

None of these lines is in the project's scope, so a rollout must leave every one of them as it is.
"""

from sanso.lab.factory import eos, ios
from sanso.lab.factory.place import Place, place_of

OUT_OF_BAND = {"ios": ios.OUT_OF_BAND, "eos": eos.OUT_OF_BAND}
"""Platform → its port beside the switching fabric, which no inventory names."""

_TEXTS = {"ios": ios.text, "eos": eos.text}

__all__ = ["OUT_OF_BAND", "Place", "place_of", "startup_config"]


def startup_config(platform: str, place: Place) -> str | None:
    """First configuration of a device; None where the platform has no template, so that its own factory's holds."""
    text = _TEXTS.get(platform)
    return None if text is None else text(place)
