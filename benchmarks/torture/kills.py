"""Kill a worker, the server, the database in the middle of a load: what was promised holds, and is said once."""

import logging
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from benchmarks.torture.people import Witness, crowd, double_answers, lost_stops
from benchmarks.torture.servers import Postgres, Server, serving

TIMES = 10


@dataclass(frozen=True)
class Survived:
    """What one kind of killing did."""

    kills: int
    messages: int
    stops: int
    lost_stops: int
    double_answers: int
    from_nothing: int
    failures: int
    slowest_s: float


def survive(server: Server, kill: Callable[[], None], revive: Callable[[], None], times: int) -> Survived:
    """Kill and revive so many times under load; then ask again for all that was answered."""
    witness, until = Witness(), Event()
    pool = crowd(server.port, witness, until)
    for _ in range(times):
        time.sleep(0.7)
        kill()
        time.sleep(0.3)
        revive()
    time.sleep(0.7)
    until.set()
    pool.shutdown()
    _settle(server)
    return Survived(
        times,
        len(witness.answers),
        len(witness.stopped),
        lost_stops(server.port, witness),
        *double_answers(server.port, witness),
        witness.failures,
        round(witness.slowest, 1),
    )


def _settle(server: Server) -> None:
    """Wait until each worker has found the database again."""
    from bot.breaker import REST

    time.sleep(REST + 0.5)
    assert server.process.poll() is None


def nothing() -> None:
    """A worker is revived by its master."""


def of_workers(server: Server, times: int = TIMES) -> Survived:
    return survive(server, server.kill_a_worker, nothing, times)


def of_servers(server: Server, times: int = TIMES) -> Survived:
    return survive(server, server.kill, server.start, times)


def of_databases(server: Server, postgres: Postgres, times: int = TIMES) -> Survived:
    return survive(server, postgres.kill, postgres.start, times)


def main(times: int = TIMES) -> dict[str, Survived]:
    """Kill everything on both kinds of database."""
    # The line without a database, to compare answers with, would say of each that it has none.
    logging.disable(logging.WARNING)
    survived = {}
    with tempfile.TemporaryDirectory(prefix="skinline-") as folder:
        here = Path(folder)
        with serving(here, f"sqlite:///{here}/skinline.sqlite3") as server:
            survived["sqlite, a worker"] = of_workers(server, times)
            survived["sqlite, the server"] = of_servers(server, times)
        postgres = Postgres(here / "postgres")
        with serving(here, postgres.url) as server:
            survived["postgresql, a worker"] = of_workers(server, times)
            survived["postgresql, the server"] = of_servers(server, times)
            survived["postgresql, the database"] = of_databases(server, postgres, times)
        postgres.remove()
    return survived


if __name__ == "__main__":
    for name, result in main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES).items():
        print(f"{name:26} {result}", flush=True)
