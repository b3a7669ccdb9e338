"""One message from arrival to reply: remembered, repeated, and answered as far as may be without a database."""

import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count, islice
from multiprocessing import get_context
from multiprocessing.pool import Pool
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Engine, Table, select

from bot import content, database, phrases
from bot.content import LETTERS, WEIGHTS, Library
from bot.identity import hashed
from bot.line import Line, put_together
from bot.model import CONTROLS, UNKNOWN, Channel, Clinic, How, Message, OptOut, Sender
from bot.phrases import Phrasebook
from bot.problems import Refused
from bot.receive import Answered, Arrival, answer_from_nothing, receive
from bot.settings import FOR_TRYING_OUT, Settings
from bot.store import Store, Unavailable
from bot.tables import deliveries, messages, metadata, senders, tallies, unanswered
from bot.transaction import Record, Tally, Turn

LONG = 60
"""Seconds: whatever takes longer is stuck."""
Told = tuple[bool, tuple[str, ...]]
"""Whether a message was answered anew, and its texts."""
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NUMBER, WITHOUT_NUMBER = "+15551234567", "whatsapp:US.13491208655302741918"
KEY = "a key of at least thirty-two letters"

TYPED = {
    "scars": "scars",
    "laser": "laser, ليزر, 激光, เลเซอร์, लेज़र",
    "crisis": "suicide, انتحار, 自杀, ฆ่าตัวตาย, आत्महत्या",
    "urgent": "swelling fast",
    "appointment": "appointment",
    "photo": "photo",
}


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
    topics = [f"{topic} = {json.dumps(typed, ensure_ascii=False)}" for topic, typed in TYPED.items()]
    controls = [f"{control} = {json.dumps(control)}" for control in CONTROLS]
    return "\n".join(["[topics]", *topics, "[controls]", *controls])


def learned() -> str:
    """Weights by which every phrase speaks for what it is listed under."""
    wants = (*TYPED, *CONTROLS, UNKNOWN)
    return json.dumps({"always": dict.fromkeys(wants, 0.0), **{f"says {want}": {want: 9.0} for want in wants}})


