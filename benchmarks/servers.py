"""Servers to measure: started with gunicorn as the Procfile does, on a free port, with the settings of a clinic."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
WORK = HERE / ".work"
URL, TOKEN, ACCOUNT = "https://line.clinic.example", "0123456789abcdef0123456789abcdef", "AC" + "0" * 32
SETTINGS = {
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "PUBLIC_URL": URL,
    "SECRET_KEY": "k" * 32,
    "CLINIC_NAME": "Clara Clinic",
}


@dataclass(frozen=True)
class Served:
    """A started server: how long its first answer took, and its processes."""

    port: int
    first_answer_s: float
    pid: int

    def worker_mb(self) -> float:
        """Proportional memory of the largest worker: what is shared with its siblings counts in part."""
        return max(map(_proportional_mb, self._workers()))

    def worker_s(self) -> float:
        """Seconds of processor time that its workers have taken so far, whoever else uses the machine."""
        return sum(map(_processor_s, self._workers()))

    def _workers(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return [int(child) for child in children]


def workplace(needs: Sequence[str] = ()) -> Path:
    """Return a new folder to work in. Exit where a program that is needed is missing."""
    for program in needs:
        if not shutil.which(program):
            sys.exit(f"benchmarks: {program} is missing; install it (Debian: apt-get install {program})")
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir()
    return WORK


def _proportional_mb(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:"))) / 1024


def _processor_s(pid: int) -> float:
    # Of the program (utime) and of the system for it (stime), behind its name in brackets.
    behind_name = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(behind_name[11]) + int(behind_name[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serving(program: str, database_url: str, **changed: str) -> Iterator[Served]:
    """Serve `program`, with `changed` settings, and stop it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {**SETTINGS, "DATABASE_URL": database_url, "HOST": "127.0.0.1", "PORT": str(port), **changed}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:bot.serving", "--log-level", "error", program]
    started = time.perf_counter()
    with (WORK / f"server-{port}.log").open("w") as log:
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
