"""Which terminals are on: thousands are asked at once whether they take a connection, before any gets a thread.

A terminal that is off costs a thread its whole connection timeout; a third of a fleet would cost minutes so.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
from collections.abc import Iterable

from sanso.licensing.terminal import Terminal
from sanso.wsman.endpoint import PORTS, Endpoint

MOST = 400
"""Connections at once; processes may often open no more than 1,024 files."""
_GONE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ETIMEDOUT}


def asleep(terminals: Iterable[Terminal]) -> set[str]:
    """Names of the terminals that do not answer; what refuses or fails in another way does answer."""
    return asyncio.run(_asleep(list(terminals)))


async def _asleep(terminals: list[Terminal]) -> set[str]:
    room = asyncio.Semaphore(MOST)

    async def off(endpoint: Endpoint) -> bool:
        async with room:
            return await _off(endpoint)

    found = await asyncio.gather(*(off(one.endpoint) for one in terminals))
    return {one.hostname for one, is_off in zip(terminals, found, strict=True) if is_off}


async def _off(endpoint: Endpoint) -> bool:
    connection = asyncio.open_connection(endpoint.host, endpoint.port or PORTS[endpoint.scheme])
    try:
        _, writer = await asyncio.wait_for(connection, endpoint.connect_timeout)
    except TimeoutError:
        return True
    except OSError as error:
        return error.errno in _GONE
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return False