@pytest.fixture(scope="module")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a library of six topics in one language, understood by phrases alone."""
    folder = tmp_path_factory.mktemp("content")
    (folder / "topics").mkdir()
    (folder / "keywords").mkdir()
    for place, topic in enumerate(TYPED, start=1):
        (folder / "topics" / f"{topic}.toml").write_text(topic_file(topic, place), encoding="utf-8")
    (folder / "keywords" / "en.toml").write_text(keyword_file(), encoding="utf-8")
    (folder / "meanings.toml").write_text("", encoding="utf-8")
    (folder / WEIGHTS).write_text(learned(), encoding="utf-8")
    (folder / LETTERS).write_text('{"always": {}}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def small(library_folder: Path) -> Library:
    """That library."""
    return content.load(library_folder)


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
    with line.store.turn([hashed(of, KEY)]) as turn:
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
    (left,) = rows(engine, senders)
    assert {name for name, value in left.items() if value not in (None, "", 0, "[]")} == {
        "hash",
        "replies",
        "replies_since",
    }


def test_the_same_message_again_gets_the_same_answer_and_changes_nothing(line: Line, engine: Engine) -> None:
    first = receive(arrival("laser"), line)
    assert receive(arrival("laser"), line) == Answered(first.texts, None)
    assert remembered(line).replies == 1
    assert counted(line, engine) == {("2026-11-23", "en", "sms", "laser", "sure"): 1}


def test_the_same_message_under_another_sid_is_known_by_its_token(line: Line) -> None:
    first = receive(arrival("laser", token="t-1"), line)
    again = receive(arrival("laser", "SM2", token="t-1"), line)
    assert again == Answered(first.texts, None)


def test_silence_is_repeated_as_silence(line: Line) -> None:
    receive(arrival("stop"), line)
    receive(arrival("laser", "SM2"), line)
    receive(arrival("start", "SM3"), line)
    assert receive(arrival("laser", "SM2"), line) == Answered((), None)


def counted(line: Line, engine: Engine) -> dict[tuple[str, ...], int]:
    """Return the tallies once all messages are too old to be repeated."""
    line.store.purge(NOW + timedelta(days=2), keep_days=90)
    return {tuple(row[name] for name in Tally._fields): row["count"] for row in rows(engine, tallies)}


def test_messages_are_counted_by_day_language_door_topic_and_how(line: Line, engine: Engine) -> None:
    for number, text in enumerate(["laser", "激光", "scars", "menu"]):
        receive(arrival(text, f"SM{number}"), line)
    assert counted(line, engine) == {
        ("2026-11-23", "en", "sms", "laser", "sure"): 2,
        ("2026-11-23", "en", "sms", "scars", "sure"): 1,
        ("2026-11-23", "en", "sms", "menu", "control"): 1,
    }


def test_a_text_nobody_understands_is_kept_for_the_staff_without_its_numbers(line: Line, engine: Engine) -> None:
    receive(arrival("xylophone ต้นไม้ 5551234567 木琴"), line)
    (kept,) = rows(engine, unanswered)
    assert "xylophone" in kept["text"]
    assert "木琴" in kept["text"]
    assert "5551234567" not in kept["text"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("xylophone\x00 木琴", "xylophone 木琴", id="nul"),
        pytest.param("\ud83cxylophone ต้นไม้\udf31", "xylophone ต้นไม้", id="half-emoji"),
        pytest.param("\x00\ud800 ξυλόφωνο \x1b\ufffe", "ξυλόφωνο", id="all-of-them"),
        pytest.param("xylophone %(sid)s %s ' \" \\", "xylophone %(sid)s %s ' \" \\", id="sql"),
    ],
)
def test_a_text_that_no_database_could_hold_is_remembered_all_the_same(
    line: Line, engine: Engine, text: str, kept: str
) -> None:
    answered = receive(arrival(text), line)
    assert answered.outcome
    assert answered.outcome.how is How.UNKNOWN
    assert [row["text"] for row in rows(engine, unanswered)] == [kept]
    assert remembered(line) == answered.outcome.sender


def test_a_text_tried_out_by_the_staff_is_not_kept(line: Line, engine: Engine) -> None:
    message = Message("xylophone", Channel.SMS, NOW, "US")
    receive(Arrival(message, "try1", ["simulator-1"], "simulator", for_staff=False), line)
    assert rows(engine, unanswered) == []
    assert [row["channel"] for row in rows(engine, messages)] == ["simulator"]


@pytest.mark.parametrize("text", ["laser", "stop", "xylophone", "suicide"])
def test_no_table_ever_holds_a_number_or_an_address(line: Line, engine: Engine, text: str) -> None:
    receive(arrival(text, "SM1", NUMBER, WITHOUT_NUMBER), line)
    held = repr([rows(engine, table) for table in metadata.sorted_tables])
    assert rows(engine, messages)
    assert rows(engine, deliveries) == []
    assert not [part for part in ("5551234567", "13491208655302741918") if part in held]


@pytest.mark.parametrize(
    ("text", "is_promise"),
    [("stop", True), ("start", True), ("laser", False), ("suicide", False), ("xylophone", False)],
)
def test_on_sqlite_only_what_was_promised_is_brought_to_disk(
    tried_out: Line, synced: list[int], text: str, is_promise: bool
) -> None:
    receive(arrival(text), tried_out)
    assert len(synced) == is_promise


def test_a_deletion_is_brought_to_disk(tried_out: Line, synced: list[int]) -> None:
    receive(arrival("privacy"), tried_out)
    assert not synced
    receive(arrival("1", "SM2"), tried_out)
    assert len(synced) == 1


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was brought to disk."""
    files: list[int] = []
    monkeypatch.setattr(os, "fsync", files.append)
    return files


@pytest.fixture
def tried_out(small: Library, texts: Phrasebook, tmp_path: Path) -> Iterator[Line]:
    """The line on SQLite alone."""
    opened = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    database.upgrade(opened)
    yield Line(small, texts, Store(opened), KEY)
    opened.dispose()


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
    assert line.store.is_ready()
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
    assert said[0] == "sid=SM7 the database does not answer (OperationalError)"
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


@pytest.mark.parametrize(
    ("chosen", "codes"),
    [
        (None, {"de", "en", "es", "fil", "fr", "ht", "id", "it", "pl", "pt", "sw"}),
        ((), set()),
        (("tr", "es"), {"tr", "es"}),
    ],
)
def test_the_operator_chooses_whose_sms_go_in_plain_letters(
    chosen: tuple[str, ...] | None, codes: set[str], engine: Engine
) -> None:
    settings = Settings(languages=("en",), sms_plain_letters=chosen)
    assert put_together(settings, engine).terms.plain.keys() == codes


def test_plain_letters_for_a_language_that_cannot_be_read_so_are_refused(engine: Engine) -> None:
    with pytest.raises(
        Refused, match=r"SMS_PLAIN_LETTERS: vi, ja cannot be read in plain letters; choose from de, en, es"
    ):
        put_together(Settings(languages=("en",), sms_plain_letters=("vi", "es", "ja")), engine)


