"""From what a terminal has to what it should have: the methods to call, in order; none where all is well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sanso.licensing.products import ActivationType, Product
from sanso.licensing.wanted import KMS_PORT, Wanted
from sanso.wsman.messages import Value

ActionName = Literal["install_key", "activation_type", "kms_host", "kms_port", "clear_kms", "activate"]


@dataclass(frozen=True)
class Action:
    """One method of a product, or of the licensing service where ``product`` is empty."""

    name: ActionName
    method: str
    arguments: dict[str, Value] = field(default_factory=dict, repr=False)
    product: str = ""


def current(wanted: Wanted, products: Sequence[Product]) -> Product | None:
    """The installed product that a wish is about: of its application and channel, with its key where one is given.

    AD-based activation uses the products of KMS clients. Of several the licensed one counts.
    """
    channel = "kms" if wanted.channel == "ad" else wanted.channel
    mine = [one for one in products if (one.application, one.channel) == (wanted.application, channel)]
    if wanted.key:
        mine = [one for one in mine if one.partial_key == wanted.partial_key]
    return next((one for one in mine if one.licensed), mine[0] if mine else None)


def needs_key(wanted: Wanted, products: Sequence[Product]) -> bool:
    """Whether no product is there that could be activated as wished."""
    return wanted.channel != "subscription" and current(wanted, products) is None


def install(wanted: Wanted) -> Action:
    """Install the key that the wish brings; the product that it belongs to is known only afterwards."""
    return Action("install_key", "InstallProductKey", {"ProductKey": wanted.key})


def settle(wanted: Wanted, product: Product) -> list[Action]:
    """What an installed product needs to be as wished."""
    if wanted.channel == "subscription":
        return []
    changes = list(_settings(wanted, product))
    if changes or not product.licensed:
        return [*changes, Action("activate", "Activate", product=product.id)]
    return []


def _settings(wanted: Wanted, product: Product) -> Iterator[Action]:
    """Where the licence is to come from; a host that is to be found by DNS must not be set."""
    if wanted.channel == "ad" and product.activation_type is not ActivationType.AD:
        yield _set_type(product, ActivationType.AD)
    if wanted.channel != "kms":
        return
    if product.activation_type not in {ActivationType.ANY, ActivationType.KMS}:
        yield _set_type(product, ActivationType.KMS)
    if not wanted.kms_host:
        if product.kms_host:
            yield Action("clear_kms", "ClearKeyManagementServiceMachine", product=product.id)
        return
    if product.kms_host.lower() != wanted.kms_host.lower():
        arguments: dict[str, Value] = {"MachineName": wanted.kms_host}
        yield Action("kms_host", "SetKeyManagementServiceMachine", arguments, product.id)
    if (product.kms_port or KMS_PORT) != wanted.kms_port:
        yield Action("kms_port", "SetKeyManagementServicePort", {"PortNumber": wanted.kms_port}, product.id)


def _set_type(product: Product, kind: ActivationType) -> Action:
    return Action("activation_type", "SetVLActivationTypeEnabled", {"ActivationType": int(kind)}, product.id)
