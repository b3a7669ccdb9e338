"""What is remembered, on SQLite and PostgreSQL alike, in one process and in many at the same moment."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from shutil import copy
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, Table, insert, select

from bot import database
from bot.model import Sender
from bot.store import Store, Tally, Unavailable
from bot.tables import deliveries, messages, senders, tallies, unanswered

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NUMBER, OTHER = "a" * 64, "b" * 64
TEXTS = ("ندبات حب الشباب 🌱", "痘疤 คำตอบ मुँहासे")
KNOWN = Sender(
    language="zh_Hans",
    topic="laser",
    page=2,
    offered=("scars", "menu:9", "language:हिन्दी"),
    stopped_at=NOW - timedelta(days=2),
    last_seen=NOW - timedelta(hours=1),
    replies=7,
    replies_since=NOW - timedelta(hours=3, microseconds=5),
)
_gate: list[Barrier] = []


def answered(store: Store, sid: str, texts: Sequence[str], token: str = "") -> tuple[str, ...] | None:
    """Let a message be answered with `texts`; return what it had been answered with before."""
    with store.turn(sid, token, [NUMBER], NOW) as turn:
        if turn.earlier is None:
            turn.answered(sid, texts)
        return turn.earlier


def remember(store: Store, sender: Sender, *hashes: str) -> None:
    with store.turn(uuid4().hex, "", hashes, NOW) as turn:
        turn.sender()
        turn.remember(sender)


def known(store: Store, *hashes: str) -> Sender:
    with store.turn(uuid4().hex, "", hashes, NOW) as turn:
        return turn.sender()


def rows(engine: Engine, table: Table) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def add(engine: Engine, table: Table, *values: dict[str, Any]) -> None:
    with engine.begin() as connection:
        connection.execute(insert(table), list(values))


def test_a_new_message_has_no_earlier_answer(store: Store) -> None:
    assert answered(store, "SM1", TEXTS) is None


def test_the_same_message_again_finds_the_answer_it_was_given(store: Store) -> None:
    answered(store, "SM1", TEXTS)
    assert answered(store, "SM1", ("something else",)) == TEXTS
    assert answered(store, "SM1", ("something else",)) == TEXTS


def test_silence_is_an_earlier_answer_too(store: Store) -> None:
    answered(store, "SM1", ())
    assert answered(store, "SM1", TEXTS) == ()


def test_a_message_under_another_sid_is_the_same_by_its_idempotency_token(store: Store) -> None:
    answered(store, "SM1", TEXTS, "t-1")
    assert answered(store, "SM2", ("something else",), "t-1") == TEXTS


def test_a_message_under_its_sid_is_the_same_whatever_its_token(store: Store) -> None:
    answered(store, "SM1", TEXTS, "t-1")
    assert answered(store, "SM1", ("something else",), "t-2") == TEXTS
    assert answered(store, "SM1", ("something else",)) == TEXTS


def test_messages_without_a_token_are_not_one_message(store: Store) -> None:
    answered(store, "SM1", TEXTS)
    assert answered(store, "SM2", ("something else",)) is None
    assert answered(store, "SM1", ()) == TEXTS
    assert answered(store, "SM2", ()) == ("something else",)


def test_a_message_that_failed_half_way_is_new_again_and_changed_nothing(store: Store, engine: Engine) -> None:
    def fail() -> None:
        with store.turn("SM1", "t-1", [NUMBER], NOW) as turn:
            turn.remember(replace(turn.sender(), topic="laser"))
            turn.answered("SM1", TEXTS)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert rows(engine, senders) == rows(engine, messages) == []
    assert answered(store, "SM1", TEXTS, "t-1") is None


def test_somebody_new_is_a_blank_sender(store: Store) -> None:
    assert known(store, NUMBER) == Sender()


def test_a_sender_is_remembered_in_every_detail(store: Store) -> None:
    remember(store, KNOWN, NUMBER)
    assert known(store, NUMBER) == KNOWN
    assert known(store, OTHER) == Sender()


def test_a_sender_under_two_hashes_is_known_under_either(store: Store) -> None:
    remember(store, KNOWN, NUMBER, OTHER)
    assert known(store, NUMBER) == known(store, OTHER) == known(store, OTHER, NUMBER, OTHER) == KNOWN


@pytest.mark.parametrize(("earlier", "later"), [(NUMBER, OTHER), (OTHER, NUMBER)], ids=["number", "id"])
def test_of_two_hashes_the_one_seen_last_tells_where_the_talk_stands(store: Store, earlier: str, later: str) -> None:
    remember(store, Sender(topic="scars", last_seen=NOW - timedelta(days=1)), earlier)
    remember(store, Sender(topic="laser", last_seen=NOW), later)
    assert known(store, NUMBER, OTHER).topic == "laser"


@pytest.mark.parametrize("stopped", [NUMBER, OTHER], ids=["number", "id"])
def test_a_stop_under_either_hash_holds_for_both(store: Store, stopped: str) -> None:
    remember(store, Sender(topic="laser", last_seen=NOW), NUMBER if stopped == OTHER else OTHER)
    store.stop([stopped], NOW)
    sender = known(store, NUMBER, OTHER)
    assert (sender.stopped_at, sender.topic) == (NOW, "laser")
    remember(store, sender, NUMBER, OTHER)
    assert known(store, NUMBER).stopped_at == known(store, OTHER).stopped_at == NOW


def test_a_start_under_both_hashes_ends_the_stop_under_either(store: Store) -> None:
    store.stop([NUMBER, OTHER], NOW)
    remember(store, replace(known(store, NUMBER, OTHER), stopped_at=None), NUMBER, OTHER)
    assert known(store, NUMBER).stopped_at is known(store, OTHER).stopped_at is None


def test_a_stop_that_the_network_reports_is_kept_for_somebody_unknown(store: Store) -> None:
    store.stop([NUMBER, OTHER, NUMBER], NOW)
    assert known(store, NUMBER) == known(store, OTHER) == Sender(stopped_at=NOW)


def test_a_stop_that_the_network_reports_changes_nothing_else(store: Store) -> None:
    remember(store, KNOWN, NUMBER)
    store.stop([NUMBER], NOW)
    assert known(store, NUMBER) == replace(KNOWN, stopped_at=NOW)


def test_whoever_asks_to_be_forgotten_leaves_nothing_behind(store: Store, engine: Engine) -> None:
    remember(store, KNOWN, NUMBER, OTHER)
    with store.turn("SM1", "", [OTHER, NUMBER], NOW) as turn:
        turn.sender()
        turn.forget()
    assert rows(engine, senders) == []


def test_forgetting_from_the_command_line_leaves_nothing_behind(store: Store, engine: Engine) -> None:
    remember(store, replace(KNOWN, stopped_at=None), NUMBER)
    remember(store, KNOWN, OTHER)
    assert store.forget([NUMBER]) == 1
    assert [row["hash"] for row in rows(engine, senders)] == [OTHER]


def test_forgetting_from_the_command_line_keeps_that_somebody_said_stop(store: Store) -> None:
    remember(store, KNOWN, NUMBER)
    assert store.forget([NUMBER]) == 1
    assert known(store, NUMBER) == Sender(stopped_at=KNOWN.stopped_at)


def test_forgetting_somebody_unknown_finds_nothing(store: Store) -> None:
    assert store.forget([NUMBER]) == 0


@pytest.fixture
def aged(engine: Engine) -> Engine:
    """A database with rows just young enough to keep, and rows just too old; only those are named "old"."""
    second, day = timedelta(seconds=1), timedelta(days=1)
    blank: dict[str, Any] = {"offered": [], "stopped_at": None}
    limit = NOW - 30 * day
    add(
        engine,
        senders,
        {**blank, "hash": "old", "last_seen": limit - second},
        {**blank, "hash": "old, of whom no message was ever answered", "last_seen": None},
        {**blank, "hash": "young", "last_seen": limit + second},
        {**blank, "hash": "stopped", "last_seen": limit - second, "stopped_at": limit - second},
        {**blank, "hash": "stopped by the network", "last_seen": None, "stopped_at": limit},
    )
    for sid, age in (("old", day + second), ("young", day - second)):
        add(engine, messages, {"sid": sid, "received_at": NOW - age, "texts": []})
        add(engine, deliveries, {"sid": sid, "rank": 5, "updated_at": NOW - age})
    for name, when in (("old", limit - day), ("young", limit)):
        add(engine, unanswered, {"day": when.date().isoformat(), "language": "en", "text": name})
    add(engine, tallies, {**Tally("2020-01-01", "en", "sms", "scars", "sure")._asdict(), "count": 3})
    return engine


def test_purging_counts_what_was_too_old(aged: Engine) -> None:
    store = Store(aged)
    assert store.purge(NOW, keep_days=30) == {"messages": 1, "deliveries": 1, "senders": 2, "unanswered": 1}
    assert sum(store.purge(NOW, keep_days=30).values()) == 0


def test_purging_deletes_what_is_too_old_but_never_a_stop(aged: Engine) -> None:
    Store(aged).purge(NOW, keep_days=30)
    assert {row["hash"] for row in rows(aged, senders)} == {"young", "stopped", "stopped by the network"}
    assert [row["sid"] for row in rows(aged, messages)] == ["young"]
    assert [row["sid"] for row in rows(aged, deliveries)] == ["young"]
    assert [row["text"] for row in rows(aged, unanswered)] == ["young"]
    assert [row["count"] for row in rows(aged, tallies)] == [3]


@pytest.mark.parametrize(
    ("ranks", "news", "kept"),
    [
        pytest.param([4, 5, 6], [True, True, True], 6, id="in-order"),
        pytest.param([6, 5, 4], [True, False, False], 6, id="backwards"),
        pytest.param([5, 5], [True, False], 5, id="twice"),
        pytest.param([2, 7, 4, 7], [True, True, False, False], 7, id="failed-then-late"),
    ],
)
def test_a_delivery_never_goes_back(
    store: Store, engine: Engine, ranks: list[int], news: list[bool], kept: int
) -> None:
    assert [store.delivered("SM1", rank, None, NOW) for rank in ranks] == news
    assert [row["rank"] for row in rows(engine, deliveries)] == [kept]


def test_a_late_callback_does_not_hide_why_a_delivery_failed(store: Store, engine: Engine) -> None:
    store.delivered("SM1", 7, 30003, NOW)
    store.delivered("SM1", 4, None, NOW + timedelta(seconds=1))
    assert [row["error_code"] for row in rows(engine, deliveries)] == [30003]


def test_deliveries_of_several_messages_are_kept_apart(store: Store) -> None:
    store.delivered("SM1", 6, None, NOW)
    assert store.delivered("SM2", 4, None, NOW)


def test_tallies_count(store: Store, engine: Engine) -> None:
    arabic = Tally("2026-11-23", "ar", "whatsapp", "scars", "sure")
    others = [arabic._replace(**{name: "x"}) for name in Tally._fields]
    with store.turn("SM1", "", [NUMBER], NOW) as turn:
        for tally in (arabic, *others, arabic, arabic):
            turn.count(tally)
    counted = {Tally(*(row[name] for name in Tally._fields)): row["count"] for row in rows(engine, tallies)}
    assert counted == {arabic: 3, **dict.fromkeys(others, 1)}


@pytest.mark.parametrize("text", ["ما هي تكلفة ###؟", "मुँहासे के निशान", "痘疤多少钱", "สิว ###", "😀👩🏽‍⚕️"])
def test_an_unanswered_text_is_kept_as_it_is(store: Store, engine: Engine, text: str) -> None:
    with store.turn("SM1", "", [NUMBER], NOW) as turn:
        turn.keep_unanswered("2026-11-23", "ar", text)
        turn.keep_unanswered("2026-11-23", "ar", text)
    assert [(row["day"], row["language"], row["text"]) for row in rows(engine, unanswered)] == [
        ("2026-11-23", "ar", text)
    ] * 2


def test_a_migrated_database_is_ready(store: Store) -> None:
    assert store.is_ready()


@pytest.fixture
def lost(tmp_path: Path) -> Iterator[Store]:
    """A store whose database cannot be opened."""
    opened = database.engine(f"sqlite:///{tmp_path}/no-such-folder/skinline.sqlite3")
    yield Store(opened)
    opened.dispose()


@pytest.fixture
def unmigrated(tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    opened = database.engine(f"sqlite:///{tmp_path}/unmigrated.sqlite3")
    yield opened
    opened.dispose()


def test_a_database_without_tables_is_not_ready(unmigrated: Engine) -> None:
    assert not Store(unmigrated).is_ready()


def test_a_database_that_cannot_be_opened_is_not_ready(lost: Store) -> None:
    assert not lost.is_ready()


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda store: known(store, NUMBER), id="turn"),
        pytest.param(lambda store: store.stop([NUMBER], NOW), id="stop"),
        pytest.param(lambda store: store.forget([NUMBER]), id="forget"),
        pytest.param(lambda store: store.purge(NOW, 90), id="purge"),
        pytest.param(lambda store: store.delivered("SM1", 5, None, NOW), id="delivered"),
        pytest.param(lambda store: store.settle(), id="settle"),
    ],
)
def test_whatever_needs_a_lost_database_says_that_it_is_unavailable(
    lost: Store, act: Callable[[Store], object]
) -> None:
    with pytest.raises(Unavailable):
        act(lost)


def test_a_postgresql_that_is_not_there_is_unavailable() -> None:
    opened = database.engine("postgresql://clara@127.0.0.1:1/skinline")
    with pytest.raises(Unavailable):
        known(Store(opened), NUMBER)
    opened.dispose()


def test_a_sender_whose_row_is_held_too_long_is_unavailable(store: Store, database_url: str) -> None:
    other = database.engine(database_url)
    with Store(other).turn("SM1", "", [NUMBER], NOW) as turn:
        turn.sender()
        with pytest.raises(Unavailable):
            known(store, NUMBER)
    other.dispose()


def test_what_was_settled_is_in_the_file_of_sqlite_itself(tmp_path: Path) -> None:
    opened = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    database.upgrade(opened)
    store = Store(opened)
    store.settle()
    store.stop([NUMBER], NOW)
    assert stops_in_the_file_alone(tmp_path) == 0
    store.settle()
    assert stops_in_the_file_alone(tmp_path) == 1
    opened.dispose()


def stops_in_the_file_alone(folder: Path) -> int:
    """Count the stops that a copy of the file holds, without the write-ahead log beside it."""
    alone = copy(folder / "skinline.sqlite3", folder / "alone.sqlite3")
    with closing(sqlite3.connect(alone)) as connection:
        return int(connection.execute("SELECT count(*) FROM senders WHERE stopped_at IS NOT NULL").fetchone()[0])


def test_settling_is_nothing_to_wait_for_where_a_commit_is_enough(store: Store) -> None:
    store.stop([NUMBER], NOW)
    store.settle()
    assert known(store, NUMBER).stopped_at == NOW


# Real processes from here on: each begins anew, with an engine of its own, and waits at the gate for the others.


def meet_at(gate: Barrier) -> None:
    _gate.append(gate)


def together(work: Callable[[str, int], Any], url: str, count: int) -> list[Any]:
    """Return what `count` processes return that all do `work` at the same moment."""
    context = get_context("spawn")
    with context.Pool(count, meet_at, (context.Barrier(count, timeout=60),)) as pool:
        return pool.starmap(work, [(url, number) for number in range(count)], chunksize=1)


def answer_the_same(url: str, number: int) -> tuple[bool, tuple[str, ...]]:
    """Answer message SM1 in this process's own words, unless another did. Return whether it did, and the words."""
    return answer_once(url, "SM1", "", f"answer of process {number}")