def test_the_same_message_again_gets_the_same_picture(line: Line) -> None:
    laser = replace(line.library.topics["laser"], picture="laser")
    drawn = replace(line, library=replace(line.library, topics={**line.library.topics, "laser": laser}))
    asked = Arrival(Message("laser", Channel.WHATSAPP, NOW, "MX"), "SM1", [NUMBER], "whatsapp")
    first, again = receive(asked, drawn), receive(asked, drawn)
    assert (first.picture, again.picture, again.outcome) == ("laser", "laser", None)
    assert receive(asked._replace(sid="SM2", message=asked.message._replace(channel=Channel.SMS)), drawn).picture == ""


class HesitantStore(Store):
    """A store in which something happens each time between reading and writing."""

    def __init__(self, engine: Engine, happening: Callable[[], object]) -> None:
        super().__init__(engine)
        self._happening = happening

    @contextmanager
    def turn(self, hashes: Sequence[str], must_try: bool = False) -> Iterator[Turn]:
        with super().turn(hashes, must_try) as turn:
            yield cast(Turn, HesitantTurn(turn, self._happening))


class HesitantTurn:
    """A turn that lets something happen after it has read."""

    def __init__(self, turn: Turn, happening: Callable[[], object]) -> None:
        self._turn = turn
        self._happening = happening

    def sender(self) -> Sender:
        sender = self._turn.sender()
        self._happening()
        return sender

    def __getattr__(self, name: str) -> Any:
        return getattr(self._turn, name)


@pytest.fixture
def hesitant(line: Line, database_url: str) -> Iterator[Callable[..., Line]]:
    """Makes a line in which other messages arrive, one each time, between reading and writing."""
    opened = database.engine(database_url)

    def interrupted_by(*others: Arrival) -> Line:
        waiting = iter(others)
        return replace(
            line, store=HesitantStore(opened, lambda: [receive(other, line) for other in islice(waiting, 1)])
        )

    yield interrupted_by
    opened.dispose()


def later(text: str, sid: str, seconds: int = 1) -> Arrival:
    message = Message(text, Channel.SMS, NOW + timedelta(seconds=seconds), "US")
    return Arrival(message, sid, (NUMBER,), "sms")


def test_a_message_overtaken_by_another_is_answered_anew(line: Line, hesitant: Callable[..., Line]) -> None:
    answered = receive(later("more", "SM2", 2), hesitant(later("laser", "SM1")))
    assert "The second page on laser" in answered.texts[0]
    assert (remembered(line).replies, remembered(line).page) == (2, 1)


def test_a_message_overtaken_by_a_stop_is_not_answered(line: Line, hesitant: Callable[..., Line]) -> None:
    assert receive(later("laser", "SM2", 2), hesitant(later("stop", "SM1"))).texts == ()
    assert remembered(line).stopped_at


def test_a_message_overtaken_by_a_deletion_does_not_undo_it(line: Line, hesitant: Callable[..., Line]) -> None:
    receive(later("laser", "SM1", 1), line)
    receive(later("privacy", "SM2", 2), line)
    answered = receive(later("menu", "SM4", 4), hesitant(later("1", "SM3", 3)))
    assert line.phrases.say("notice", "en") in answered.texts[-1]
    assert remembered(line).topic == ""


def test_a_message_overtaken_by_itself_is_a_repeat(line: Line, hesitant: Callable[..., Line]) -> None:
    again = receive(later("laser", "SM1", 2), hesitant(later("laser", "SM1", 1)))
    assert again.outcome is None
    assert "laser" in again.texts[0]
    assert remembered(line).replies == 1


def test_a_message_overtaken_without_end_is_answered_from_nothing(
    line: Line, database_url: str, engine: Engine
) -> None:
    opened = database.engine(database_url)
    seconds = count(1)

    def another() -> None:
        with line.store.turn([hashed(NUMBER, KEY)]) as turn:
            sender = turn.sender()
            seen = NOW + timedelta(seconds=next(seconds))
            tally = Tally("2026-11-23", "en", "sms", "scars", "sure")
            turn.keep(Record(f"SM-{seen}", "", seen, (), tally, sender._replace(last_seen=seen)))

    unlucky = replace(line, store=HesitantStore(opened, another))
    assert "laser" in receive(arrival("laser"), unlucky).texts[0]
    with pytest.raises(Unavailable):
        receive(arrival("stop"), unlucky)
    assert "SM1" not in [row["sid"] for row in rows(engine, messages)]
    opened.dispose()


# Real processes from here on: each has an engine of its own, and waits at the gate for the others.

CROWD = 8
_gate: list[Barrier] = []
Sent = tuple[str, str, str, tuple[str, ...]]
"""Text, sid, token, addresses."""


def meet_at(gate: Barrier) -> None:
    _gate.append(gate)


