"""One radio, as lines of hostapd's configuration, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanso.network.wireless import AirRadio, Band
from sanso.platforms.hostapd.channels import OPERATING_CLASSES, centre, first_choice, second_half
from sanso.platforms.hostapd.hardware import Hardware

COUNTRY = "JP"
_WIDE = {20: 0, 40: 0, 80: 1, 160: 2}
"""Width in MHz → what VHT and HE call it."""


def radio_lines(band: Band, radio: AirRadio, hardware: Hardware) -> list[str]:
    """Lines of a radio before those of its first BSS."""
    channel = first_choice(radio.channels)
    return [
        f"interface={hardware.radios[band]}",
        "driver=nl80211",
        "ctrl_interface=/run/hostapd",
        "logger_syslog=-1",
        "logger_syslog_level=2",
        f"country_code={COUNTRY}",
        "ieee80211d=1",
        *(["ieee80211h=1"] if band == "5ghz" else []),  # radar detection needs it
        f"hw_mode={'g' if band == '2.4ghz' else 'a'}",
        f"channel={channel}",
        *([f"chanlist={' '.join(map(str, sorted(radio.channels)))}"] if len(radio.channels) > 1 else []),
        *_width_lines(band, channel, radio.width, hardware.generation),
    ]


def _width_lines(band: Band, channel: int, width: int, generation: int) -> Iterator[str]:
    """What each generation of Wi-Fi says of the width of a channel."""
    wide, middle = _WIDE[width], centre(band, channel, width)
    if band == "6ghz":
        yield f"op_class={OPERATING_CLASSES[width]}"
    else:
        yield "ieee80211n=1"
        if width > 20:
            yield f"ht_capab=[HT40{second_half(band, channel)}]"
    if band == "5ghz" and generation >= 5:
        yield from ("ieee80211ac=1", f"vht_oper_chwidth={wide}")
        if width > 20:
            yield f"vht_oper_centr_freq_seg0_idx={middle}"
        if width == 160:
            yield "vht_capab=[VHT160]"
    if band == "6ghz" or generation >= 6:
        yield from ("ieee80211ax=1", f"he_oper_chwidth={wide}")
        if band != "2.4ghz" and width > 20:
            yield f"he_oper_centr_freq_seg0_idx={middle}"


def read_band(settings: Mapping[str, str]) -> Band:
    """Band of a radio."""
    if settings.get("hw_mode", "b") != "a":
        return "2.4ghz"
    return "6ghz" if "op_class" in settings else "5ghz"


def read_radio(settings: Mapping[str, str], power: int | None) -> AirRadio:
    """Channels and width that the settings come nearest to; whoever asks looks whether all of them fit."""
    named = {int(word) for word in settings.get("chanlist", "").split() if word.isdecimal()}
    channel = settings.get("channel", "0")
    channels = named | ({int(channel)} if channel.isdecimal() and channel != "0" else set())
    return AirRadio(frozenset(channels), _read_width(settings), power)


def _read_width(settings: Mapping[str, str]) -> int:
    if "op_class" in settings:
        return next((width for width, number in OPERATING_CLASSES.items() if str(number) == settings["op_class"]), 20)
    wide = settings.get("he_oper_chwidth", settings.get("vht_oper_chwidth", "0"))
    if wide in ("1", "2"):
        return 80 * int(wide)
    return 40 if "HT40" in settings.get("ht_capab", "") else 20
