"""The phrases that staff have taught, in the database, and the library that knows them, in each process.

Every few seconds a process looks whether they have changed, with the connection that its next message uses anyway:
what is taught on one machine is known on all of them by then.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from bot.content import Library
from bot.problems import Refused
from bot.rows import microseconds
from bot.statements import INSERT
from bot.tables import taught
from bot.taught import Taught, with_phrases
from bot.transaction import Turn

log = logging.getLogger("skinline")
EVERY = 2.0
"""Seconds after which a process looks again."""
# Written alike for every database; a message reads with the driver's own cursor.
_VERSION = str(select(func.count(), func.max(taught.c.taught_at)).select_from(taught))
_LESSONS = str(select(taught.c.language, taught.c.topic, taught.c.phrase).order_by(taught.c.id))


def listed(connection: Connection) -> list[tuple[int, Taught]]:
    """Return what is taught, the latest first, each with the number by which it is unlearned."""
    columns = (taught.c.id, taught.c.language, taught.c.topic, taught.c.phrase)
    rows = connection.execute(select(*columns).order_by(taught.c.taught_at.desc(), taught.c.id.desc()))
    return [(row[0], Taught(*row[1:])) for row in rows]


def teach(connection: Connection, lesson: Taught, now: datetime) -> None:
    """Add a phrase; one that is there shows the new topic from now on."""
    row = {**lesson._asdict(), "taught_at": microseconds(now)}
    adding = INSERT[connection.dialect.name](taught).values(row)
    changed = {name: adding.excluded[name] for name in ("topic", "taught_at")}
    connection.execute(adding.on_conflict_do_update(index_elements=["language", "phrase"], set_=changed))


def unlearn(connection: Connection, number: int) -> None:
    """Take a phrase away again."""
    connection.execute(delete(taught).where(taught.c.id == number))


def unlearn_all(connection: Connection, lessons: Sequence[Taught]) -> None:
    """Take away phrases that the keyword files hold by now."""
    for lesson in lessons:
        known = (taught.c.language == lesson.language) & (taught.c.phrase == lesson.phrase)
        connection.execute(delete(taught).where(known, taught.c.topic == lesson.topic))


class Shelf:
    """The library of a process, with what is taught: made anew when that has changed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looked: float | None = None
        self._version: Sequence[object] = (0, None)
        self._library: Library | None = None

    def library(self, shipped: Library, turn: Turn) -> Library:
        """Return the library to answer with, looking for changes by way of `turn` where it is time to."""
        now = self._clock()
        if self._looked is None or now - self._looked >= EVERY:
            self._looked = now
            (version,) = turn.read(_VERSION)
            if tuple(version) != self._version:
                self._version = tuple(version)
                self._learn(shipped, [Taught(*row) for row in turn.read(_LESSONS)])
        return self.known(shipped)

    def _learn(self, shipped: Library, lessons: Sequence[Taught]) -> None:
        try:
            self._library = with_phrases(shipped, lessons)
        except Refused as refused:
            # Patients are answered all the same, from what was known before.
            log.error("what was taught cannot be used: %s", refused)

    def known(self, shipped: Library) -> Library:
        """Return the library as it was last known, where there is no database to ask."""
        return self._library or shipped
