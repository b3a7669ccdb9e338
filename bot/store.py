"""What we remember, in a database; and how to forget it.

One message is one transaction, short as it can be. A sender is remembered only if nothing has changed since it was
read, so that two messages of one sender cannot undo each other; the answer is kept under its MessageSid, and where
that is there already, however recent and in whatever process, everything is undone and the first answer given again.
The web process itself keeps nothing.
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, literal, not_, or_, select, text, union_all, update
from sqlalchemy.exc import DBAPIError

from bot import deliveries, totals
from bot.breaker import Breaker
from bot.connections import Connections, Dropped, Resting, Unavailable
from bot.deliveries import Delivery
from bot.rows import BLANK, json_of, microseconds, of_person
from bot.statements import INSERT, statements
from bot.tables import messages, senders, tallies, unanswered
from bot.transaction import Tally, Turn

__all__ = ["Dropped", "Resting", "Store", "Unavailable"]
REPLAY = timedelta(days=1)
_COUNTED = ("channel", "language", "how")


class Store:
    """The database, shared by all processes."""

    def __init__(self, engine: Engine, breaker: Breaker | None = None) -> None:
        self._engine = engine
        self._connections = Connections(engine, breaker or Breaker())
        self._prepared = statements(engine.dialect.name)
        self._is_sqlite = engine.dialect.name == "sqlite"

    @contextmanager
    def turn(self, hashes: Sequence[str], must_try: bool = False) -> Iterator[Turn]:
        """Open the transaction of one message. Raise `Unavailable` where the database does not answer.

        Raise `Resting` where it did not a moment ago, unless it `must_try` all the same.

        A stop, a start, a deletion is on disk when this ends. Other messages are safe from a killed process; on SQLite
        a power cut may cost the last moment of them: nothing that anyone was promised, and not worth a sync each.
        """
        with self._connections.driven(must_try) as connection:
            turn = Turn(connection.cursor(), self._prepared, hashes)
            yield turn
            if turn.has_begun:
                connection.commit()
        if turn.is_binding:
            self._sync()

    def _sync(self) -> None:
        """Bring what was committed to the disk itself; PostgreSQL has done so in committing it."""
        path = self._engine.url.database
        if self._is_sqlite and path and Path(f"{path}-wal").exists():
            try:
                with Path(f"{path}-wal").open("rb") as log:
                    os.fsync(log.fileno())
            except OSError as error:
                raise Unavailable(type(error).__name__) from error

    def delivered(self, delivery: Delivery, now: datetime) -> bool:
        """Note how far a message came, never back. Return whether this was news."""
        times = {"updated_at": microseconds(now), "day": now.date().isoformat()}
        row = {**delivery._asdict(), "error_code": delivery.code or None, **times}
        with self._connections.driven() as connection:
            cursor = connection.cursor()
            cursor.execute(self._prepared.keep_delivery, row)
            return bool(cursor.rowcount)

    def stop(self, hashes: Sequence[str], now: datetime) -> None:
        """Note that these senders, under all their addresses, want no more messages."""
        with self._connections.driven(must_try=True) as connection:
            cursor = connection.cursor()
            turn = Turn(cursor, self._prepared, hashes)
            turn.sender()
            cursor.execute(self._prepared.begin)
            for each in turn.hashes:
                row = {"hash": each, **BLANK, "stopped_at": microseconds(now)}
                cursor.execute(self._prepared.stop_sender, row)
            connection.commit()
        self._sync()

    def shorten(self, sid: str, texts: Sequence[str]) -> None:
        """Note what is left of an answer to be given again, where the rest was sent otherwise."""
        changed = update(messages).where(messages.c.sid == sid).values(texts=json_of(texts))
        with suppress(Unavailable), self.transaction() as connection:
            connection.execute(changed)

    def forget(self, hashes: Sequence[str]) -> int:
        """Delete what is kept of these senders, save that they said stop. Return how many there were."""
        blank = {name: value for name, value in BLANK.items() if name not in ("stopped_at", "linked")}
        with self.transaction() as connection:
            named = senders.c.hash.in_(of_person(hashes, connection))
            gone = connection.execute(delete(senders).where(named, senders.c.stopped_at.is_(None))).rowcount
            gone += connection.execute(update(senders).where(named).values(**blank)).rowcount
        self._sync()
        return gone

    def counts(self) -> list[tuple[str, str, str, int]]:
        """Return how many messages there were by channel, language and how: all that were ever tallied, and today's."""
        today = select(*(messages.c[name] for name in _COUNTED), literal(1).label("count"))
        every = union_all(select(*(tallies.c[name] for name in _COUNTED), tallies.c["count"]), today).subquery()
        by = [every.c[name] for name in _COUNTED]
        with self.transaction() as connection:
            found = connection.execute(select(*by, func.sum(every.c["count"])).group_by(*by).order_by(*by))
            return [(row[0], row[1], row[2], int(row[3])) for row in found]

    def purge(self, now: datetime, keep_days: int) -> dict[str, int]:
        """Delete what is older than it may be kept, its tallies counted; who said stop stays. Return rows by table."""
        old, stale = now - timedelta(days=keep_days), microseconds(now - REPLAY)
        silent = or_(senders.c.last_seen < microseconds(old), senders.c.last_seen.is_(None))
        counting = func.coalesce(senders.c.replies_since, 0) >= stale
        held = func.coalesce(senders.c.remind_at, 0) > microseconds(now)
        doomed = {
            senders: silent & senders.c.stopped_at.is_(None) & not_(held) & not_(counting),
            unanswered: unanswered.c.day < old.date().isoformat(),
        }
        with self.transaction() as connection:
            gone = {
                table.name: connection.execute(delete(table).where(which)).rowcount for table, which in doomed.items()
            }
            counted = {"messages": self._count(connection, stale), "deliveries": deliveries.settle(connection, stale)}
            return counted | gone

    def _count(self, connection: Connection, stale: int) -> int:
        """Delete messages as old as that, adding them to the tallies. Two purges at once count each of them once."""
        gone = delete(messages).where(messages.c.received_at < stale).returning(*(messages.c[n] for n in Tally._fields))
        counts = Counter(Tally(*row) for row in connection.execute(gone))
        adding = INSERT[self._engine.dialect.name](tallies)
        raised = {"count": tallies.c.count + adding.excluded.count}
        if counts:
            # In one order for all, or two purges could each wait for the other's row.
            rows = [{**tally._asdict(), "count": counts[tally]} for tally in sorted(counts)]
            connection.execute(adding.on_conflict_do_update(index_elements=Tally._fields, set_=raised), rows)
            totals.add(connection, counts)
        return counts.total()

    def is_ready(self) -> bool:
        """Tell whether the database has its tables and can be written: a full disk can still be read."""
        try:
            with self.transaction(must_try=True) as connection:
                connection.execute(select(senders.c.hash).limit(1))
                connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
        except (Unavailable, DBAPIError):
            return False
        return True

    @contextmanager
    def transaction(self, must_try: bool = False) -> Iterator[Connection]:
        """Open a transaction of SQLAlchemy's, for whatever is no message. Raise `Unavailable` as `turn` does."""
        with self._connections.transaction(must_try) as connection:
            yield connection
