"""No terminal waits for another one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from sanso.licensing.conditions import Conditions
from sanso.licensing.outcome import Outcome
from sanso.licensing.wanted import Wanted
from sanso.licensing.work import Work
from tests.terminals import KMS

BY_KMS = Wanted("windows", "kms", kms_host=KMS)


class Waiting:
    """A client whose question is answered once as many terminals are asked at the same time."""

    def __init__(self, together: threading.Barrier) -> None:
        self.together = together
        self.asked = 0

    def query(self, _: str) -> list[dict[str, Any]]:
        self.asked += 1
        self.together.wait(10)
        return [{"Version": "10"}]


def test_conditions_of_all_terminals_are_looked_at_together_and_once_each() -> None:
    together = threading.Barrier(4)
    clients: list[Any] = [Waiting(together) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: _twice(Conditions(one, lambda: datetime.now(UTC))), clients))
    assert {one for one, _ in found} == {("clock", "-")}
    assert [one.asked for one in clients] == [1] * 4


def _twice(conditions: Conditions) -> Any:
    return conditions.unfit(BY_KMS), conditions.unfit(BY_KMS)


def test_licensing_services_of_all_terminals_are_asked_together_and_once_each() -> None:
    together = threading.Barrier(4)
    clients: list[Any] = [Waiting(together) for _ in range(4)]

    def service(client: Any) -> Any:
        work = Work(client, Outcome("pc"))
        return work._service, work._service

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(service, clients))
    assert found == [({"Version": "10"}, {"Version": "10"})] * 4
    assert [one.asked for one in clients] == [1] * 4
