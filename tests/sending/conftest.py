"""Twilio's API as its own description has it: Prism, behind a small proxy that makes it slow, broken or silent."""

import fcntl
import http.client
import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from click.testing import CliRunner
from mocked import ACCOUNT, PUBLIC_URL, SERVICE, Asked, Run, ToTwilio, Twilio, Web

from bot import database
from bot.cli import main
from bot.cli.asking import Outside
from bot.send.api import Api
from bot.store import Store

ROOT = Path(__file__).parent.parent.parent
SPECIFICATIONS = ROOT / "tests" / "payloads" / "twilio"
CACHE = ROOT / ".prism"
PRISM = "@stoplight/prism-cli@5.14.2"
LONG = 120
"""Seconds: whatever takes longer is stuck."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _installed() -> Path:
    command = CACHE / "node_modules" / ".bin" / "prism"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        # Another process that runs a part of these tests may be installing it.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not command.exists():
            install = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(CACHE), PRISM]
            try:
                subprocess.run(install, check=True, timeout=300, capture_output=True)
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
                pytest.skip(f"Prism cannot be installed: {error}")
    return command


def _whole_specification() -> dict[str, Any]:
    parts = [json.loads(file.read_text("utf-8")) for file in sorted(SPECIFICATIONS.glob("twilio_*.json"))]
    whole = {"openapi": "3.0.1", "info": parts[0]["info"], "paths": {}, "components": {"schemas": {}}}
    for part in parts:
        whole["paths"] |= part["paths"]
        whole["components"]["schemas"] |= part["components"]["schemas"]
        whole["components"]["securitySchemes"] = part["components"]["securitySchemes"]
    return whole


@pytest.fixture(scope="session")
def prism(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of Prism, which answers as Twilio's description says and refuses what it does not allow."""
    if not shutil.which("node"):
        pytest.skip("Prism needs Node.js: install node and npm")
    specification = tmp_path_factory.mktemp("twilio") / "twilio.json"
    specification.write_text(json.dumps(_whole_specification()), "utf-8")
    port = _free_port()
    command = [str(_installed()), "mock", "-h", "127.0.0.1", "-p", str(port), str(specification)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        _warm(port)
        yield port
    finally:
        process.terminate()
        process.wait(LONG)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(LONG * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "Prism ended"
        time.sleep(0.1)
    raise AssertionError("Prism did not start")


def _warm(port: int) -> None:
    """Ask once what takes Prism and the SDK seconds the first time on a busy machine: a line waits two."""
    api = Api(ACCOUNT, "t" * 32, ToTwilio(f"http://127.0.0.1:{port}", timeout=60))
    api.ask(lambda client: client.messages.create(to="+15005550006", from_="+15005550006", body="warm"), patience=60)


@pytest.fixture
def twilio(prism: int) -> Iterator[Twilio]:
    """Twilio, to be made slow (`delay`), broken (`status`, `code`) or silent."""
    port = _free_port()
    twilio = Twilio(f"http://127.0.0.1:{port}")

    class Handler(BaseHTTPRequestHandler):
        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            time.sleep(twilio.delay)
            status, answer = self._answer(body)
            is_json = "json" in self.headers.get("Content-Type", "")
            fields = json.loads(body) if is_json else dict(parse_qsl(body.decode(), keep_blank_values=True))
            twilio.asked.append(Asked(self.command, self.path, fields, status))
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            except OSError:
                self.close_connection = True

        def _answer(self, body: bytes) -> tuple[int, bytes]:
            if twilio.status:
                told = {"code": twilio.code, "message": "no", "status": twilio.status}
                return twilio.status, json.dumps(told).encode()
            upstream = http.client.HTTPConnection("127.0.0.1", prism, timeout=LONG)
            kept = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            upstream.request(self.command, self.path, body or None, kept)
            response = upstream.getresponse()
            status, answer = response.status, response.read()
            upstream.close()
            replaced = twilio.answers.get((self.command, self.path.partition("?")[0]))
            if replaced is not None and status < 400:
                return status, json.dumps(replaced).encode()
            return status, answer

        do_GET = do_POST = do_DELETE = _pass_on  # noqa: N815 - the names that http.server asks for

        def log_message(self, *_: object) -> None:
            """Say nothing: a line for each request would hide what failed."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield twilio
    server.shutdown()
    server.server_close()


@pytest.fixture
def api(twilio: Twilio) -> Api:
    """The API of an account, reaching the proxy."""
    return Api(ACCOUNT, "t" * 32, ToTwilio(twilio.url))


@pytest.fixture
def web() -> Web:
    """The web as a sound line sees it."""
    return Web()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    engine = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    database.upgrade(engine)
    return Store(engine)


@pytest.fixture
def run(tmp_path: Path, store: Store, api: Api, web: Web, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with an account, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    given = {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": "t" * 32,
        "TWILIO_MESSAGING_SERVICE_SID": SERVICE,
        "PUBLIC_URL": PUBLIC_URL,
        "SECRET_KEY": "k" * 32,
        "LANGUAGES": "en,ht,pt,zh_Hans",
        "DATABASE_URL": f"sqlite:///{tmp_path}/skinline.sqlite3",
    }
    return lambda *words: CliRunner().invoke(main, words, obj=Outside(api, web.reach), env=given)
