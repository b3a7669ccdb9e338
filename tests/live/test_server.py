"""The real server with two processes, on SQLite and PostgreSQL: repeats, signatures, health, and how it refuses."""

import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from running import LONG, PUBLIC_URL, SETTINGS, TOKEN, Answer, Server, environment, free_port, new_sid, skinline
from sqlalchemy import func, make_url, select
from twilio.request_validator import RequestValidator

from bot import content, database
from bot.identity import hashed
from bot.model import Sender
from bot.store import Store
from bot.tables import messages

ROOT = content.CONTENT.parent
QUESTIONS = [
    pytest.param("what are acne scars", id="english"),
    pytest.param("¿qué son las cicatrices de acné?", id="spanish"),
    pytest.param("ما هي ندبات حب الشباب؟", id="arabic"),
    pytest.param("मुँहासे के निशान क्या हैं?", id="hindi"),
    pytest.param("什么是痘疤?", id="chinese"),
    pytest.param("แผลเป็นจากสิวคืออะไร", id="thai"),
    pytest.param("🌱👩🏽‍⚕️", id="emoji"),
]


def known(server: Server) -> Sender:
    """Return what the database holds of the server's sender."""
    engine = database.engine(server.database_url)
    with Store(engine).turn([hashed(server.number, SETTINGS["SECRET_KEY"])]) as turn:
        sender = turn.sender()
    engine.dispose()
    return sender


def times_kept(server: Server, sid: str) -> int:
    engine = database.engine(server.database_url)
    with engine.connect() as connection:
        number = connection.execute(select(func.count()).where(messages.c.sid == sid)).scalar_one()
    engine.dispose()
    return int(number)


def at_once(server: Server, texts: list[tuple[str, str]]) -> list[Answer]:
    """Send texts, each under its sid, in parallel."""
    with ThreadPoolExecutor(len(texts)) as pool:
        return list(pool.map(lambda each: server.text(*each), texts))


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_says_that_it_is_well(server: Server, path: str) -> None:
    assert server.get(path).status == 200


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_signed_text_in_any_script_is_answered(server: Server, text: str) -> None:
    answer = server.text(text)
    assert answer.status == 200
    assert answer.texts
    assert all(answer.texts)


def test_the_same_message_one_after_the_other_gets_the_same_answer(server: Server) -> None:
    sid = new_sid()
    answers = [server.text("laser", sid) for _ in range(6)]
    assert answers[0].texts
    assert len({answer.body for answer in answers}) == 1
    assert known(server).replies == 1


def test_the_same_message_many_times_at_once_is_answered_once(server: Server) -> None:
    sid = new_sid()
    answers = at_once(server, [("laser", sid)] * 12)
    assert {answer.status for answer in answers} == {200}
    assert answers[0].texts
    assert len({answer.body for answer in answers}) == 1
    assert times_kept(server, sid) == 1
    assert known(server).replies == 1


def test_several_messages_of_one_sender_at_once_are_all_remembered(server: Server) -> None:
    answers = at_once(server, [("laser", new_sid()) for _ in range(8)])
    assert {answer.status for answer in answers} == {200}
    assert known(server).replies == 8


def test_a_stop_holds_in_every_process(server: Server) -> None:
    assert server.text("please stop texting me").texts
    assert known(server).stopped_at
    assert [server.text("laser").texts for _ in range(6)] == [[]] * 6


def test_two_senders_do_not_share_what_is_remembered(server: Server) -> None:
    other = Server(server.port, server.database_url)
    server.text("laser")
    assert server.text("more").texts != other.text("more").texts
    assert known(server).topic == "laser"
    assert known(other).topic == ""


def test_a_wrong_signature_is_refused(server: Server) -> None:
    sid = new_sid()
    assert server.post(server.form("laser", sid), "bm90IGEgc2lnbmF0dXJl") == Answer(403, "")
    assert times_kept(server, sid) == 0


def test_no_signature_is_refused(server: Server) -> None:
    assert server.post(server.form("laser"), "").status == 403


def test_a_text_changed_on_its_way_is_refused(server: Server) -> None:
    form = server.form("laser")
    signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC_URL}/sms", form)
    assert server.post({**form, "Body": "stop"}, signature).status == 403


def test_another_account_is_refused(server: Server) -> None:
    assert server.text("laser", AccountSid=f"AC{'0' * 32}").status == 403


