"""How long answers took: a histogram in memory that all processes of one server share, and that none of them locks.

It is made before the processes are forked. Each writes into a row of its own, so that one that is killed holds up no
other, and what it had counted stays.
"""

import os
from bisect import bisect_left
from mmap import mmap

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds up to which each bucket reaches; the last one has no bound. Twilio waits for 15."""
_ROWS = 4096
"""By process id: so many that two living workers do not meet in one."""
# One for each bucket and the last, then the microseconds of all.
_WIDTH = len(BOUNDS) + 2
_WORD = 8


class Timings:
    """Counts by how long it took.

    >>> timings = Timings()
    >>> for seconds in (0.002, 0.0025, 99.0): timings.add(seconds)
    >>> timings.counts[:3], timings.counts[-1], round(timings.seconds, 4)
    ((0, 2, 0), 1, 99.0045)
    """

    def __init__(self) -> None:
        self._cells = memoryview(mmap(-1, _ROWS * _WIDTH * _WORD)).cast("Q")

    def add(self, seconds: float) -> None:
        row = os.getpid() % _ROWS * _WIDTH
        self._cells[row + bisect_left(BOUNDS, seconds)] += 1
        self._cells[row + _WIDTH - 1] += round(seconds * 1e6)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many took so long, by bucket, over all processes."""
        return tuple(sum(self._cells[place::_WIDTH]) for place in range(_WIDTH - 1))

    @property
    def seconds(self) -> float:
        """How long all took together."""
        return sum(self._cells[_WIDTH - 1 :: _WIDTH]) / 1e6
