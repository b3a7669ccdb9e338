"""A circuit breaker: after a failure the database is left alone for a while, so that no message waits for it in vain.

Each process has its own. Without one every message would wait for a timeout, and with two workers a busy line would
queue up behind a dead database until Twilio gives up on it.
"""

import time
from collections.abc import Callable

REST = 3.0
"""Seconds of rest after a failure: then one message tries again, and the line remembers by itself."""


class Breaker:
    """Open means: do not ask.

    >>> now = [0.0]
    >>> breaker = Breaker(clock=lambda: now[0])
    >>> breaker.trip(); breaker.is_open
    True
    >>> now[0] += REST; breaker.is_open
    False
    """

    def __init__(self, rest: float = REST, clock: Callable[[], float] = time.monotonic) -> None:
        self._rest = rest
        self._clock = clock
        self._closed_from = clock()

    @property
    def is_open(self) -> bool:
        return self._clock() < self._closed_from

    def trip(self) -> None:
        self._closed_from = self._clock() + self._rest

    def close(self) -> None:
        self._closed_from = self._clock()
