"""One message from arrival to reply: remembered, repeated, and answered as far as may be without a database."""

import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from sqlalchemy import Engine, Table, select

from bot import content, database, phrases
from bot.content import Library
from bot.identity import hashed
from bot.model import CONTROLS, Channel, Clinic, How, Message, OptOut, Sender
from bot.phrases import Phrasebook
from bot.problems import Refused
from bot.receive import Answered, Arrival, Line, answer_from_nothing, put_together, receive
from bot.settings import FOR_TRYING_OUT, Settings
from bot.store import Store, Unavailable
from bot.tables import deliveries, messages, metadata, senders, tallies, unanswered

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NUMBER, WITHOUT_NUMBER = "+15551234567", "whatsapp:US.13491208655302741918"
KEY = "a key of at least thirty-two letters"

TYPED = {
    "scars": ["scars"],
    "laser": ["laser", "ليزر", "激光", "เลเซอร์", "लेज़र"],
    "crisis": ["suicide", "انتحار", "自杀", "ฆ่าตัวตาย", "आत्महत्या"],
    "urgent": ["swelling fast"],
    "appointment": ["appointment"],
    "photo": ["photo"],
}
CONTROLS_TYPED = {"stop": ["stop"], "start": ["start"], "privacy": ["privacy"], "more": ["more"], "menu": ["menu"]}


def topic_file(topic: str, place: int) -> str:
    fields = {
        "title": f"About {topic}",
        "answer": f"What the clinic says of {topic}, at the length of a whole sentence.",
        "more": [f"The second page on {topic}, at the length of a sentence."],
        "urgency": "routine",
        "sources": ["a journal"],
    }
    placed = [] if topic in ("crisis", "urgent") else [f"place = {place}"]
    # A JSON text or list is a TOML text or list.
    return "\n".join([*(f"{name} = {json.dumps(value)}" for name, value in fields.items()), *placed, "reviewed = {}"])


