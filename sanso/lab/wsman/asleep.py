"""An address where nobody answers: not even a refusal comes, as of a machine that sleeps."""

from __future__ import annotations

import contextlib
import socket


class Asleep:
    """Takes a place on loopback and lets every connection wait.

    Linux drops what comes to a socket whose queue is full; one connection of our own fills a queue of length 0.
    """

    def __init__(self, address: str, port: int) -> None:
        self._listener = socket.socket()
        self._filler = socket.socket()
        try:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._listener.bind((address, port))
            self._listener.listen(0)
            self._filler.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                self._filler.connect((address, port))
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the place."""
        self._filler.close()
        self._listener.close()
