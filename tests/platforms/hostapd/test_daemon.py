"""What hostapd and nft themselves say of the files, by the command that the role puts on access points."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from sanso.network.wireless import WirelessFacts, with_secrets
from sanso.platforms.hostapd import Hardware, render
from sanso.platforms.hostapd.files import FILTER
from tests.platforms.hostapd.strategies import SERVERS, access_points, hardware

COMMAND = Path(__file__).parents[3] / "roles/access_point/files/sanso-access-point"
CHECKED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
needs_hostapd = pytest.mark.skipif(shutil.which("hostapd") is None, reason="hostapd is not installed")
needs_nft = pytest.mark.skipif(shutil.which("nft") is None, reason="nft is not installed")


def check(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Ask hostapd; files of VLANs are looked for beside the configuration."""
    file = folder / "radio.conf"
    file.write_text(text.replace("vlan_file=/etc/hostapd/", f"vlan_file={folder}/"), encoding="utf-8")
    return subprocess.run(["/bin/sh", COMMAND, "check", file], capture_output=True, text=True, check=False)


def filled(text: str) -> str:
    passphrases = {f"wlan_{number}": f"passphrase {number}" for number in range(4)}
    return with_secrets(text, passphrases, dict.fromkeys(SERVERS, "shared secret"))


@needs_hostapd
@CHECKED
@given(access_points(), hardware)
def test_hostapd_accepts_every_file(tmp_path: Path, facts: WirelessFacts, box: Hardware) -> None:
    files = render(facts, box)
    for file in files:
        if file.path.endswith(".vlan"):
            (tmp_path / Path(file.path).name).write_text(file.text)
    for file in files:
        if file.path.endswith(".conf") and file.path.startswith("/etc/hostapd/"):
            asked = check(tmp_path, filled(file.text))
            assert asked.returncode == 0, asked.stderr


@needs_nft
@CHECKED
@given(access_points(), hardware)
def test_nft_accepts_every_filter(tmp_path: Path, facts: WirelessFacts, box: Hardware) -> None:
    text = next(file.text for file in render(facts, box) if file.path == FILTER)
    (tmp_path / "filter.nft").write_text(text)
    command = ["unshare", "--user", "--map-root-user", "--net", "nft", "--check", "--file", tmp_path / "filter.nft"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr


GOOD = """interface=wlan0
driver=nl80211
hw_mode=g
channel=6
ssid2="CITY"
wpa=2
wpa_key_mgmt=WPA-PSK
rsn_pairwise=CCMP
wpa_passphrase=long enough
"""


@needs_hostapd
@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("channel=6", "channels=6"),
        ("wpa_key_mgmt=WPA-PSK", "wpa_key_mgmt=WPA-PSKX"),
        ("wpa_passphrase=.*", "wpa_passphrase=short"),
        ("wpa_key_mgmt=WPA-PSK", "wpa_key_mgmt=WPA-EAP\nieee8021x=1"),
        ("rsn_pairwise=CCMP", "rsn_pairwise=NONE"),
        ('ssid2="CITY"', f'ssid2="{"x" * 33}"'),
    ],
)
def test_hostapd_finds_what_is_wrong(tmp_path: Path, line: str, other: str) -> None:
    assert check(tmp_path, GOOD).returncode == 0
    asked = check(tmp_path, re.sub(line, other, GOOD))
    assert asked.returncode == 1
    assert asked.stderr
