"""A new version is brought in while the old one runs: the tables go forward and back with what they hold."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, insert, select, text

from bot import database
from bot.deliveries import Delivery
from bot.model import Sender
from bot.problems import Refused
from bot.store import Store
from bot.tables import deliveries, messages, metadata, senders, tallies, unanswered
from bot.transaction import Record, Tally

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NUMBER = "0" * 64
KNOWN = Sender("zh_Hans", "laser", 2, ("scars", "language:हिन्दी"), NOW, NOW, 7, NOW)
TALLY = Tally("2026-11-23", "ar", "whatsapp", "scars", "unknown")
FIRST_TABLES = (senders, messages, deliveries, tallies, unanswered)

AHEAD = [
    "ALTER TABLE senders ADD COLUMN nickname VARCHAR(8)",
    "ALTER TABLE messages ADD COLUMN weight INTEGER NOT NULL DEFAULT 1",
    "CREATE TABLE friends (id INTEGER PRIMARY KEY)",
    "CREATE INDEX ix_ahead ON senders (last_seen)",
    "UPDATE alembic_version SET version_num = '9999'",
]
"""What a later version may do to the tables while this one runs: add, never take away (expand, then contract)."""


def talk(store: Store, sid: str) -> None:
    with store.turn([NUMBER]) as turn:
        known = turn.sender()
        seen = (known.last_seen or NOW).replace(microsecond=int(sid[2:]))
        turn.keep(Record(sid, "", seen, ("激光",), TALLY, KNOWN._replace(last_seen=seen), unanswered="木琴"))


@pytest.fixture
def filled(engine: Engine, store: Store) -> Engine:
    """A database with something in every one of the first tables."""
    talk(store, "SM1")
    store.stop(["1" * 64], NOW)
    store.delivered(Delivery("SM1", "delivered", 5), NOW)
    with engine.begin() as connection:
        connection.execute(insert(tallies).values(TALLY._asdict() | {"count": 3}))
    return engine


def held(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of the first tables, in the columns that the first version made."""
    first = {table: [column.name for column in table.columns] for table in FIRST_TABLES}
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(*(table.c[name] for name in names)))))
            for table, names in first.items()
        }


def revisions() -> Iterator[str]:
    """Yield every revision from the newest to the first."""
    for script in ScriptDirectory(str(database.MIGRATIONS)).walk_revisions():
        yield script.revision


def test_every_migration_goes_back_and_forward_and_keeps_senders_and_their_stops(filled: Engine) -> None:
    before = held(filled)
    steps = list(revisions())
    for revision in steps:
        database.downgrade(filled, revision)
        assert stops(filled) == 2
    for revision in reversed(steps):
        database.upgrade(filled, revision)
        assert stops(filled) == 2
    database.check(filled)
    assert held(filled)["senders"] == before["senders"]
    assert all(held(filled).values())


def stops(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM senders WHERE stopped_at IS NOT NULL")).scalar_one())


@pytest.fixture
def ahead(filled: Engine) -> Engine:
    """The same once a later version has brought the tables to its own state."""
    with filled.begin() as connection:
        for statement in AHEAD:
            connection.execute(text(statement))
    return filled


def test_this_version_starts_and_talks_on_tables_that_are_ahead(ahead: Engine) -> None:
    database.check(ahead)
    opened = Store(ahead)
    assert opened.is_ready()
    talk(opened, "SM2")
    opened.stop(["2" * 64], NOW)
    assert opened.delivered(Delivery("SM2", "delivered", 5), NOW)
    assert opened.counts() == [("whatsapp", "ar", "unknown", 5)]
    assert opened.forget(["1" * 64]) == 1
    assert opened.purge(NOW, 90)["senders"] == 0


def test_a_store_that_is_open_goes_on_while_the_tables_change(filled: Engine, store: Store) -> None:
    talk(store, "SM2")
    with filled.begin() as connection:
        for statement in AHEAD:
            connection.execute(text(statement))
    talk(store, "SM3")
    store.stop([NUMBER], NOW)
    with store.turn([NUMBER]) as turn:
        assert turn.sender().stopped_at == NOW


@pytest.mark.parametrize(
    "change",
    ["DROP TABLE unanswered", "ALTER TABLE messages DROP COLUMN how", "DELETE FROM alembic_version"],
)
def test_tables_ahead_that_lack_what_this_version_needs_are_refused(ahead: Engine, change: str) -> None:
    with ahead.begin() as connection:
        connection.execute(text(change))
    with pytest.raises(Refused, match="run `skinline db upgrade`"):
        database.check(ahead)


def test_nothing_is_left_when_all_migrations_are_taken_back(filled: Engine) -> None:
    database.downgrade(filled)
    with pytest.raises(Refused, match="of version none"):
        database.check(filled)
    database.upgrade(filled)
    database.check(filled)
    assert set(metadata.tables) >= {table.name for table in FIRST_TABLES}
