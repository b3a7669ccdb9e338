"""Senders by the million, made by the database itself; and how long it takes to find one of them."""

import contextlib
import statistics
import time

from sqlalchemy import create_engine, make_url, text

from bot import database
from bot.store import Store

COUNTS = (1_000, 1_000_000)
_STRIDE = 7919
_COLUMNS = "hash, language, topic, page, offered, stopped_at, last_seen, replies, replies_since"
_VALUES = "'en', 'laser', 0, '[]', NULL, 1795435200000000, 3, 1795435200000000"
# Hashes as even as real ones, that a lookup can name again.
_FILL = {
    "sqlite": f"""WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
        INSERT INTO senders ({_COLUMNS})
        SELECT printf('%08x%056d', (i * 2654435761) & 4294967295, i) AS hash, {_VALUES} FROM n ORDER BY 1""",  # noqa: S608 - no input
    "postgresql": f"""INSERT INTO senders ({_COLUMNS})
        SELECT lpad(to_hex((i * 2654435761) & 4294967295), 8, '0') || lpad(i::text, 56, '0') AS hash, {_VALUES}
        FROM generate_series(0, CAST(:count AS bigint) - 1) AS i ORDER BY 1""",  # noqa: S608 - no input
}


def filled(url: str, count: int) -> Store:
    """Return a store on the database at `url`, made where it is not there, that knows `count` senders."""
    _make(url)
    patient = database.engine(url, database.AT_LEISURE)
    database.upgrade(patient)
    with patient.begin() as connection:
        connection.execute(text(_FILL[patient.dialect.name]), {"count": count})
    patient.dispose()
    return Store(database.engine(url))


def _make(url: str) -> None:
    """Make the database of a PostgreSQL; SQLite makes its own."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql" or parsed.database == "postgres":
        return
    server = create_engine(parsed.set(drivername="postgresql+psycopg", database="postgres"))
    with contextlib.closing(server.connect().execution_options(isolation_level="AUTOCOMMIT")) as connection:
        connection.execute(text(f"CREATE DATABASE {parsed.database}"))
    server.dispose()


def lookup_us(store: Store, count: int, lookups: int) -> float:
    """Return the median time of finding a sender among `count`, each time another one."""
    times = []
    for number in range(lookups):
        wanted = hash_of(number * _STRIDE % count)
        started = time.perf_counter()
        with store.turn([wanted]) as turn:
            known = turn.sender()
        times.append(time.perf_counter() - started)
        assert known.topic == "laser"
    return statistics.median(times) * 1e6


def hash_of(number: int) -> str:
    """Return the hash under which sender `number` was filled in."""
    return f"{number * 2654435761 & 0xFFFFFFFF:08x}{number:056}"