def keyword_file() -> str:
    controls = {control: CONTROLS_TYPED.get(control, [control]) for control in CONTROLS}
    tables = {"topics": TYPED, "controls": controls}
    lists = [
        f"{want} = {json.dumps(typed, ensure_ascii=False)}"
        for table in tables.values()
        for want, typed in table.items()
    ]
    return "\n".join(["[topics]", *lists[: len(TYPED)], "[controls]", *lists[len(TYPED) :]])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of six topics in one language."""
    folder = tmp_path_factory.mktemp("content")
    (folder / "topics").mkdir()
    (folder / "keywords").mkdir()
    for place, topic in enumerate(TYPED, start=1):
        (folder / "topics" / f"{topic}.toml").write_text(topic_file(topic, place), encoding="utf-8")
    (folder / "keywords" / "en.toml").write_text(keyword_file(), encoding="utf-8")
    return content.load(folder)


@pytest.fixture(scope="module")
def texts(small: Library) -> Phrasebook:
    """The texts of that library."""
    return phrases.load(small.topics.values(), Clinic(name="عيادة Clara"), ("en",))


@pytest.fixture
def line(small: Library, texts: Phrasebook, store: Store) -> Line:
    """All that answering needs, on a database of each kind."""
    return Line(small, texts, store, KEY)


@pytest.fixture
def cut(small: Library, texts: Phrasebook, tmp_path: Path) -> Iterator[Line]:
    """The same without a database."""
    opened = database.engine(f"sqlite:///{tmp_path}/no-such-folder/skinline.sqlite3")
    yield Line(small, texts, Store(opened), KEY)
    opened.dispose()


def arrival(text: str, sid: str = "SM1", *addresses: str, token: str = "", **details: Any) -> Arrival:
    message = Message(text, Channel.SMS, NOW, "US", **details)
    return Arrival(message, sid, addresses or (NUMBER,), "sms", token)


def remembered(line: Line, of: str = NUMBER) -> Sender:
    with line.store.turn(f"look {of}", "", [hashed(of, KEY)], NOW) as turn:
        return turn.sender()


def rows(engine: Engine, table: Table) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_an_answer_is_remembered(line: Line) -> None:
    answered = receive(arrival("laser"), line)
    assert "laser" in answered.texts[0]
    assert answered.outcome
    assert remembered(line) == answered.outcome.sender
    assert (remembered(line).topic, remembered(line).last_seen) == ("laser", NOW)


def test_what_is_remembered_leads_to_the_next_answer(line: Line) -> None:
    receive(arrival("laser"), line)
    assert "The second page on laser" in receive(arrival("more", "SM2"), line).texts[0]


def test_a_sender_is_known_under_each_of_their_addresses(line: Line) -> None:
    receive(arrival("laser", "SM1", NUMBER, WITHOUT_NUMBER), line)
    assert remembered(line, NUMBER) == remembered(line, WITHOUT_NUMBER) != Sender()


def test_a_stop_under_one_address_silences_the_other(line: Line) -> None:
    receive(arrival("hello", "SM1", NUMBER, WITHOUT_NUMBER), line)
    receive(arrival("stop", "SM2", WITHOUT_NUMBER), line)
    assert receive(arrival("laser", "SM3", NUMBER, WITHOUT_NUMBER), line).texts == ()


def test_whoever_said_stop_gets_silence_until_they_say_start(line: Line) -> None:
    assert receive(arrival("stop"), line).texts
    assert receive(arrival("laser", "SM2"), line).texts == ()
    assert receive(arrival("start", "SM3"), line).texts
    assert receive(arrival("laser", "SM4"), line).texts


def test_whoever_asks_to_be_forgotten_is(line: Line, engine: Engine) -> None:
    receive(arrival("laser"), line)
    receive(arrival("privacy", "SM2"), line)
    assert receive(arrival("1", "SM3"), line).texts == (line.phrases.say("forgotten", "en"),)
    assert rows(engine, senders) == []


def test_the_same_message_again_gets_the_same_answer_and_changes_nothing(line: Line, engine: Engine) -> None:
    first = receive(arrival("laser"), line)
    assert receive(arrival("laser"), line) == Answered(first.texts, None)
    assert remembered(line).replies == 1
    assert [row["count"] for row in rows(engine, tallies)] == [1]


def test_the_same_message_under_another_sid_is_known_by_its_token(line: Line) -> None:
    first = receive(arrival("laser", token="t-1"), line)
    again = receive(arrival("laser", "SM2", token="t-1"), line)
    assert again == Answered(first.texts, None)


def test_silence_is_repeated_as_silence(line: Line) -> None:
    receive(arrival("stop"), line)
    receive(arrival("laser", "SM2"), line)
    receive(arrival("start", "SM3"), line)
    assert receive(arrival("laser", "SM2"), line) == Answered((), None)


def test_messages_are_counted_by_day_language_door_topic_and_how(line: Line, engine: Engine) -> None:
    for number, text in enumerate(["laser", "激光", "scars"]):
        receive(arrival(text, f"SM{number}"), line)
    counted = {(row["topic"], row["count"]) for row in rows(engine, tallies)}
    assert counted == {("laser", 2), ("scars", 1)}
    assert {(row["day"], row["language"], row["channel"], row["how"]) for row in rows(engine, tallies)} == {
        ("2026-11-23", "en", "sms", "sure")
    }


def test_a_text_nobody_understands_is_kept_for_the_staff_without_its_numbers(line: Line, engine: Engine) -> None:
    receive(arrival("xylophone ต้นไม้ 5551234567 木琴"), line)
    (kept,) = rows(engine, unanswered)
    assert "xylophone" in kept["text"]
    assert "木琴" in kept["text"]
    assert "5551234567" not in kept["text"]


def test_a_text_tried_out_by_the_staff_is_not_kept(line: Line, engine: Engine) -> None:
    message = Message("xylophone", Channel.SMS, NOW, "US")
    receive(Arrival(message, "try1", ["simulator-1"], "simulator", for_staff=False), line)
    assert rows(engine, unanswered) == []
    assert [row["channel"] for row in rows(engine, tallies)] == ["simulator"]


@pytest.mark.parametrize("text", ["laser", "stop", "xylophone", "suicide"])
def test_no_table_ever_holds_a_number_or_an_address(line: Line, engine: Engine, text: str) -> None:
    receive(arrival(text, "SM1", NUMBER, WITHOUT_NUMBER), line)
    held = repr([rows(engine, table) for table in metadata.sorted_tables])
    assert rows(engine, messages)
    assert rows(engine, deliveries) == []
    assert not [part for part in ("5551234567", "13491208655302741918") if part in held]


def test_a_stop_is_on_disk_before_it_is_confirmed(small: Library, texts: Phrasebook, tmp_path: Path) -> None:
    opened = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    database.upgrade(opened)
    line = Line(small, texts, Store(opened), KEY)
    line.store.settle()
    receive(arrival("laser"), line)
    assert stops_in_the_file_alone(tmp_path) == 0
    receive(arrival("stop", "SM2"), line)
    assert stops_in_the_file_alone(tmp_path) == 1
    opened.dispose()


def stops_in_the_file_alone(folder: Path) -> int:
    """Count the stops that a copy of the file holds, without the write-ahead log beside it."""
    alone = copy(folder / "skinline.sqlite3", folder / "alone.sqlite3")
    with closing(sqlite3.connect(alone)) as connection:
        return int(connection.execute("SELECT count(*) FROM senders WHERE stopped_at IS NOT NULL").fetchone()[0])


@pytest.mark.parametrize(
    ("text", "want", "how"),
    [
        pytest.param("laser", "laser", How.SURE, id="topic"),
        pytest.param("ليزر", "laser", How.SURE, id="topic-in-arabic"),
        pytest.param("लेज़र", "laser", How.SURE, id="topic-in-hindi"),
        pytest.param("激光", "laser", How.SURE, id="topic-in-chinese"),
        pytest.param("เลเซอร์", "laser", How.SURE, id="topic-in-thai"),
        pytest.param("suicide", "crisis", How.DANGER, id="danger"),
        pytest.param("انتحار", "crisis", How.DANGER, id="danger-in-arabic"),
        pytest.param("自杀", "crisis", How.DANGER, id="danger-in-chinese"),
        pytest.param("menu", "menu", How.CONTROL, id="menu"),
        pytest.param("🌱🌱", "menu", How.CONTROL, id="emoji"),
        pytest.param("xylophone", "unknown", How.UNKNOWN, id="unknown"),
    ],
)
@pytest.mark.parametrize("act", [receive, answer_from_nothing], ids=["receive", "fallback"])
def test_without_a_database_topics_and_danger_are_answered(
    cut: Line, act: Callable[[Arrival, Line], Answered], text: str, want: str, how: How
) -> None:
    answered = act(arrival(text), cut)
    assert answered.texts
    assert answered.outcome
    assert (answered.outcome.want, answered.outcome.how) == (want, how)


@pytest.mark.parametrize("act", [receive, answer_from_nothing], ids=["receive", "fallback"])
@pytest.mark.parametrize(
    "wish",
    [
        pytest.param(arrival("stop"), id="stop"),
        pytest.param(arrival("STOP", opt_out=OptOut.STOP), id="stop-answered-by-the-network"),
        pytest.param(arrival("START", opt_out=OptOut.START), id="start-answered-by-the-network"),
    ],
)
def test_without_a_database_what_must_be_remembered_is_not_answered(
    cut: Line, act: Callable[[Arrival, Line], Answered], wish: Arrival
) -> None:
    with pytest.raises(Unavailable):
        act(wish, cut)


@pytest.fixture
def locked(small: Library, texts: Phrasebook, tmp_path: Path) -> Iterator[tuple[Line, sqlite3.Connection]]:
    """A line whose SQLite file another program is writing to, and that program's connection."""
    path = tmp_path / "skinline.sqlite3"
    opened = database.engine(f"sqlite:///{path}")
    database.upgrade(opened)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        yield Line(small, texts, Store(opened), KEY), writer
    opened.dispose()


