"""Linux access points: hostapd on the air, a bridge of systemd-networkd for each VLAN, a filter of nftables between.

Facts become files and files become facts; nothing here contacts an access point.
"""

from sanso.platforms.hostapd.difference import FileDifference, file_differences
from sanso.platforms.hostapd.files import File, Unread
from sanso.platforms.hostapd.hardware import Hardware
from sanso.platforms.hostapd.read import Reading, as_read, read
from sanso.platforms.hostapd.render import UnsupportedError, render

__all__ = [
    "File",
    "FileDifference",
    "Hardware",
    "Reading",
    "Unread",
    "UnsupportedError",
    "as_read",
    "file_differences",
    "read",
    "render",
]
