"""What two workers hold beside a bare route, how long messages take at half of that, and whether any fails."""

import os
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import servers, webhook
from benchmarks.torture.servers import Postgres
from bot import database

MESSAGES, ROUNDS, SECONDS = 100_000, 3, 5


@dataclass(frozen=True)
class Held:
    """Of one server: messages a second, beside the bare route, the slowest of a hundred at half of that, and errors."""

    per_second: float
    ratio: float
    p99_at_half_ms: float
    sent: int
    errors: int


def _runs(program: str, url: str, requests: Path, messages: int) -> tuple[list[webhook.Run], webhook.Run]:
    """Load a server fully until it had so many messages, then at half of what it held."""
    with servers.serving(program, url) as server:
        runs = [webhook.load(server, requests) for _ in range(ROUNDS)]
        while sum(run.sent for run in runs) < messages:
            runs.append(webhook.load(server, requests))
        rate = statistics.median(run.rate for run in runs)
        return runs, webhook.load(server, requests, at_most=rate / 2)


def main(messages: int = MESSAGES) -> dict[str, Held]:
    """Measure both kinds of database beside the bare route; each gets half of the messages."""
    requests = servers.workplace(needs=("wrk",)) / "requests.txt"
    webhook.write_requests(requests)
    held: dict[str, Held] = {}
    with tempfile.TemporaryDirectory(prefix="skinline-") as folder:
        postgres = Postgres(Path(folder) / "postgres")
        bare, _ = _runs("benchmarks.bare:app", "sqlite://", requests, 0)
        per_second = statistics.median(run.rate for run in bare)
        for name, url in (("sqlite", f"sqlite:///{folder}/skinline.sqlite3"), ("postgresql", postgres.url)):
            database.upgrade(database.engine(url))
            runs, half = _runs("bot.wsgi:app", url, requests, messages // 2)
            rate = statistics.median(run.rate for run in runs)
            every = [*runs, half]
            sent, errors = sum(run.sent for run in every), sum(run.errors for run in every)
            held[name] = Held(round(rate), round(rate / per_second, 2), half.p99_ms, sent, errors)
        postgres.remove()
    return held


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    print(main(*map(int, sys.argv[1:])))