def test_a_stop_that_met_a_locked_database_is_not_confirmed_until_it_is_kept(
    locked: tuple[Line, sqlite3.Connection],
) -> None:
    line, writer = locked
    with pytest.raises(Unavailable):
        receive(arrival("stop"), line)
    writer.execute("ROLLBACK")
    assert remembered(line).stopped_at is None
    again = receive(arrival("stop"), line)
    assert again.outcome
    assert again.texts == (line.phrases.say("stopped", "en"),)
    assert remembered(line).stopped_at == NOW


def test_a_topic_that_met_a_locked_database_is_answered_and_not_remembered(
    locked: tuple[Line, sqlite3.Connection],
) -> None:
    line, writer = locked
    assert "laser" in receive(arrival("laser"), line).texts[0]
    writer.execute("ROLLBACK")
    assert remembered(line) == Sender()


SECRETS = [
    pytest.param("ليزر 5551234567 Maria", id="number-and-name"),
    pytest.param("انتحار سري", id="arabic"),
    pytest.param("激光 秘密", id="chinese"),
    pytest.param("लेज़र रहस्य", id="hindi"),
    pytest.param("เลเซอร์ ความลับ", id="thai"),
    pytest.param("xylophone\nsid=SM9 how=sure", id="forged-line"),
    pytest.param("😀👩🏽‍⚕️", id="emoji"),
]