@contextmanager
def written_to(server: Server) -> Iterator[None]:
    """Hold the write lock of the server's SQLite file, as another program might."""
    with closing(sqlite3.connect(make_url(server.database_url).database or "", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        yield


def test_a_locked_sqlite_file_still_answers_a_topic_but_confirms_no_stop(on_sqlite: Server) -> None:
    server, sid = Server(on_sqlite.port, on_sqlite.database_url), new_sid()
    with written_to(server):
        assert server.text("laser").texts
        assert server.get("/healthz").status == 200
        assert server.get("/readyz").status == 503
        assert server.text("please stop texting me", sid).status == 503
    assert known(server) == Sender()
    assert server.text("please stop texting me", sid).texts
    assert known(server).stopped_at


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line with which a command refused."""
    assert done.returncode == 1, done.stdout + done.stderr
    (line,) = done.stderr.splitlines()
    return line


@pytest.fixture
def migrated(tmp_path: Path) -> str:
    """The address of a migrated SQLite file."""
    url = f"sqlite:///{tmp_path}/skinline.sqlite3"
    assert skinline(tmp_path, "db", "upgrade", DATABASE_URL=url).returncode == 0
    return url


def test_a_port_in_use_is_refused_in_one_line(tmp_path: Path, migrated: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        done = skinline(tmp_path, "serve", "--port", str(port), DATABASE_URL=migrated)
    assert refused(done) == f"serve: port: {port} is in use; stop what uses it, or choose another with --port"


def test_serving_without_tables_is_refused_in_one_line(tmp_path: Path) -> None:
    done = skinline(tmp_path, "serve", "--port", str(free_port()), DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3")
    assert refused(done) == (
        f"database: DATABASE_URL: its tables are of version none, not {database.HEAD}; run `skinline db upgrade`"
    )


def test_a_database_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    url = f"postgresql://clara:hush-hush@127.0.0.1:{free_port()}/skinline"
    said = refused(skinline(tmp_path, "serve", DATABASE_URL=url))
    assert "cannot be used" in said
    assert "hush-hush" not in said


def test_gunicorn_alone_shows_the_refusal_once_and_ends(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "python:bot.serving", "bot.wsgi:app"],
        cwd=tmp_path,
        env=environment(DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3", HOST="127.0.0.1", PORT=str(free_port())),
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    assert done.returncode != 0
    assert done.stderr.count("run `skinline db upgrade`") == 1
    assert "Traceback" not in done.stderr


def test_an_unknown_setting_is_refused_in_one_line(tmp_path: Path) -> None:
    done = skinline(tmp_path, "check", TWILIO_AUTH_TOKN="x")
    assert refused(done) == "settings: TWILIO_AUTH_TOKN: no such setting; did you mean TWILIO_AUTH_TOKEN?"


def test_an_unknown_name_in_the_file_env_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("KEEP_DAY=30\n")
    done = skinline(tmp_path, "db", "upgrade")
    assert refused(done) == f"{tmp_path}/.env: KEEP_DAY: no such setting; did you mean KEEP_DAYS?"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that may be broken."""
    for folder in ("bot", "content", "locales"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def check(project: Path) -> subprocess.CompletedProcess[str]:
    """Run `skinline check` from a copy of the project: its own `bot` is found before the one installed."""
    return subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main(['check'])"],
        cwd=project,
        env=environment(LANGUAGES="en,es"),
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )


def test_a_broken_keyword_file_is_refused_in_one_line(project: Path) -> None:
    broken = project / "content" / "keywords" / "es.toml"
    broken.write_text('common = ["el", "la"\n[topics]\n', encoding="utf-8")
    said = refused(check(project))
    assert said.startswith(f"{broken}: this is not TOML (")
    assert said.endswith("; mend that place")


def test_a_missing_translation_is_refused_in_one_line(project: Path) -> None:
    catalogue = project / "locales" / "es" / "LC_MESSAGES" / "bot.po"
    entries = catalogue.read_text(encoding="utf-8").split("\n\n")
    kept = [entry for entry in entries if not re.search(r'^msgctxt "reminder"$', entry, re.MULTILINE)]
    assert len(kept) == len(entries) - 1
    catalogue.write_text("\n\n".join(kept), encoding="utf-8")
    assert refused(check(project)) == (
        f"{catalogue.parent}: reminder: has no translation; add it, or leave the language out of LANGUAGES"
    )
