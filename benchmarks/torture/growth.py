"""Whether a sender is found as fast among a million as among a thousand."""

import statistics
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from benchmarks.torture.servers import LONG, Postgres
from bot import database
from bot.store import Store

FEW, MANY, LOOKUPS, ROUNDS = 1_000, 1_000_000, 2_000, 7
_COLUMNS = "hash, language, topic, page, offered, stopped_at, last_seen, replies, replies_since"
_VALUES = "'en', 'laser', 0, '[]', NULL, 1795435200000000, 3, 1795435200000000"
# Hashes as even as real ones, that a lookup can name again.
_FILL = {
    "sqlite": f"""WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :last)
        INSERT INTO senders ({_COLUMNS})
        SELECT printf('%08x%056d', (i * 2654435761) & 4294967295, i) AS hash, {_VALUES} FROM n ORDER BY 1""",  # noqa: S608 - no input
    "postgresql": f"""INSERT INTO senders ({_COLUMNS})
        SELECT lpad(to_hex((i * 2654435761) & 4294967295), 8, '0') || lpad(i::text, 56, '0') AS hash, {_VALUES}
        FROM generate_series(CAST(:first AS bigint), :last - 1) AS i ORDER BY 1""",  # noqa: S608 - no input
}


def _hash(number: int) -> str:
    return f"{number * 2654435761 & 0xFFFFFFFF:08x}{number:056}"


def _lookup_us(store: Store, senders: int) -> float:
    """Return the median time of a lookup among so many, each another one, in microseconds."""
    times = []
    for number in range(LOOKUPS):
        wanted = _hash(number * 7919 % senders)
        started = time.perf_counter()
        with store.turn([wanted]) as turn:
            assert turn.sender().topic == "laser"
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1e6


def _filled(url: str, senders: int) -> Store:
    """Return a store on a new database that knows so many senders."""
    opened = database.engine(url, patience=LONG * 10)
    database.upgrade(opened)
    with opened.begin() as connection:
        connection.execute(text(_FILL[opened.dialect.name]), {"first": 0, "last": senders})
    if opened.dialect.name == "postgresql":
        with opened.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE senders"))
    return Store(opened)


def lookups(few_url: str, many_url: str) -> tuple[float, float]:
    """Return the time of a lookup among few and among many senders: by turns, and the best of each."""
    few, many = _filled(few_url, FEW), _filled(many_url, MANY)
    turns = [(_lookup_us(few, FEW), _lookup_us(many, MANY)) for _ in range(ROUNDS)]
    return min(each for each, _ in turns), min(each for _, each in turns)


def main() -> dict[str, tuple[float, float]]:
    """Return the times on both kinds of database."""
    with tempfile.TemporaryDirectory(prefix="skinline-") as folder:
        measured = {"sqlite": lookups(f"sqlite:///{folder}/few.sqlite3", f"sqlite:///{folder}/many.sqlite3")}
        postgres = Postgres(Path(folder) / "postgres")
        measured["postgresql"] = lookups(postgres.url, postgres.another())
        postgres.remove()
    return measured


if __name__ == "__main__":
    print(main())