def logged(caplog: pytest.LogCaptureFixture, line: Line, text: str) -> list[str]:
    with caplog.at_level(logging.DEBUG, logger="skinline"):
        receive(arrival(text, "SM7", NUMBER, WITHOUT_NUMBER), line)
    return [record.getMessage() for record in caplog.records if record.name.startswith("skinline")]


@pytest.mark.parametrize("text", SECRETS)
def test_the_log_holds_ids_and_never_a_number_or_a_text(
    line: Line, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    (said,) = logged(caplog, line, text)
    assert said.startswith("sid=SM7 door=sms ")
    assert not [word for word in (*text.split(), "5551234", "US.1349") if word in said]


@pytest.mark.parametrize("text", SECRETS)
def test_the_log_of_a_missing_database_holds_no_number_and_no_text_either(
    cut: Line, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    said = logged(caplog, cut, text)
    assert said[0] == "sid=SM7 the database does not answer"
    assert not [word for word in (*text.split(), "5551234", "US.1349") if word in "\n".join(said)]


def test_the_log_tells_what_became_of_a_message(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    (first,) = logged(caplog, line, "laser")
    assert first.startswith("sid=SM7 door=sms language=en want=laser how=sure texts=2 ms=")
    caplog.clear()
    (again,) = logged(caplog, line, "laser")
    assert again.startswith("sid=SM7 door=sms language= want= how=repeat texts=2 ms=")


def test_a_pause_begins_the_budget_of_replies_anew(line: Line) -> None:
    receive(arrival("laser"), line)
    receive(arrival("laser", "SM2"), line)
    assert remembered(line).replies == 2
    later = Message("laser", Channel.SMS, NOW + timedelta(hours=2), "US")
    receive(Arrival(later, "SM3", [NUMBER], "sms"), line)
    assert remembered(line).replies == 1


def test_a_line_is_put_together_from_settings(engine: Engine) -> None:
    line = put_together(Settings(languages=("en",), clinic_name="诊所 Clara", secret_key=KEY), engine)
    assert (line.library.languages, line.phrases.languages, line.key) == (("en",), ("en",), KEY)
    assert line.phrases.clinic.name == "诊所 Clara"


def test_without_an_account_the_key_is_one_for_trying_out(engine: Engine) -> None:
    assert put_together(Settings(languages=("en",)), engine).key == FOR_TRYING_OUT


def test_a_default_language_without_keywords_is_refused_with_those_there_are(engine: Engine) -> None:
    with pytest.raises(Refused, match=r"DEFAULT_LANGUAGE: there are no keywords for it; choose from en$"):
        put_together(Settings(languages=("en",), default_language="tlh"), engine)
