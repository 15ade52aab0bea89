"""Who is next, when what several terminals share must not be flooded."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Generic, Protocol, TypeVar


class InLane(Protocol):
    """Something that shares a lane with others of its name."""

    @property
    def lane(self) -> str:
        """Name of the lane; empty shares nothing."""
        ...


T = TypeVar("T", bound=InLane)


class Lanes(Generic[T]):
    """A queue that never has more than so many of one lane in work; whoever waits for a lane stops nobody else.

    Args:
        items: what is to be done; each lane keeps their order.
        limit: how many of a lane at once, 0: as many as there are.
    """

    def __init__(self, items: Iterable[T], limit: int) -> None:
        self._limit = limit
        self._waiting: dict[str, deque[T]] = {}
        for item in items:
            self._waiting.setdefault(item.lane, deque()).append(item)
        self._working: Counter[str] = Counter()
        self._changed = Condition()

    def __iter__(self) -> Iterator[T]:
        """Items one by one, for one of several threads; each is done when the next one is asked for."""
        while True:
            with self._taken() as item:
                if item is None:
                    return
                yield item

    @contextmanager
    def _taken(self) -> Iterator[T | None]:
        with self._changed:
            while (item := self._next()) is None and self._waiting:
                self._changed.wait()
            if item is not None:
                self._working[item.lane] += 1
        try:
            yield item
        finally:
            if item is not None:
                with self._changed:
                    self._working[item.lane] -= 1
                    self._changed.notify_all()

    def _next(self) -> T | None:
        """Of the lanes with room the one that waited longest; it then stands last."""
        for lane, items in self._waiting.items():
            if not self._limit or not lane or self._working[lane] < self._limit:
                del self._waiting[lane]
                item = items.popleft()
                if items:
                    self._waiting[lane] = items
                return item
        return None
