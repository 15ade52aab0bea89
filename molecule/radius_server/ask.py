"""Ask a RADIUS server as an access point does: ``ask.py``, what to ask as JSON on its input; prints the answers.

Runs eapol_test of wpa_supplicant, or sends packets made by hand (RFC 2865, RFC 2866), from the address of an access
point.  Needs nothing but Python's own library.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

SERVER = "10.24.0.61"
FOLDER = Path("/run/terminals")
LOG = Path("/var/log/freeradius/authentication.log")
TLS = """eap=TLS
client_cert="{terminal}"
private_key="{terminal}"
"""
PEAP = """eap=PEAP
password="of nobody"
phase2="auth=MSCHAPV2"
"""
TTLS = PEAP.replace("PEAP", "TTLS").replace("MSCHAPV2", "PAP")
NETWORK = """network={{
key_mgmt=WPA-EAP
identity="host/terminal"
ca_cert="{folder}/root.pem"
domain_match="{domain}"
{method}}}
"""
VLAN = ("Attribute 64 ", "Attribute 65 ", "Attribute 81 ")


def station(case: dict[str, Any]) -> str:
    """What an access point says of itself (RFC 3580, 3.20)."""
    return "02-11-22-33-44-55" + (f":{case['ssid']}" if case["ssid"] else "")


def eap(case: dict[str, Any]) -> dict[str, Any]:
    """Log in, and say how it went."""
    method = {"peap": PEAP, "ttls": TTLS}.get(case["terminal"], TLS)
    text = method.format(terminal=FOLDER / f"{case['terminal']}.pem")
    config = FOLDER / "network.conf"
    logged = LOG.stat().st_size if LOG.exists() else 0
    config.write_text(NETWORK.format(folder=FOLDER, domain=case["domain"], method=text), encoding="utf-8")
    said = subprocess.run(  # noqa: S603
        [
            "/usr/bin/eapol_test",
            "-c",
            config,
            "-a",
            SERVER,
            "-A",
            case["source"],
            "-s",
            case["secret"],
            "-N",
            f"30:s:{station(case)}",
            "-t",
            "4",
        ],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    packets = re.split(r"(?m)^(?=RADIUS message: code=|Sending RADIUS message|Encapsulating EAP)", said)
    answers = [packet for packet in packets if re.match(r"RADIUS message: code=(2|3|11) ", packet)]
    last = answers[-1] if answers else ""
    vlan = re.search(r"Attribute 81 .*\n *Value: (\w+)", last)
    challenges = [one for one in answers if "Access-Challenge" in one]
    return {
        "answer": "accept" if "(Access-Accept)" in last else "reject" if "(Access-Reject)" in last else "silence",
        "vlan": bytes.fromhex(vlan[1]).decode() if vlan else "",
        "why": LOG.read_bytes()[logged:].decode() if LOG.exists() else "",
        "success": said.rstrip().endswith("SUCCESS"),
        "challenges": len(challenges),
        "vlan_in_challenge": any(attribute in one for one in challenges for attribute in VLAN),
    }


def packet(case: dict[str, Any]) -> dict[str, Any]:
    """Send a packet made by hand: a log-in without Message-Authenticator, or a record of accounting."""
    accounting = case["terminal"] == "accounting"
    attributes = b"".join(
        struct.pack("!BB", kind, len(value) + 2) + value
        for kind, value in (
            (
                (1, b"host/terminal"),
                (40, struct.pack("!I", 1)),
                (44, b"session"),
                (30, station(case).encode()),
            )
            if accounting
            else (
                (1, b"host/terminal"),
                (79, b"\x02\x01\x00\x05\x01"),
                (30, station(case).encode()),
            )
        )
    )
    head = struct.pack("!BBH", 4 if accounting else 1, 1, 20 + len(attributes))
    authenticator = (
        hashlib.md5(head + bytes(16) + attributes + case["secret"].encode()).digest()  # noqa: S324 - RFC 2866, 3
        if accounting
        else os.urandom(16)
    )
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sent:
        sent.bind((case["source"], 0))
        sent.settimeout(3)
        sent.sendto(head + authenticator + attributes, (SERVER, 1813 if accounting else 1812))
        try:
            code = sent.recv(4096)[0]
        except TimeoutError:
            code = 0
    return {"answer": {0: "silence", 5: "recorded"}.get(code, str(code)), "vlan": ""}


if __name__ == "__main__":
    given = json.load(sys.stdin)
    cases = [given["usual"] | case for case in given["cases"]]
    by_hand = {"accounting", "unsigned"}
    print(json.dumps([packet(case) if case["terminal"] in by_hand else eap(case) for case in cases]))
