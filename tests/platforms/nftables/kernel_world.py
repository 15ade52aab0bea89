"""A Linux router with three interfaces in a network namespace of its own, and packets sent through it.

Run as ``unshare -n python kernel_world.py``: reads {"rules": nft text, "packets": […]}; writes what nft and ip say,
and for each packet by which interface it left, or null.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import subprocess
import sys
import time
from ipaddress import ip_address
from typing import Any

NAMES = ("eth0", "eth1", "eth2")
SHOWN = {
    "nft list ruleset": "nft list ruleset",
    "nft -j list ruleset": "nft -j list ruleset",
    "ip -d -j address": "ip -d -j address",
    "ip -j route": "ip -j route",
    "ip -6 -j route": "ip -6 -j route",
    "ip -j rule": "ip -j rule",
    "ip -6 -j rule": "ip -6 -j rule",
    "sysctl": "sysctl net.ipv4.ip_forward net.ipv6.conf.all.forwarding",
}


def run(*command: str, text: str | None = None) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True, input=text)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr}")
    return done.stdout


def inside(pid: int, *command: str, text: str | None = None) -> str:
    return run("nsenter", "-t", str(pid), "-n", *command, text=text)


def mac(side: int, number: int) -> str:
    return f"02:00:00:00:{side:02x}:{number:02x}"


def build(pid: int) -> None:
    """Interface n has 10.n.0.1/24 and fd00:n::1/64; every host that packets are sent to is a neighbour."""
    inside(pid, "sysctl", "-q", "-w", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1")
    inside(pid, "sysctl", "-q", "-w", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.default.rp_filter=0")
    inside(pid, "sysctl", "-q", "-w", "net.ipv6.conf.default.accept_dad=0", "net.ipv4.icmp_ratelimit=0")
    for number, name in enumerate(NAMES):
        peer = f"peer{number}"
        run(
            "ip",
            "link",
            "add",
            peer,
            "address",
            mac(1, number),
            "type",
            "veth",
            "peer",
            "name",
            name,
            "netns",
            str(pid),
        )
        run("sysctl", "-q", "-w", f"net.ipv6.conf.{peer}.disable_ipv6=1")
        run("ip", "link", "set", peer, "up")
        inside(pid, "ip", "link", "set", name, "address", mac(2, number))
        inside(pid, "ip", "link", "set", name, "up")
        for address in (f"10.{number}.0.1/24", f"fd00:{number}::1/64"):
            inside(pid, "ip", "address", "add", address, "dev", name, *(["nodad"] if ":" in address else []))
        for host in range(2, 8):
            for address in (f"10.{number}.0.{host}", f"fd00:{number}::{host}"):
                inside(pid, "ip", "neigh", "add", address, "lladdr", mac(1, number), "dev", name, "nud", "permanent")


# ----- packets ------------------------------------------------------------------------------------------------


def checksum(data: bytes) -> int:
    total = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def frame(packet: dict[str, Any], mark: int) -> bytes:
    """A frame whose last bytes are the mark."""
    source, target = ip_address(packet["source"]).packed, ip_address(packet["target"]).packed
    number = packet["protocol"]
    tail = b"sanso" + struct.pack("!I", mark)
    if number in (1, 58):
        head = struct.pack("!BBHHH", packet["type"], packet["code"], 0, packet["id"], 1)
    elif number == 6:
        flags = 0x12 if packet["established"] else 0x02
        head = struct.pack("!HHIIBBHHH", packet["sport"], packet["dport"], 1000, 1001, 0x50, flags, 8192, 0, 0)
    else:
        head = struct.pack("!HHHH", packet["sport"], packet["dport"], 8 + len(tail), 0)
    place = {1: 2, 58: 2, 6: 16, 17: 6}[number]
    whole = head + tail
    pseudo = source + target + struct.pack("!IHBB", len(whole), 0, 0, number) if number != 1 else b""
    whole = whole[:place] + struct.pack("!H", checksum(pseudo + whole)) + whole[place + 2 :]
    ether = bytes.fromhex((mac(2, packet["entrance"]) + mac(1, packet["entrance"])).replace(":", ""))
    if len(source) == 4:
        header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(whole), mark & 0xFFFF, 0, 64, number, 0) + source + target
        header = header[:10] + struct.pack("!H", checksum(header)) + header[12:]
        return ether + b"\x08\x00" + header + whole
    return ether + b"\x86\xdd" + struct.pack("!IHBB", 6 << 28, len(whole), number, 64) + source + target + whole


def send(sockets: list[socket.socket], packets: list[dict[str, Any]]) -> list[int | None]:
    """Send packets one by one; by which interface each left."""
    left: list[int | None] = [None] * len(packets)
    for mark, packet in enumerate(packets):
        sockets[packet["entrance"]].send(frame(packet, mark))
        heard(sockets, left, 0.0005)
    heard(sockets, left, 0.5)
    return left


def heard(sockets: list[socket.socket], left: list[int | None], wait: float) -> None:
    end = time.monotonic() + wait
    while ready := select.select(sockets, [], [], max(0.0, end - time.monotonic()))[0]:
        for one in ready:
            data, address = one.recvfrom(2048)
            place = data.rfind(b"sanso")
            if (
                address[2] != socket.PACKET_OUTGOING
                and place > 0
                and data[:6] == bytes.fromhex("02000000") + data[4:6]
            ) and data[4] == 1:  # to a host; errors that the router writes itself quote a packet and go back
                quoted = data[12:14] == b"\x08\x00" and data[23] == 1 and data[34] in (3, 11)
                if not quoted:
                    left[struct.unpack("!I", data[place + 5 : place + 9])[0]] = sockets.index(one)


def main() -> None:
    asked = json.load(sys.stdin)
    with subprocess.Popen(["unshare", "-n", "sleep", "600"]) as router:  # noqa: S607
        try:
            time.sleep(0.2)
            build(router.pid)
            inside(router.pid, "nft", "-f", "-", text=asked["rules"])
            shown = {name: inside(router.pid, *command.split()) for name, command in SHOWN.items()}
            sockets = []
            for number in range(len(NAMES)):
                one = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
                one.bind((f"peer{number}", 0))
                sockets.append(one)
            print(json.dumps({"shown": shown, "left": send(sockets, asked["packets"])}))
        finally:
            router.terminate()


if __name__ == "__main__":
    main()
