"""The hardware and software that an emulated switch tells it is made of."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from sanso.lab.ios.names import InterfaceName

#: the last IOS XE that calls itself plain IOS, so that clients take the switch for what its platform is named
MODEL = "WS-C3850-48P"
VERSION = "03.07.05E"
IMAGE = "flash:packages.conf"
SOFTWARE = (
    "Cisco IOS Software, IOS-XE Software, Catalyst L3 Switch Software (CAT3K_CAA-UNIVERSALK9-M), "
    f"Version {VERSION}, RELEASE SOFTWARE (fc1)"
)

#: the first half of the MAC addresses of all emulated switches
_VENDOR = bytes.fromhex("0023eb")


@dataclass(frozen=True)
class Hardware:
    """What stands behind a kind of interface; ``speed`` in kbit/s."""

    title: str
    speed: int
    media: str


HARDWARE = {
    "FastEthernet": Hardware("Fast Ethernet", 100_000, "10/100BaseTX"),
    "GigabitEthernet": Hardware("Gigabit Ethernet", 1_000_000, "10/100/1000BaseTX"),
    "TwoGigabitEthernet": Hardware("2.5 Gigabit Ethernet", 2_500_000, "100/1000/2.5GBaseTX"),
    "FiveGigabitEthernet": Hardware("Five Gigabit Ethernet", 5_000_000, "100/1000/2.5G/5GBaseTX"),
    "TenGigabitEthernet": Hardware("Ten Gigabit Ethernet", 10_000_000, "SFP-10GBase-SR"),
    "TwentyFiveGigE": Hardware("Twenty Five Gigabit Ethernet", 25_000_000, "SFP-25GBase-SR"),
    "FortyGigabitEthernet": Hardware("Forty Gigabit Ethernet", 40_000_000, "QSFP 40G SR4"),
    "HundredGigE": Hardware("Hundred Gigabit Ethernet", 100_000_000, "QSFP 100G SR4"),
    "AppGigabitEthernet": Hardware("App Gigabit Ethernet", 1_000_000, "App-Hosting"),
    "Port-channel": Hardware("EtherChannel", 1_000_000, "N/A"),
    "Loopback": Hardware("Loopback", 8_000_000, ""),
    "Tunnel": Hardware("Tunnel", 100, ""),
    "Vlan": Hardware("Ethernet SVI", 1_000_000, ""),
    "Null": Hardware("Unknown", 10_000_000, ""),
}


@dataclass(frozen=True)
class Chassis:
    """One switch's hardware: its numbers follow from its name, so that they are the same each time."""

    name: str
    ports: tuple[str, ...]

    @cached_property
    def serial(self) -> str:
        """The serial number."""
        return f"FOC{sha256(self.name.encode()).hexdigest()[:8].upper()}"

    @cached_property
    def base(self) -> bytes:
        """The base MAC address; its last byte is the ports'."""
        return _VENDOR + sha256(self.name.encode()).digest()[:2] + b"\0"

    def mac(self, place: int) -> str:
        """The MAC address of the port at a place, as IOS prints it."""
        digits = (int.from_bytes(self.base, "big") + place).to_bytes(6, "big").hex()
        return f"{digits[:4]}.{digits[4:8]}.{digits[8:]}"

    def place(self, port: InterfaceName) -> int:
        """A port's place among the MAC addresses; SVIs share one, as on the real thing."""
        return self.ports.index(str(port)) + 1 if str(port) in self.ports else 0x47
