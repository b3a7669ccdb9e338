"""A person texts what nobody may keep; afterwards every byte that the program wrote is searched for it."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from running import SETTINGS, TOKEN, Server, serving, skinline

from benchmarks.torture.servers import Postgres

NUMBER, WITHOUT_NUMBER = "+15557391846", "whatsapp:MX.Kanarienvogel7391"
SPOKEN = [
    "what are acne scars kanarienvogel",
    "my name is Kanarienvogel and my number is 555 739 1846, call me",
    "kanarienvogel@example.com https://kanarienvogel.example/7391846",
    "i want to kill myself kanarienvogel",
    "please stop texting me, kanarienvogel",
    "START",
    "what do you know about me",
    "1",
    "laser kanarienvogel",
]
SECRETS = ["kanarienvogel", "7391846", "739 1846", "7391", TOKEN, SETTINGS["SECRET_KEY"], "hush-hush-hush"]
DETAILS = {
    "ProfileName": "Kanarienvogel", "FromCity": "Kanarienvogel", "MediaUrl0": "https://kanarienvogel.example/7391846",
    "WaId": "15557391846", "ExternalUserId": WITHOUT_NUMBER, "Label": "Kanarienvogel",
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str, list[Path]]]:
    """A working folder, a database's address, and the folders in which the program and its database write."""
    if request.param == "sqlite":
        yield tmp_path, f"sqlite:///{tmp_path}/skinline.sqlite3", [tmp_path]
        return
    with TemporaryDirectory(prefix="skinline-") as folder:
        postgres = Postgres(Path(folder) / "data")
        yield tmp_path, postgres.url, [tmp_path, postgres.folder]
        postgres.remove()


def found_in(content: bytes) -> list[str]:
    """Return which secrets stand in it, in any case and in the encodings that a program might write."""
    lowered = content.lower()
    return [
        secret
        for secret in SECRETS
        if any(secret.lower().encode(encoding) in lowered for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


def test_no_byte_that_was_written_or_said_holds_what_a_person_texted(place: tuple[Path, str, list[Path]]) -> None:
    folder, url, written = place
    known = {**SETTINGS, "STAFF_PASSWORD": "hush-hush-hush", "METRICS_TOKEN": "a token of many letters"}
    with serving(folder, url, known) as running:
        server = Server(running.port, url, NUMBER)
        answers = [server.text(text, **DETAILS) for text in SPOKEN]
        assert [answer.status for answer in answers] == [200] * len(SPOKEN)
        answers.append(server.post(server.form("laser kanarienvogel"), "no signature"))
        answers.extend(
            map(server.get, ["/kanarienvogel7391846", "/sms?Body=kanarienvogel", "/metrics", "/readyz", "/"])
        )
        with socket.create_connection(("127.0.0.1", server.port)) as nonsense:
            nonsense.sendall(b"GET /kanarienvogel7391846\r\nX-Kanarienvogel 7391846\r\n\r\n")
            assert nonsense.recv(1000)
        commands = [
            skinline(folder, *command, DATABASE_URL=url, **known)
            for command in (["held", NUMBER], ["db", "backup", "copy"], ["forget", NUMBER], ["purge"])
        ]
    said = [answer.body.encode() for answer in answers]
    said.extend((command.stdout + command.stderr).encode() for command in commands)
    assert [command.returncode for command in commands] == [0] * len(commands)
    assert [found_in(each) for each in said] == [[]] * len(said)
    files = [path for root in written for path in root.rglob("*") if path.is_file()]
    assert len(files) >= 3
    assert {str(path): found for path in files if (found := found_in(_content(path)))} == {}


def _content(path: Path) -> bytes:
    if path.name == "copy":
        return subprocess.run(["gunzip", "-c", str(path)], capture_output=True, check=False).stdout
    with suppress(FileNotFoundError):
        return path.read_bytes()
    # PostgreSQL does away with files of its own at any time.
    return b""


def test_the_search_finds_what_is_there() -> None:
    assert found_in("…Kanarienvogel…".encode("utf-16-le")) == ["kanarienvogel"]
    assert found_in(b"tel:7391846") == ["7391846", "7391"]
