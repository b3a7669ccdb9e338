"""The real server: started as an operator starts it, spoken to over sockets as Twilio speaks to it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import make_url, text
from twilio.request_validator import RequestValidator

from bot import database

SKINLINE = Path(sys.executable).with_name("skinline")
PUBLIC_URL = "https://line.clinic.example"
ACCOUNT = "AC0123456789abcdef0123456789abcdef"
TOKEN = "0123456789abcdef0123456789abcdef"
SETTINGS = {
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "PUBLIC_URL": PUBLIC_URL,
    "SECRET_KEY": "k" * 32,
    "CLINIC_NAME": "Clara Clinic",
    "CLINIC_PHONE": "+1 555 765 4321",
}
LONG = 120
"""Seconds: whatever takes longer is stuck."""
_numbers = count(2000000)


@dataclass(frozen=True)
class Answer:
    """What came back: status, and the texts for the phone."""

    status: int
    body: str

    @property
    def texts(self) -> list[str]:
        return [unescape(text) for text in re.findall(r"<Message>(.*?)</Message>", self.body, re.DOTALL)]


@dataclass(frozen=True)
class Server:
    """A running server, its database, and ways to speak to it."""

    port: int
    database_url: str
    number: str = field(default_factory=lambda: f"+1555{next(_numbers)}")

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def text(self, body: str, sid: str = "", **changes: str) -> Answer:
        """Send a text as Twilio does, signed."""
        form = self.form(body, sid, **changes)
        return self.post(form, RequestValidator(TOKEN).compute_signature(f"{PUBLIC_URL}/sms", form))

    def form(self, body: str, sid: str = "", **changes: str) -> dict[str, str]:
        form = {"MessageSid": sid or new_sid(), "AccountSid": ACCOUNT, "From": self.number, "To": "+15557654321"}
        return {**form, "Body": body, "NumMedia": "0", **changes}

    def post(self, form: Mapping[str, str], signature: str) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        return self._ask("POST", "/sms", urlencode(form), headers)

    def _ask(self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=LONG)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.read().decode())
        finally:
            connection.close()


def new_sid() -> str:
    return f"SM{uuid4().hex}"


def environment(**settings: str) -> dict[str, str]:
    """Return the environment of whoever runs the tests, without settings of their own, and with these."""
    system = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**system, **settings}


def skinline(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in `folder` to its end."""
    command = [str(SKINLINE), *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(**settings), capture_output=True, text=True, timeout=LONG, check=False
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def serving(folder: Path, database_url: str, known: Mapping[str, str] = SETTINGS) -> Iterator[Server]:
    """Make the tables and serve, both as `Procfile` does and with the settings `known`; stop at the end."""
    settings = {**known, "DATABASE_URL": database_url}
    made = skinline(folder, "db", "upgrade", **settings)
    assert made.returncode == 0, made.stderr
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:bot.serving", "bot.wsgi:app"]
    with (folder / "log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(**settings, HOST="127.0.0.1", PORT=str(port)),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_it_serves(port, process, folder / "log")
            yield Server(port, database_url)
        finally:
            process.terminate()
            process.wait(LONG)


def _wait_until_it_serves(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(LONG * 10):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8"))


def own_database(url: str) -> str:
    """Return the address of a new database on the PostgreSQL at `url`: other tests empty that one."""
    name = f"live_{uuid4().hex}"
    engine = database.engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)
