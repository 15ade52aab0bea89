"""Units of systemd and settings of the kernel: no radio without the filter, no forwarding, transmit power."""

from __future__ import annotations

import re

from sanso.platforms.hostapd.files import FILTER, FILTER_UNIT, Unread

FORWARDING_OFF = "net.ipv4.ip_forward = 0\nnet.ipv6.conf.all.forwarding = 0\n"
"""An access point bridges and never routes."""
FILTER_SERVICE = f"""[Unit]
Description=Filter between the air and this access point
DefaultDependencies=no
After=local-fs.target
Before=network-pre.target
Wants=network-pre.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f {FILTER}
ExecReload=/usr/sbin/nft -f {FILTER}

[Install]
WantedBy=multi-user.target
"""
_FILTER = FILTER_UNIT.rpartition("/")[2]
RADIO_SERVICE = f"""[Unit]
Description=WLANs of radio %I
Requires={_FILTER}
After={_FILTER} network.target
StartLimitIntervalSec=0

[Service]
ExecStart=/usr/sbin/hostapd /etc/hostapd/%i.conf
Restart=on-failure
RestartSec=2

[Install]
WantedBy=multi-user.target
"""
"""Debian's own unit waits for nothing but the radio; this one for the filter, and for a radio that comes late."""
_POWER = "[Service]\nExecStartPost=/usr/sbin/iw dev {interface} set txpower fixed {power}00\n"


def power_text(interface: str, power: int) -> str:
    """What is added to a radio's unit: its highest power in dBm, which hostapd has no word for (iw wants mBm)."""
    return _POWER.format(interface=interface, power=power)


def read_power(path: str, interface: str, text: str) -> tuple[int | None, list[Unread]]:
    """Power in dBm of what is added to a radio's unit, and its file where it is not understood."""
    match = re.search(r"txpower fixed (\d+)00$", text, re.MULTILINE)
    if match and text == power_text(interface, int(match[1])):
        return int(match[1]), []
    return None, [Unread(path, 0, "[Service]")]
