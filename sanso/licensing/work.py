"""Work on one terminal: read once, do what is missing, read again.

An activated terminal costs one query. Whatever is done is judged by what the terminal tells afterwards, and not by
the answers of the methods.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sanso.licensing.conditions import Conditions
from sanso.licensing.outcome import Outcome, Result, State
from sanso.licensing.plan import Action, current, install, needs_key, settle
from sanso.licensing.products import INSTALLED, PRODUCT, SERVICE, Product, read_products
from sanso.licensing.registry import differs, shared_computer, write
from sanso.licensing.wanted import Wanted
from sanso.wsman.client import Client
from sanso.wsman.errors import WsmanError

_SERVICE_VERSION = SERVICE.select("Version")


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _blamed(*results: Result) -> Iterator[None]:
    """What the terminal refuses stands in the results that it is about; a lost connection ends all."""
    try:
        yield
    except WsmanError as error:
        if error.cause not in {"fault", "denied"}:
            raise
        for result in results:
            result.fail(error.cause, error.detail, error.hresult)


class Work:
    """Brings the licences of one terminal to what is wanted; in check mode only says what it would do."""

    def __init__(self, client: Client, outcome: Outcome, *, now: Callable[[], datetime] = _now) -> None:
        self.client = client
        self.outcome = outcome
        self.check = outcome.check
        self._conditions = Conditions(client, now)
        self._products: list[Product] = []
        self._selectors: dict[str, str] = {}

    def ensure(self, wanted: Sequence[Wanted]) -> None:
        """Do all that is missing; what fails stands in the outcome's results.

        Raises:
            WsmanError: nothing could be asked of the terminal, or the connection was lost.
        """
        self.outcome.results = [Result(one.application, one.channel) for one in wanted]
        pairs = list(zip(wanted, self.outcome.results, strict=True))
        if any(one.channel != "subscription" or one.shared_computer is None for one in wanted) or not wanted:
            self._read()
        for one, result in pairs:
            with _blamed(result):
                self._prepare(one, result)
        self._look_again([result for _, result in pairs if "install_key" in result.done])
        for one, result in pairs:
            with _blamed(result):
                self._settle(one, result)
        if not self.check and any(set(result.done) - {"registry"} for result in self.outcome.results):
            self._read()
        for one, result in pairs:
            self._judge(one, result)

    def _read(self) -> None:
        self._products = self.outcome.products = read_products(self.client.query(INSTALLED))

    def _prepare(self, wanted: Wanted, result: Result) -> None:
        """All but what needs to know the products that new keys bring."""
        if wanted.channel == "subscription":
            self._subscription(wanted, result)
            return
        missing = needs_key(wanted, self._products)
        if missing and not wanted.key:
            result.fail("no_product")
        elif missing or self._missing(wanted):
            if not self.check and (problem := self._conditions.unfit(wanted)):
                result.fail(*problem)
            elif missing:
                self._install(wanted, result)

    def _subscription(self, wanted: Wanted, result: Result) -> None:
        if wanted.shared_computer is None:
            return
        value = shared_computer(on=wanted.shared_computer)
        if not differs(self.client, value):
            return
        if not self.check:
            write(self.client, value)
            if differs(self.client, value):
                result.fail("not_settled")
                return
        result.done.append("registry")

    def _install(self, wanted: Wanted, result: Result) -> None:
        """Install a key; which product it brings is seen later, and check mode can only tell that it would."""
        action = install(wanted)
        self._do(action)
        result.done.append(action.name)
        if self.check:
            result.done.append("activate")

    def _look_again(self, installed: Sequence[Result]) -> None:
        """See which products new keys brought, all of them at once."""
        if self.check or not installed:
            return
        with _blamed(*installed):
            self.client.invoke(SERVICE, "RefreshLicenseStatus", keys=self._service)
            for result in installed:
                result.done.append("refresh")
            self._read()

    def _settle(self, wanted: Wanted, result: Result) -> None:
        """Do what an installed product still needs."""
        if result.problem:
            return
        for action in self._missing(wanted):
            self._do(action)
            result.done.append(action.name)

    def _missing(self, wanted: Wanted) -> list[Action]:
        product = current(wanted, self._products)
        return settle(wanted, product) if product is not None else []

    def _do(self, action: Action) -> None:
        if self.check:
            return
        if action.product:
            self.client.invoke(PRODUCT, action.method, action.arguments, {"ID": action.product})
        else:
            self.client.invoke(SERVICE, action.method, action.arguments, self._service)

    @property
    def _service(self) -> dict[str, str]:
        """Selectors of the licensing service: its version; asked once."""
        if self._selectors:
            return self._selectors
        instances = self.client.query(_SERVICE_VERSION)
        if not instances:
            raise WsmanError("fault", f"no instance of {SERVICE.name}")
        self._selectors = {"Version": str(instances[0].get("Version", ""))}
        return self._selectors

    def _judge(self, wanted: Wanted, result: Result) -> None:
        if wanted.channel == "subscription":
            result.state = State.UNKNOWN if result.problem else State.CONFIGURED
            return
        product = current(wanted, self._products)
        result.show(product)
        if self.check or result.problem:
            return
        if product is None:
            result.fail("key_not_taken")
        elif not product.licensed:
            result.fail("not_activated", code=product.reason or None)
        elif settle(wanted, product):
            result.fail("not_settled")
