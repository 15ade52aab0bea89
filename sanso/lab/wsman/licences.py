"""Licences of an emulated terminal: the products, their keys, and the methods that change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import NAMESPACE_DNS, uuid5

from sanso.lab.wsman.soap import Properties
from sanso.lab.wsman.world import World

WINDOWS, OFFICE = "55c92734-d682-4d71-983e-d6ec3f16059f", "0ff1ce15-a989-479d-af46-f275c6370663"
INVALID_KEY = 0xC004F050
NO_KEY = 0xC004F014
LICENSED, GRACE, NOTIFICATION = 1, 2, 5
KMS_MINUTES = 259_200
"""180 days, for which a KMS host's licence holds."""
NOTIFICATION_REASON = 0xC004F034


@dataclass
class Licence:
    """One product that a terminal could have a licence for."""

    application: str
    name: str
    channel: str
    """As the description names it: ``VOLUME_KMSCLIENT``, ``VOLUME_MAK``, ``RETAIL``."""
    partial_key: str = ""
    status: int = 0
    reason: int = 0
    grace_minutes: int = 0
    kms_host: str = ""
    kms_port: int = 0
    activation_type: int = 0

    @property
    def id(self) -> str:
        """Its activation id: the same on every terminal."""
        return str(uuid5(NAMESPACE_DNS, f"{self.application}/{self.name}/{self.channel}"))

    def properties(self) -> Properties:
        """The instance of SoftwareLicensingProduct."""
        return {
            "ID": self.id,
            "ApplicationID": self.application,
            "Name": self.name,
            "Description": f"{self.name}, {self.channel} channel",
            "PartialProductKey": self.partial_key or None,
            "LicenseStatus": self.status,
            "LicenseStatusReason": self.reason,
            "GracePeriodRemaining": self.grace_minutes,
            "KeyManagementServiceMachine": self.kms_host or None,
            "KeyManagementServicePort": self.kms_port,
            "VLActivationTypeEnabled": self.activation_type,
        }

    def unlicensed(self) -> None:
        """Lose the licence, as after a new key."""
        self.status, self.reason, self.grace_minutes = NOTIFICATION, NOTIFICATION_REASON, 0


@dataclass
class Licences:
    """What a terminal holds; ``offers`` are products by the key that installs them.

    ``clock_minutes`` is how far its clock is off. ``refuses`` maps methods to the HRESULT that they end in.
    """

    world: World
    held: list[Licence]
    offers: Mapping[str, Licence] = field(default_factory=dict, repr=False)
    clock_minutes: float = 0.0
    refuses: dict[str, int] = field(default_factory=dict)

    def find(self, id_: str) -> Licence | None:
        """A product by its activation id."""
        return next((one for one in self.held if one.id.lower() == id_.lower()), None)

    def install(self, key: str) -> int:
        """Install a key, in the place of the one of the same application."""
        offer = self.offers.get(key)
        if offer is None:
            return INVALID_KEY
        for one in self.held:
            if one.application == offer.application:
                one.partial_key = ""
                one.status = 0
        if (held := self.find(offer.id)) is None:
            held = replace(offer)
            self.held.append(held)
        held.partial_key = key[-5:]
        held.unlicensed()
        return 0

    def activate(self, licence: Licence) -> int:
        """Ask for a licence; HRESULT, 0 when there is one."""
        if not licence.partial_key:
            return NO_KEY
        if code := self.refuses.get("Activate"):
            return code
        code = self._source(licence)()
        if not code:
            licence.status, licence.reason = LICENSED, 0
            licence.grace_minutes = KMS_MINUTES if licence.channel == "VOLUME_KMSCLIENT" else 0
        return code

    def _source(self, licence: Licence) -> Callable[[], int]:
        if licence.channel != "VOLUME_KMSCLIENT":
            return self.world.mak_code
        if licence.activation_type == 1:
            return lambda: 0 if self.world.forest else 0xC004F074
        if abs(self.clock_minutes) > 240:
            return lambda: 0xC004F06C
        return lambda: self.world.kms_code(licence.kms_host, licence.kms_port)
