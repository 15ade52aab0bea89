"""The hardware and software that an emulated controller tells it is made of."""

MODEL = "C9800-L-F-K9"
VERSION = "17.9.4a"
IMAGE = "bootflash:packages.conf"
SOFTWARE = (
    "Cisco IOS XE Software, Version 17.09.04a\n"
    "Cisco IOS Software [Cupertino], C9800 Software (C9800_IOSXE-K9), "
    f"Version {VERSION}, RELEASE SOFTWARE (fc3)"
)

SERVICE_PORT = "GigabitEthernet0"
"""Out of band, beside the switching ports."""
PORTS = (
    *(f"TwoGigabitEthernet0/0/{number}" for number in range(4)),
    *(f"TenGigabitEthernet0/1/{number}" for number in range(2)),
    SERVICE_PORT,
)
"""Four ports of bay 0, two of bay 1, and the service port."""
UPLINK = "TenGigabitEthernet0/1/0"
"""The port that the cable to the switch is plugged into."""
