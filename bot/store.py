"""What we remember, in a database; and how to forget it.

One message is one transaction. Its MessageSid is inserted first, so that the same message arriving elsewhere at the
same moment waits, and then finds the answer that was given; the sender's row is locked from reading to remembering,
so that two messages of one sender cannot undo each other. The web process itself keeps nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, RowMapping, delete, or_, select, update
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError

from bot.model import Sender
from bot.statements import Statements, statements
from bot.tables import deliveries, messages, senders, unanswered

REPLAY = timedelta(days=1)
_FIELDS = tuple(each.name for each in fields(Sender))
_BLANK: Mapping[str, Any] = {name: getattr(Sender(), name) for name in _FIELDS} | {"offered": []}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Unavailable(Exception):  # noqa: N818 - it says what happened, as StopIteration does
    """The database cannot be reached, or is locked for too long; the same message may be tried again."""


class Tally(NamedTuple):
    """One count: what was asked that day, in which language and channel, and how it was dealt with."""

    day: str
    language: str
    channel: str
    topic: str
    how: str


class Turn:
    """One message inside its transaction. `earlier` holds the texts it was answered with before, None if it is new."""

    def __init__(
        self, connection: Connection, prepared: Statements, hashes: Sequence[str], earlier: tuple[str, ...] | None
    ) -> None:
        self._connection = connection
        self._prepared = prepared
        self._hashes = hashes
        self.earlier = earlier

    def sender(self) -> Sender:
        """Return what is known under any of the sender's hashes, locked until the transaction ends.

        A row is made where there is none: with nothing to lock, two first messages would not see each other.
        """
        known = [
            _sender(self._connection.execute(self._prepared.lock_sender, {"hash": each, **_BLANK}).one()._mapping)
            for each in self._hashes
        ]
        latest = max(known, key=lambda sender: sender.last_seen or _LONG_AGO)
        return replace(latest, stopped_at=max((each.stopped_at for each in known if each.stopped_at), default=None))

    def remember(self, sender: Sender) -> None:
        """Keep `sender` under each of the hashes."""
        # dataclasses.asdict copies deeply, which costs as much as the statement.
        values = {name: getattr(sender, name) for name in _FIELDS} | {"offered": list(sender.offered)}
        for each in self._hashes:
            self._connection.execute(self._prepared.keep_sender, {"hash_": each, **values})

    def forget(self) -> None:
        """Delete what is kept of the sender."""
        for each in self._hashes:
            self._connection.execute(self._prepared.forget_sender, {"hash_": each})

    def answered(self, sid: str, texts: Sequence[str]) -> None:
        """Keep what was answered, for the same message arriving again."""
        self._connection.execute(self._prepared.keep_answer, {"sid_": sid, "texts": list(texts)})

    def count(self, tally: Tally) -> None:
        """Add one to a tally."""
        self._connection.execute(self._prepared.count, {**tally._asdict(), "count": 1})

    def keep_unanswered(self, day: str, language: str, redacted: str) -> None:
        """Keep a redacted text that was not understood, for the staff."""
        row = {"day": day, "language": language, "text": redacted}
        self._connection.execute(self._prepared.keep_unanswered, row)


class Store:
    """The database, shared by all processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._prepared = statements(engine.dialect.name)

    @contextmanager
    def turn(self, sid: str, token: str, hashes: Sequence[str], now: datetime) -> Iterator[Turn]:
        """Open the transaction of one message. Raise `Unavailable` where the database does not answer."""
        row = {"sid": sid, "token": token, "received_at": now, "texts": []}
        with self._transaction() as connection:
            earlier: tuple[str, ...] | None = None
            if connection.execute(self._prepared.insert_message, row).first() is None:
                same = {"sid_": sid, "token_": token}
                texts: list[str] = connection.execute(self._prepared.earlier_answer, same).scalar() or []
                earlier = tuple(texts)
            # In one order for all, or two processes could each wait for the other's row.
            yield Turn(connection, self._prepared, sorted(set(hashes)), earlier)

    def settle(self) -> None:
        """Bring what was committed safely to disk, before a stop is confirmed.

        SQLite runs with `synchronous=NORMAL`: a killed process loses nothing, a power cut could lose the last moments;
        a checkpoint syncs them. PostgreSQL has synced when a commit returns.
        """
        if self._engine.dialect.name == "sqlite":
            with _named_errors(), self._engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(FULL)")

    def delivered(self, sid: str, rank: int, error_code: int | None, now: datetime) -> bool:
        """Note how far a message came, never back. Return whether this was news."""
        row = {"sid": sid, "rank": rank, "error_code": error_code, "updated_at": now}
        with self._transaction() as connection:
            return connection.execute(self._prepared.keep_delivery, row).first() is not None

    def stop(self, hashes: Sequence[str], now: datetime) -> None:
        """Note that these senders want no more messages."""
        with self._transaction() as connection:
            for each in sorted(set(hashes)):
                connection.execute(self._prepared.stop_sender, {"hash": each, **_BLANK, "stopped_at": now})

    def forget(self, hashes: Sequence[str]) -> int:
        """Delete what is kept of these senders, save that they said stop. Return how many there were."""
        named = senders.c.hash.in_(hashes)
        blank = {name: value for name, value in _BLANK.items() if name != "stopped_at"}
        with self._transaction() as connection:
            gone = connection.execute(delete(senders).where(named, senders.c.stopped_at.is_(None))).rowcount
            return gone + connection.execute(update(senders).where(named).values(**blank)).rowcount

    def purge(self, now: datetime, keep_days: int) -> dict[str, int]:
        """Delete what is older than it may be kept; who said stop stays. Return the number of rows by table."""
        old, stale = now - timedelta(days=keep_days), now - REPLAY
        silent = or_(senders.c.last_seen < old, senders.c.last_seen.is_(None))
        doomed = {
            messages: messages.c.received_at < stale,
            deliveries: deliveries.c.updated_at < stale,
            senders: silent & senders.c.stopped_at.is_(None),
            unanswered: unanswered.c.day < old.date().isoformat(),
        }
        with self._transaction() as connection:
            return {
                table.name: connection.execute(delete(table).where(which)).rowcount for table, which in doomed.items()
            }

    def is_ready(self) -> bool:
        """Tell whether the database answers and has its tables."""
        try:
            with self._transaction() as connection:
                connection.execute(select(senders.c.hash).limit(1))
        except (Unavailable, DBAPIError):
            return False
        return True

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with _named_errors(), self._engine.begin() as connection:
            yield connection


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (OperationalError, TimeoutError) as error:
        raise Unavailable(type(error).__name__) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable(type(error).__name__) from error
        raise


def _sender(row: RowMapping) -> Sender:
    values = {name: _aware(value) for name, value in row.items() if name != "hash"}
    return Sender(**(values | {"offered": tuple(values["offered"])}))


def _aware(value: Any) -> Any:
    """SQLite gives times back without their zone; all are UTC."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
