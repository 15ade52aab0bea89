"""Licensed products of a terminal, as its SoftwareLicensingProduct instances tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from sanso.wsman.answers import Instance
from sanso.wsman.errors import WsmanError
from sanso.wsman.names import CimClass

Application = Literal["windows", "office"]
Channel = Literal["kms", "mak", "ad", "subscription"]
"""How a product is activated."""

PRODUCT = CimClass("SoftwareLicensingProduct")
SERVICE = CimClass("SoftwareLicensingService")
APPLICATIONS: Mapping[str, Application] = {
    "55c92734-d682-4d71-983e-d6ec3f16059f": "windows",
    "0ff1ce15-a989-479d-af46-f275c6370663": "office",
}
"""ApplicationID → application (vendor's documentation of volume activation)."""

_PROPERTIES = (
    "ID",
    "ApplicationID",
    "Name",
    "Description",
    "PartialProductKey",
    "LicenseStatus",
    "LicenseStatusReason",
    "GracePeriodRemaining",
    "KeyManagementServiceMachine",
    "KeyManagementServicePort",
    "VLActivationTypeEnabled",
)
INSTALLED = PRODUCT.select(*_PROPERTIES, where="PartialProductKey <> NULL")  # not all know IS NOT NULL
"""All products that a key is installed for; the others are offers, several hundred of them."""


class Status(IntEnum):
    """``LicenseStatus`` of a product."""

    UNLICENSED = 0
    LICENSED = 1
    OUT_OF_BOX_GRACE = 2
    OUT_OF_TOLERANCE_GRACE = 3
    NON_GENUINE_GRACE = 4
    NOTIFICATION = 5
    EXTENDED_GRACE = 6

    @property
    def grace(self) -> bool:
        """Whether it still works in full, for a while."""
        return "GRACE" in self.name


class ActivationType(IntEnum):
    """``VLActivationTypeEnabled``: by which ways a volume product may be activated."""

    ANY = 0
    AD = 1
    KMS = 2
    TOKEN = 3


@dataclass(frozen=True)
class Product:
    """A product that a key is installed for; of the key, the last five characters are known."""

    id: str
    application: Application
    name: str
    channel: Channel | Literal["retail", "other"]
    partial_key: str
    status: Status
    reason: int = 0
    """HRESULT behind the status, 0 where all is well."""
    grace_minutes: int = 0
    kms_host: str = ""
    """Empty: found by DNS."""
    kms_port: int = 0
    activation_type: ActivationType = ActivationType.ANY

    @property
    def licensed(self) -> bool:
        """Whether it is activated."""
        return self.status is Status.LICENSED

    @property
    def keys(self) -> dict[str, str]:
        """Selectors of its instance."""
        return {"ID": self.id}


def read_products(instances: Iterable[Instance]) -> list[Product]:
    """The products of Windows and Office among instances; those of other applications are not ours.

    Raises:
        WsmanError: a state that nobody knows.
    """
    found = (_product(instance) for instance in instances)
    return [product for product in found if product is not None]


def _product(instance: Instance) -> Product | None:
    application = APPLICATIONS.get(_text(instance, "ApplicationID").lower())
    if application is None or not _text(instance, "PartialProductKey"):
        return None
    try:
        return _known(instance, application)
    except ValueError as error:
        raise WsmanError("answer", str(error)) from error


def _known(instance: Instance, application: Application) -> Product:
    return Product(
        id=_text(instance, "ID"),
        application=application,
        name=_text(instance, "Name"),
        channel=_channel(_text(instance, "Description")),
        partial_key=_text(instance, "PartialProductKey"),
        status=Status(_number(instance, "LicenseStatus")),
        reason=_number(instance, "LicenseStatusReason") & 0xFFFFFFFF,
        grace_minutes=_number(instance, "GracePeriodRemaining"),
        kms_host=_text(instance, "KeyManagementServiceMachine"),
        kms_port=_number(instance, "KeyManagementServicePort"),
        activation_type=ActivationType(_number(instance, "VLActivationTypeEnabled")),
    )


def _channel(description: str) -> Channel | Literal["retail", "other"]:
    """The channel that a product's description names: ``…, VOLUME_KMSCLIENT channel``."""
    for word, channel in _CHANNELS.items():
        if word in description.upper():
            return channel
    return "other"


_CHANNELS: Mapping[str, Channel | Literal["retail"]] = {
    "VOLUME_KMSCLIENT": "kms",
    "VOLUME_MAK": "mak",
    "SUBSCRIPTION": "subscription",
    "RETAIL": "retail",
    "OEM": "retail",
}


def _text(instance: Instance, name: str) -> str:
    value = instance.get(name)
    return value if isinstance(value, str) else ""


def _number(instance: Instance, name: str) -> int:
    value = _text(instance, name)
    return int(value) if value.lstrip("-").isdecimal() else 0
