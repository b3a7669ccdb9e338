"""The command line, as an operator types it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from bot import database
from bot.cli import main
from bot.identity import hashed
from bot.settings import FOR_TRYING_OUT
from bot.store import Store
from bot.tables import senders


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/skinline.sqlite3"


def _run(url: str, *arguments: str, text: str = "", **environment: str) -> Result:
    return CliRunner(env={"DATABASE_URL": url, **environment}).invoke(main, arguments, input=text)


def test_a_text_is_explained(url: str) -> None:
    shown = _run(url, "understand", "what are acne scars").output
    assert shown.startswith("scars in English, sure 0.")
    assert "words that decided: " in shown


def test_texts_a_line_are_understood_a_line(url: str) -> None:
    cases = [
        {"text": "q son las cicatrices", "country": "MX"},
        {"text": "STOP", "country": ""},
        {"text": "", "country": None},
    ]
    done = _run(url, "understand", "--jsonl", text="\n".join(map(json.dumps, cases)))
    answers = [json.loads(line) for line in done.output.splitlines()]
    assert [(each["topic"], each["lang"]) for each in answers[:2]] == [("scars", "es"), ("stop", "en")]
    assert answers[2]["topic"] == "unknown"
    assert all(0 <= each["sure"] <= 1 and isinstance(each["why"], list) for each in answers)


@pytest.mark.parametrize("line", ["no json", "[]", '{"country": "US"}', '{"text": 5}'])
def test_a_line_that_is_no_case_is_refused_with_what_to_write(line: str, url: str) -> None:
    done = _run(url, "understand", "--jsonl", text=line)
    assert done.exit_code == 1
    assert 'is no object with a "text"' in done.output
    assert "Traceback" not in done.output


def test_check_finds_nothing_to_mend(url: str) -> None:
    assert _run(url, "check").output == "18 topics in 6 languages: nothing to mend\n"


def test_languages_tell_honestly_who_has_signed(url: str) -> None:
    lines = _run(url, "languages").output.splitlines()
    assert len(lines) == 6
    assert all("no signature" in line for line in lines if not line.startswith("en"))
    assert all("117/117 texts" in line for line in lines)


def test_talk_is_the_bot_in_the_terminal(url: str) -> None:
    done = _run(url, "talk", text="what are acne scars\nSTOP\nlaser\n")
    assert "< Acne scars are lasting changes" in done.output
    assert done.output.rstrip().endswith("< (silence)")


def test_the_database_is_made_kept_and_emptied(url: str) -> None:
    assert "run `skinline db upgrade`" in _run(url, "purge").output
    assert _run(url, "db", "upgrade").output == "the tables are up to date\n"
    assert "senders: 0" in _run(url, "purge").output
    engine = database.engine(url)
    with Store(engine).turn([hashed("+15551234567", FOR_TRYING_OUT)]) as turn:
        known = turn.sender()
        turn.write()
        turn.remember(known)
    assert _run(url, "forget", "+15551234567").output == "deleted\n"
    assert _run(url, "forget", "+15551234567").output == "nothing was kept\n"
    with engine.connect() as connection:
        assert connection.execute(select(senders)).all() == []
    engine.dispose()


def test_mistakes_in_settings_are_told_together_without_a_trace(url: str) -> None:
    done = _run(url, "check", KEEP_DAYS="soon", CLINIC_COUNTRY="Mexico", TWILIO_ACOUNT_SID="AC1")
    assert done.exit_code == 1
    assert [line.split(": ")[1] for line in done.output.splitlines()] == [
        "TWILIO_ACOUNT_SID",
        "CLINIC_COUNTRY",
        "KEEP_DAYS",
    ]
    assert "did you mean TWILIO_ACCOUNT_SID?" in done.output
