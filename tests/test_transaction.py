"""One message inside its transaction: answered once, remembered only where nothing came between."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from keeping import NOW, NUMBER, OTHER, TALLY, TEXTS, known, record, remember, rows
from sqlalchemy import Engine

from bot import database
from bot.model import Sender
from bot.rows import microseconds
from bot.statements import statements
from bot.store import Store
from bot.tables import messages, senders, unanswered
from bot.transaction import Overtaken, Repeated, Tally, Turn

ELSE = ("something else",)
KNOWN = Sender(language="ar", topic="laser", offered=("scars", "language:हिन्दी"), last_seen=NOW, replies=3)
LATER = KNOWN._replace(topic="scars", last_seen=NOW + timedelta(microseconds=1), replies=4)
LEFT = Sender(replies=4, replies_since=NOW)


@pytest.fixture
def elsewhere(database_url: str) -> Iterator[Store]:
    """The same database, as another process sees it."""
    opened = database.engine(database_url)
    yield Store(opened)
    opened.dispose()


def answered(store: Store, sid: str, texts: tuple[str, ...], token: str = "") -> tuple[str, ...] | None:
    """Let a message be answered with `texts`; return what it had been answered with before."""
    try:
        with store.turn([NUMBER]) as turn:
            turn.sender()
            turn.keep(record(KNOWN, sid, token=token, texts=texts))
    except Repeated as repeated:
        return repeated.texts
    return None


def forget(store: Store, *hashes: str) -> None:
    with store.turn(hashes) as turn:
        turn.sender()
        turn.keep(record(LEFT, forget=True))


def test_a_new_message_has_no_earlier_answer(store: Store) -> None:
    assert answered(store, "SM1", TEXTS) is None


def test_the_same_message_again_finds_the_answer_it_was_given(store: Store) -> None:
    answered(store, "SM1", TEXTS)
    assert answered(store, "SM1", ELSE) == TEXTS
    assert answered(store, "SM1", ELSE) == TEXTS


def test_silence_is_an_earlier_answer_too(store: Store) -> None:
    answered(store, "SM1", ())
    assert answered(store, "SM1", TEXTS) == ()


def test_a_message_under_another_sid_is_the_same_by_its_idempotency_token(store: Store) -> None:
    answered(store, "SM1", TEXTS, "t-1")
    assert answered(store, "SM2", ELSE, "t-1") == TEXTS


def test_a_message_under_its_sid_is_the_same_whatever_its_token(store: Store) -> None:
    answered(store, "SM1", TEXTS, "t-1")
    assert answered(store, "SM1", ELSE, "t-2") == TEXTS
    assert answered(store, "SM1", ELSE) == TEXTS


def test_messages_without_a_token_are_not_one_message(store: Store) -> None:
    answered(store, "SM1", TEXTS)
    assert answered(store, "SM2", ELSE) is None
    assert answered(store, "SM1", ()) == TEXTS
    assert answered(store, "SM2", ()) == ELSE


def test_an_answer_is_kept_with_all_that_the_tallies_will_count(store: Store, engine: Engine) -> None:
    answered(store, "SM1", TEXTS, "t-1")
    (row,) = rows(engine, messages)
    assert Tally(*(row[name] for name in Tally._fields)) == TALLY
    assert row["received_at"] == microseconds(NOW)


WAYS = [
    pytest.param([NUMBER], False, id="at-once"),
    pytest.param([NUMBER], True, id="binding"),
    pytest.param([NUMBER, OTHER], False, id="two-hashes"),
]
"""How a message is kept: most in one statement on PostgreSQL, the others in steps."""


@pytest.mark.parametrize(("hashes", "is_binding"), WAYS)
@pytest.mark.parametrize("known_before", [True, False])
def test_a_repeated_message_undoes_all_that_it_led_to(
    store: Store, engine: Engine, hashes: list[str], is_binding: bool, known_before: bool
) -> None:
    first = hashes if known_before else ["c" * 64]
    with store.turn(first) as turn:
        turn.sender()
        turn.keep(record(KNOWN, "SM1", token="t-1"))
    before = rows(engine, senders)

    def repeat(sid: str, token: str) -> None:
        with store.turn(hashes) as turn:
            turn.sender()
            turn.keep(record(LATER, sid, token=token, texts=ELSE, unanswered="木琴", is_binding=is_binding))

    for sid, token in (("SM1", ""), ("SM2", "t-1")):
        with pytest.raises(Repeated) as repeated:
            repeat(sid, token)
        assert repeated.value.texts == TEXTS
    assert rows(engine, senders) == before
    assert rows(engine, unanswered) == []
    assert [row["sid"] for row in rows(engine, messages)] == ["SM1"]


@pytest.mark.parametrize(("hashes", "is_binding"), WAYS)
def test_all_that_a_message_led_to_is_kept_however_often(
    store: Store, engine: Engine, hashes: list[str], is_binding: bool
) -> None:
    # The driver prepares a statement once it has seen it a few times.
    for number in range(12):
        sender = LATER._replace(replies=number, last_seen=NOW + timedelta(seconds=number))
        with store.turn(hashes) as turn:
            turn.sender()
            turn.keep(record(sender, f"SM{number}", unanswered="木琴", is_binding=is_binding))
        assert known(store, *hashes) == sender
    assert len(rows(engine, messages)) == len(rows(engine, unanswered)) == 12
    assert {(row["language"], row["topic"]) for row in rows(engine, messages)} == {(TALLY.language, TALLY.topic)}


def test_what_was_understood_leaves_nothing_for_the_staff(store: Store, engine: Engine) -> None:
    remember(store, KNOWN, NUMBER)
    remember(store, LATER, NUMBER)
    assert rows(engine, unanswered) == []


@pytest.mark.parametrize("text", ["ما هي تكلفة ###؟", "मुँहासे के निशान", "痘疤多少钱", "สิว ###", "😀👩🏽‍⚕️"])
def test_an_unanswered_text_is_kept_as_it_is(store: Store, engine: Engine, text: str) -> None:
    for hashes in ([NUMBER], [NUMBER, OTHER]):
        with store.turn(hashes) as turn:
            turn.sender()
            turn.keep(record(KNOWN, unanswered=text))
    kept = [(row["day"], row["language"], row["text"]) for row in rows(engine, unanswered)]
    assert kept == [(TALLY.day, TALLY.language, text)] * 2


HAPPENINGS = [
    pytest.param(lambda elsewhere: remember(elsewhere, LATER, NUMBER), id="another-message"),
    pytest.param(lambda elsewhere: elsewhere.stop([NUMBER], NOW), id="a-stop"),
    pytest.param(lambda elsewhere: remember(elsewhere, LATER, NUMBER, OTHER), id="a-message-under-both-hashes"),
]
DELETIONS = [
    pytest.param(lambda elsewhere: forget(elsewhere, NUMBER), id="a-deletion"),
    pytest.param(lambda elsewhere: elsewhere.forget([NUMBER]), id="a-deletion-by-the-staff"),
    pytest.param(lambda elsewhere: elsewhere.purge(NOW + timedelta(days=100), 30), id="a-purge"),
]


MENU = KNOWN._replace(topic="menu", last_seen=NOW + timedelta(seconds=9))


@pytest.mark.parametrize("happening", [*HAPPENINGS, *DELETIONS])
@pytest.mark.parametrize("decided", [{"sender": MENU}, {"sender": LEFT, "forget": True}], ids=["remember", "forget"])
@pytest.mark.parametrize("hashes", [[NUMBER], [OTHER, NUMBER]], ids=["one", "two"])
def test_a_known_sender_who_changed_meanwhile_is_left_as_they_are(
    store: Store,
    elsewhere: Store,
    engine: Engine,
    happening: Callable[[Store], object],
    decided: dict[str, Any],
    hashes: list[str],
) -> None:
    remember(store, KNOWN, NUMBER)
    changed = overtaken(store, elsewhere, engine, happening, decided, hashes)
    assert rows(engine, senders) == changed


@pytest.mark.parametrize("happening", HAPPENINGS)
@pytest.mark.parametrize("hashes", [[NUMBER], [OTHER, NUMBER]], ids=["one", "two"])
def test_a_new_sender_who_became_known_meanwhile_is_left_as_they_are(
    store: Store, elsewhere: Store, engine: Engine, happening: Callable[[Store], object], hashes: list[str]
) -> None:
    changed = overtaken(store, elsewhere, engine, happening, {"sender": MENU}, hashes)
    assert rows(engine, senders) == changed


def overtaken(
    store: Store,
    elsewhere: Store,
    engine: Engine,
    happening: Callable[[Store], object],
    decided: dict[str, Any],
    hashes: list[str],
) -> list[dict[str, Any]]:
    """Let something happen between reading and writing, which must notice; return the rows as that left them."""
    changed: list[dict[str, Any]] = []

    def interrupted() -> None:
        with store.turn(hashes) as turn:
            turn.sender()
            happening(elsewhere)
            changed.extend(rows(engine, senders))
            turn.keep(record(sid="SM1", unanswered="木琴", **decided))

    with pytest.raises(Overtaken):
        interrupted()
    assert "SM1" not in [row["sid"] for row in rows(engine, messages)]
    assert rows(engine, unanswered) == []
    return changed


def test_forgetting_somebody_unknown_keeps_a_stop_of_the_same_moment(store: Store, elsewhere: Store) -> None:
    with store.turn([NUMBER]) as turn:
        turn.sender()
        elsewhere.stop([NUMBER], NOW)
        turn.keep(record(LEFT, forget=True))
    assert known(store, NUMBER).stopped_at == NOW


def test_what_happens_to_others_meanwhile_does_not_matter(store: Store, elsewhere: Store) -> None:
    remember(store, KNOWN, NUMBER)
    with store.turn([NUMBER]) as turn:
        turn.sender()
        remember(elsewhere, KNOWN, OTHER)
        turn.keep(record(LATER))
    assert (known(store, NUMBER), known(store, OTHER)) == (LATER, KNOWN)


def test_a_sender_without_an_address_is_remembered_nowhere(store: Store, engine: Engine) -> None:
    remember(store, KNOWN)
    assert known(store) == Sender()
    assert rows(engine, senders) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_sqlite_reading_locks_nothing_and_writing_does(store: Store, engine: Engine) -> None:
    with (
        closing(sqlite3.connect(engine.url.database or "", timeout=0, isolation_level=None)) as other,
        store.turn([NUMBER]) as turn,
    ):
        turn.sender()
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        turn.keep(record(KNOWN))
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            other.execute("BEGIN IMMEDIATE")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("is_binding", [True, False], ids=["binding", "other"])
def test_on_postgresql_every_message_waits_for_the_disk(engine: Engine, is_binding: bool) -> None:
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        turn = Turn(cursor, statements("postgresql"), [NUMBER])
        turn.sender()
        turn.keep(record(KNOWN, is_binding=is_binding))
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)


@pytest.mark.parametrize(
    ("when", "kept"),
    [
        pytest.param(datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=UTC), 1_000_005, id="utc"),
        pytest.param(datetime(1970, 1, 1, 5, 30, tzinfo=timezone(timedelta(hours=5.5))), 0, id="india"),
        pytest.param(datetime(2026, 11, 23, 12, 0, 0, 999_999, tzinfo=UTC), 1_795_435_200_999_999, id="today"),
    ],
)
def test_times_are_kept_to_the_microsecond(when: datetime, kept: int) -> None:
    assert microseconds(when) == kept