@pytest.fixture(scope="module")
def crowd() -> Iterator[Pool]:
    """Processes that act at the same moment."""
    context = get_context("spawn")
    with context.Pool(CROWD, meet_at, (context.Barrier(CROWD, timeout=LONG),)) as pool:
        yield pool
        pool.close()
        pool.join()


@pytest.fixture
def together(crowd: Pool, line: Line, library_folder: Path, database_url: str) -> Callable[..., list[list[Told]]]:
    """Sends what each of the processes is given, all at the same moment; returns what each was told."""

    def send(*sent: list[Sent]) -> list[list[Told]]:
        assert len(sent) == CROWD
        return crowd.starmap(send_all, [(library_folder, database_url, each) for each in sent], chunksize=1)

    return send


@lru_cache
def content_of(folder: Path) -> tuple[Library, Phrasebook]:
    library = content.load(folder)
    return library, phrases.load(library.topics.values(), Clinic(name="عيادة Clara"), ("en",))


def send_all(folder: Path, url: str, sent: list[Sent]) -> list[Told]:
    """Let messages arrive one after the other; return whether each was answered anew, and its texts."""
    opened = database.engine(url)
    line = Line(*content_of(folder), Store(opened), KEY)
    _gate[0].wait()
    told = [receive(arrived_now(*each), line) for each in sent]
    opened.dispose()
    return [(answered.outcome is not None, answered.texts) for answered in told]


def arrived_now(text: str, sid: str, token: str, addresses: tuple[str, ...]) -> Arrival:
    return Arrival(Message(text, Channel.SMS, datetime.now(UTC), "US"), sid, addresses, "sms", token)


SAID = ["laser", "scars", "menu", "appointment", "激光", "เลเซอร์", "xylophone 木琴", "photo"]


@pytest.mark.parametrize(
    ("sids", "token"),
    [
        pytest.param(["SM1"] * CROWD, "", id="same-sid"),
        pytest.param(["SM1"] * CROWD, "t-1", id="same-sid-and-token"),
        pytest.param([f"SM{number}" for number in range(CROWD)], "t-1", id="same-token"),
    ],
)
def test_one_message_in_eight_processes_at_once_is_answered_once_and_alike(
    together: Callable[..., list[list[Told]]], line: Line, engine: Engine, sids: list[str], token: str
) -> None:
    told = together(*([(text, sid, token, (NUMBER,))] for text, sid in zip(SAID, sids, strict=True)))
    assert [is_new for ((is_new, _),) in told].count(True) == 1
    assert len({texts for ((_, texts),) in told}) == 1
    assert told[0][0][1]
    assert len(rows(engine, messages)) == remembered(line).replies == 1


def test_messages_of_one_sender_in_eight_processes_do_not_undo_each_other(
    together: Callable[..., list[list[Told]]], line: Line, engine: Engine
) -> None:
    orders = [(NUMBER, WITHOUT_NUMBER), (WITHOUT_NUMBER, NUMBER)]
    told = together(
        *(
            [("laser", f"SM{process}-{turn}", f"t{process}-{turn}", orders[process % 2]) for turn in range(2)]
            for process in range(CROWD)
        )
    )
    assert all(is_new for each in told for is_new, _ in each)
    assert remembered(line).replies == remembered(line, WITHOUT_NUMBER).replies == len(rows(engine, messages)) == 16


def test_only_the_first_of_a_senders_messages_at_once_gets_the_notice(
    together: Callable[..., list[list[Told]]], line: Line
) -> None:
    told = together(*([("laser", f"SM{process}", "", (NUMBER,))] for process in range(CROWD)))
    notice = line.phrases.say("notice", "en")
    assert [notice in texts for ((_, texts),) in told].count(True) == 1


def test_a_stop_is_not_lost_among_messages_of_the_same_moment(
    together: Callable[..., list[list[Told]]], line: Line
) -> None:
    talking = [[("laser", f"SM{process}-{turn}", "", (NUMBER,)) for turn in range(2)] for process in range(1, CROWD)]
    told = together([("stop", "SM0", "", (NUMBER,))], *talking)
    assert told[0] == [(True, (line.phrases.say("stopped", "en"),))]
    assert remembered(line).stopped_at
    assert receive(arrived_now("laser", "SM9", "", (NUMBER,)), line).texts == ()


def test_messages_of_many_senders_at_once_are_all_remembered(
    together: Callable[..., list[list[Told]]], line: Line, engine: Engine
) -> None:
    numbers = [f"+1555123456{process}" for process in range(CROWD)]
    told = together(*([("laser", f"SM{number}-{turn}", "", (number,)) for turn in range(5)] for number in numbers))
    assert all(is_new for each in told for is_new, _ in each)
    assert [remembered(line, number).replies for number in numbers] == [5] * CROWD
    assert len(rows(engine, messages)) == 5 * CROWD
