"""What two workers hold beside a bare route, how long messages take at half of that, and whether any fails."""

import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import servers, webhook
from benchmarks.servers import Served
from benchmarks.torture.servers import Postgres
from bot import database

MESSAGES, ROUNDS, SENDERS = 100_000, 3, 50_000
SECONDS, SECONDS_AT_HALF = 5, 10
BARE = "bare"


@dataclass(frozen=True)
class Held:
    """Of one server: messages a second, beside the bare route, errors; times at half of that, the bare route's too."""

    per_second: float
    ratio: float
    p99_at_half_ms: float
    bare_p99_at_half_ms: float
    sent: int
    errors: int


class Loads:
    """What is sent to each server: signed messages, none of them twice."""

    def __init__(self, requests: Path) -> None:
        self._requests = requests
        self.runs: dict[str, list[webhook.Run]] = {}

    def load(self, name: str, server: Served, seconds: int = SECONDS, at_most: float = 0.0) -> webhook.Run:
        run = webhook.load(server, self._requests, seconds, at_most=at_most, behind=self.sent(name))
        self.runs.setdefault(name, []).append(run)
        return run

    def sent(self, name: str) -> int:
        """Return how many messages a server got, those among them that wrk did not wait for."""
        return sum(run.taken for run in self.runs.get(name, ()))


def main(messages: int = MESSAGES) -> dict[str, Held]:
    """Load both kinds of database and the bare route by turns; each kind gets half of the messages."""
    requests = servers.workplace(needs=("wrk",)) / "requests.txt"
    webhook.write_requests(requests, SENDERS, messages)
    with tempfile.TemporaryDirectory(prefix="skinline-") as folder, ExitStack() as running:
        postgres = Postgres(Path(folder) / "postgres")
        running.callback(postgres.remove)
        urls = {"sqlite": f"sqlite:///{folder}/skinline.sqlite3", "postgresql": postgres.url}
        bare = running.enter_context(servers.serving("benchmarks.bare:app", "sqlite://"))
        served = {}
        for name, url in urls.items():
            database.upgrade(database.engine(url))
            served[name] = running.enter_context(servers.serving("bot.wsgi:app", url))
        return _measured(Loads(requests), bare, served, messages // len(served))


def _measured(loads: Loads, bare: Served, served: dict[str, Served], each: int) -> dict[str, Held]:
    ratios: dict[str, list[float]] = {name: [] for name in served}
    for _ in range(ROUNDS):
        beside = loads.load(BARE, bare).rate
        for name, server in served.items():
            ratios[name].append(loads.load(name, server).rate / beside)
    held = {name: statistics.median(run.rate for run in loads.runs[name]) for name in served}
    halves = {name: _at_half(loads, bare, name, served[name], held[name] / 2) for name in served}
    for name, server in served.items():
        while loads.sent(name) < each:
            loads.load(name, server)
    return {
        name: Held(
            round(held[name]),
            round(statistics.median(ratios[name]), 2),
            *halves[name],
            sum(run.sent for run in loads.runs[name]),
            sum(run.errors for run in loads.runs[name]),
        )
        for name in served
    }


def _at_half(loads: Loads, bare: Served, name: str, server: Served, rate: float) -> tuple[float, float]:
    """Return the slowest of a hundred at this rate, in milliseconds, and of the bare route's at the same."""
    ours, theirs = (
        loads.load(which, each, SECONDS_AT_HALF, at_most=rate).p99_ms for which, each in ((name, server), (BARE, bare))
    )
    return ours, theirs


if __name__ == "__main__":
    print(main(*map(int, sys.argv[1:])))