def answer_the_same_token(url: str, number: int) -> tuple[bool, tuple[str, ...]]:
    """Answer a message of one token, which comes under another sid in each process."""
    return answer_once(url, f"SM{number}", "t-1", f"answer of process {number}")


def answer_once(url: str, sid: str, token: str, words: str) -> tuple[bool, tuple[str, ...]]:
    engine = database.engine(url)
    _gate[0].wait()
    with Store(engine).turn(sid, token, [NUMBER], NOW) as turn:
        if turn.earlier is not None:
            result = False, turn.earlier
        else:
            sender = turn.sender()
            turn.remember(replace(sender, replies=sender.replies + 1))
            turn.answered(sid, (words,))
            result = True, (words,)
    engine.dispose()
    return result


@pytest.mark.parametrize("work", [answer_the_same, answer_the_same_token], ids=["same-sid", "same-token"])
def test_one_message_in_eight_processes_at_once_is_answered_once_and_alike(
    work: Callable[[str, int], Any], store: Store, database_url: str
) -> None:
    results = together(work, database_url, 8)
    assert [did_answer for did_answer, _ in results].count(True) == 1
    assert len({texts for _, texts in results}) == 1
    assert known(store, NUMBER).replies == 1


def reply_five_times(url: str, number: int) -> None:
    """Answer five messages of one sender, whose two addresses come in either order."""
    engine = database.engine(url)
    store = Store(engine)
    hashes = (NUMBER, OTHER) if number % 2 else (OTHER, NUMBER)
    _gate[0].wait()
    for turn_number in range(5):
        with store.turn(f"SM{number}-{turn_number}", "", hashes, NOW) as turn:
            sender = turn.sender()
            turn.remember(replace(sender, replies=sender.replies + 1, last_seen=NOW))
            turn.count(Tally("2026-11-23", "en", "sms", "scars", "sure"))
    engine.dispose()


def test_messages_of_one_sender_in_several_processes_do_not_undo_each_other(
    store: Store, engine: Engine, database_url: str
) -> None:
    together(reply_five_times, database_url, 4)
    assert known(store, NUMBER).replies == known(store, OTHER).replies == 20
    assert [row["count"] for row in rows(engine, tallies)] == [20]


def stop_or_reply(url: str, number: int) -> None:
    """Stop the sender in one process while the others go on talking."""
    engine = database.engine(url)
    store = Store(engine)
    _gate[0].wait()
    if number == 0:
        store.stop([NUMBER], NOW)
    else:
        for turn_number in range(5):
            with store.turn(f"SM{number}-{turn_number}", "", [NUMBER], NOW) as turn:
                turn.remember(replace(turn.sender(), last_seen=NOW))
    engine.dispose()


def test_a_stop_is_not_lost_among_messages_of_the_same_moment(store: Store, database_url: str) -> None:
    together(stop_or_reply, database_url, 4)
    assert known(store, NUMBER).stopped_at == NOW
