"""What is remembered, on SQLite and PostgreSQL alike, and how it is forgotten."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from keeping import NOW, NUMBER, OTHER, TALLY, TEXTS, known, record, remember, rows
from sqlalchemy import Engine, Table, delete, insert, text

from bot import database
from bot.breaker import Breaker
from bot.deliveries import Delivery, Fate, totals
from bot.model import Sender
from bot.rows import BLANK, microseconds
from bot.store import Dropped, Store, Unavailable
from bot.tables import deliveries, messages, senders, tallies, unanswered
from bot.transaction import Overtaken, Record, Repeated, Tally

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


def add(engine: Engine, table: Table, *values: dict[str, Any]) -> None:
    with engine.begin() as connection:
        connection.execute(insert(table), list(values))


def test_a_message_that_failed_half_way_is_new_again_and_changed_nothing(store: Store, engine: Engine) -> None:
    broken = record(Sender(topic="laser"), "SM1", tally=TALLY._replace(how=object()), unanswered="木琴")

    def fail() -> None:
        with store.turn([NUMBER, OTHER]) as turn:
            turn.sender()
            turn.keep(broken)

    with pytest.raises(engine.dialect.loaded_dbapi.Error):
        fail()
    assert rows(engine, senders) == rows(engine, messages) == rows(engine, unanswered) == []
    with store.turn([NUMBER, OTHER]) as turn:
        turn.sender()
        turn.keep(broken._replace(tally=TALLY))
    assert len(rows(engine, messages)) == 1


@pytest.mark.parametrize("hashes", [[NUMBER], [NUMBER, OTHER]], ids=["one", "two"])
@pytest.mark.parametrize("is_binding", [True, False])
def test_what_follows_a_failure_is_kept(engine: Engine, hashes: list[str], is_binding: bool) -> None:
    store = Store(engine, Breaker(rest=0))

    def fail() -> None:
        with store.turn(hashes) as turn:
            turn.sender()
            turn.keep(record(KNOWN, "SM1", is_binding=is_binding))
            turn.keep(record(KNOWN, "SM1", is_binding=is_binding))

    with pytest.raises((Overtaken, Repeated, Unavailable)):
        fail()
    remember(store, KNOWN, *hashes)
    assert known(store, *hashes) == KNOWN


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
    remember(store, known(store, NUMBER, OTHER)._replace(stopped_at=None), NUMBER, OTHER)
    assert known(store, NUMBER).stopped_at is known(store, OTHER).stopped_at is None


def test_a_stop_that_the_network_reports_is_kept_for_somebody_unknown(store: Store) -> None:
    store.stop([NUMBER, OTHER, NUMBER], NOW)
    assert known(store, NUMBER) == known(store, OTHER) == Sender(stopped_at=NOW)


def test_a_stop_that_the_network_reports_changes_nothing_else(store: Store) -> None:
    remember(store, KNOWN, NUMBER)
    store.stop([NUMBER], NOW)
    assert known(store, NUMBER) == KNOWN._replace(stopped_at=NOW)


def test_of_whoever_asks_to_be_forgotten_a_count_is_left_for_a_day_and_no_link(store: Store, engine: Engine) -> None:
    remember(store, KNOWN, NUMBER, OTHER)
    with store.turn([OTHER, NUMBER]) as turn:
        turn.sender()
        turn.keep(record(Sender(replies=3, replies_since=NOW), is_binding=True, forget=True))
    assert [row["linked"] for row in rows(engine, senders)] == ["", ""]
    assert known(store, NUMBER) == Sender(replies=3, replies_since=NOW)
    assert store.purge(NOW + timedelta(hours=23), 30)["senders"] == 0
    assert store.purge(NOW + timedelta(hours=25), 30)["senders"] == 2


def test_forgetting_from_the_command_line_leaves_nothing_behind(store: Store, engine: Engine) -> None:
    remember(store, KNOWN._replace(stopped_at=None), NUMBER)
    remember(store, KNOWN, OTHER)
    assert store.forget([NUMBER]) == 1
    assert [row["hash"] for row in rows(engine, senders)] == [OTHER]


def test_forgetting_from_the_command_line_keeps_that_somebody_said_stop(store: Store) -> None:
    remember(store, KNOWN, NUMBER)
    assert store.forget([NUMBER]) == 1
    assert known(store, NUMBER) == Sender(stopped_at=KNOWN.stopped_at)


def test_forgetting_somebody_unknown_finds_nothing(store: Store) -> None:
    assert store.forget([NUMBER]) == 0


def kept_message(sid: str, age: timedelta, tally: Tally) -> dict[str, Any]:
    return {"sid": sid, "token": "", "received_at": microseconds(NOW - age), "texts": "[]", **tally._asdict()}


def kept_sender(name: str, last_seen: datetime | None, stopped_at: datetime | None = None) -> dict[str, Any]:
    times = {"last_seen": last_seen, "stopped_at": stopped_at}
    return {**BLANK, "hash": name, **{field: microseconds(when) if when else None for field, when in times.items()}}


@pytest.fixture
def aged(engine: Engine) -> Engine:
    """A database with rows just young enough to keep, and rows just too old; only those are named "old"."""
    moment, day = timedelta(microseconds=1), timedelta(days=1)
    limit = NOW - 30 * day
    add(
        engine,
        senders,
        kept_sender("old", limit - moment),
        kept_sender("old, of whom no message was ever answered", None),
        kept_sender("young", limit),
        kept_sender("stopped", limit - moment, limit - moment),
        kept_sender("stopped by the network", None, limit),
    )
    for sid, age in (("old", day + moment), ("young", day)):
        add(engine, messages, kept_message(sid, age, TALLY))
        add(engine, deliveries, {"sid": sid, "rank": 5, "updated_at": microseconds(NOW - age)})
    for name, when in (("old", limit - day), ("young", limit)):
        add(engine, unanswered, {"day": when.date().isoformat(), "language": "en", "text": name})
    add(engine, tallies, {**TALLY._replace(day="2020-01-01")._asdict(), "count": 3})
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
    assert counted(aged) == {TALLY._replace(day="2020-01-01"): 3, TALLY: 1}


def counted(engine: Engine) -> dict[Tally, int]:
    return {Tally(*(row[name] for name in Tally._fields)): row["count"] for row in rows(engine, tallies)}


def age(engine: Engine, *tallied: Tally) -> None:
    """Add a message of two days ago for each."""
    add(engine, messages, *(kept_message(uuid4().hex, timedelta(days=2), each) for each in tallied))


def test_messages_too_old_to_repeat_are_counted_by_all_that_tells_them_apart(store: Store, engine: Engine) -> None:
    others = [TALLY._replace(**{name: "x"}) for name in Tally._fields]
    age(engine, TALLY, *others, TALLY, TALLY)
    assert store.purge(NOW, keep_days=30)["messages"] == 8
    assert counted(engine) == {TALLY: 3, **dict.fromkeys(others, 1)}


def test_a_second_purge_adds_to_what_the_first_had_counted(store: Store, engine: Engine) -> None:
    other = TALLY._replace(topic="laser", language="hi")
    age(engine, TALLY, TALLY, other)
    store.purge(NOW, keep_days=30)
    age(engine, TALLY, other, other)
    store.purge(NOW, keep_days=30)
    store.purge(NOW, keep_days=30)
    assert counted(engine) == {TALLY: 3, other: 3}


def test_a_message_of_today_is_not_counted_yet(store: Store, engine: Engine) -> None:
    add(engine, messages, kept_message("SM1", timedelta(hours=23), TALLY))
    assert store.purge(NOW, keep_days=30)["messages"] == 0
    assert counted(engine) == {}


ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""On SQLite there is one writer at a time, and no connection to lose."""


@ON_POSTGRESQL
def test_what_another_purge_is_counting_is_not_counted_twice(store: Store, engine: Engine) -> None:
    age(engine, TALLY)
    with ThreadPoolExecutor(1) as pool, engine.begin() as other:
        other.execute(delete(messages))
        purging = pool.submit(store.purge, NOW, 30)
        wait_until_it_waits(engine, purging)
        other.commit()
        assert purging.result(60)["messages"] == 0
    assert counted(engine) == {}


def wait_until_it_waits(engine: Engine, work: Future[Any]) -> None:
    """Return when a connection waits for the lock of another, or the work has ended without."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as looking:
        while not work.done() and not looking.execute(text("SELECT 1 FROM pg_locks WHERE NOT granted")).all():
            pass


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
    assert [store.delivered(Delivery("SM1", "sent", rank), NOW) for rank in ranks] == news
    assert [row["rank"] for row in rows(engine, deliveries)] == [kept]


def test_a_late_callback_does_not_hide_why_a_delivery_failed(store: Store, engine: Engine) -> None:
    store.delivered(Delivery("SM1", "failed", 7, 30003), NOW)
    store.delivered(Delivery("SM1", "sent", 4), NOW + timedelta(seconds=1))
    assert [row["error_code"] for row in rows(engine, deliveries)] == [30003]


def test_deliveries_of_several_messages_are_kept_apart(store: Store) -> None:
    store.delivered(Delivery("SM1", "read", 6), NOW)
    assert store.delivered(Delivery("SM2", "sent", 4), NOW)


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
        pytest.param(lambda store: store.delivered(Delivery("SM1", "delivered", 5), NOW), id="delivered"),
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
    remember(store, KNOWN, NUMBER)
    other = database.engine(database_url)
    with Store(other).turn([NUMBER, OTHER]) as turn:
        turn.sender()
        turn.keep(record(KNOWN))
        with pytest.raises(Unavailable):
            remember(store, KNOWN, NUMBER)
    other.dispose()


def test_what_is_not_committed_yet_keeps_nobody_from_reading(store: Store, database_url: str) -> None:
    other = database.engine(database_url)
    with Store(other).turn([NUMBER, OTHER]) as turn:
        turn.keep(record(KNOWN))
        assert known(store, NUMBER) == Sender()
    assert known(store, NUMBER) == KNOWN
    other.dispose()


@ON_POSTGRESQL
def test_keeping_a_connection_leaves_the_transactions_of_others_whole(store: Store, engine: Engine) -> None:
    remember(store, KNOWN, NUMBER)
    with engine.connect() as connection:
        connection.execute(delete(senders))
        connection.rollback()
    assert known(store, NUMBER) == KNOWN


@ON_POSTGRESQL
def test_what_the_store_keeps_open_closes_with_its_engine(store: Store, engine: Engine, database_url: str) -> None:
    remember(store, KNOWN, NUMBER)
    engine.dispose()
    other = database.engine(database_url)
    with other.connect() as connection:
        open_ones = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%senders%'"
        )
        while connection.execute(text(f"{open_ones} AND pid != pg_backend_pid()")).scalar():
            connection.rollback()
    other.dispose()
    assert known(store, NUMBER) == KNOWN


def test_each_thread_has_a_connection_of_its_own(store: Store) -> None:
    with store.turn([NUMBER]) as turn:
        turn.sender()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(remember, store, KNOWN, NUMBER).result(60)
            pool.submit(store._connections.let_go).result(60)
        assert turn.sender() == KNOWN


@ON_POSTGRESQL
def test_a_connection_that_died_is_not_handed_out_again(store: Store, engine: Engine) -> None:
    remember(store, KNOWN, NUMBER)
    end_other_connections(engine)
    with pytest.raises(Dropped):
        known(store, NUMBER)
    assert known(store, NUMBER) == KNOWN


def end_other_connections(engine: Engine) -> None:
    other = database.engine(engine.url.render_as_string(hide_password=False))
    with other.connect() as connection:
        ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        connection.execute(text(f"{ending} AND pid != pg_backend_pid()")).all()
    other.dispose()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The inodes of the files that were brought to disk."""
    inodes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda number: inodes.append(os.fstat(number).st_ino))
    return inodes


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[tuple[Store, Path]]:
    """A store on SQLite, and its write-ahead log."""
    opened = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    database.upgrade(opened)
    yield Store(opened), tmp_path / "skinline.sqlite3-wal"
    opened.dispose()


def test_on_sqlite_a_stop_that_the_network_reports_is_brought_to_disk(
    logged: tuple[Store, Path], synced: list[int]
) -> None:
    store, log = logged
    store.stop([NUMBER], NOW)
    assert synced == [log.stat().st_ino]


@pytest.mark.parametrize("is_binding", [True, False])
def test_on_sqlite_only_what_is_binding_is_brought_to_disk(
    logged: tuple[Store, Path], synced: list[int], is_binding: bool
) -> None:
    store, log = logged
    with store.turn([NUMBER]) as turn:
        turn.keep(record(KNOWN, is_binding=is_binding))
    assert synced == [log.stat().st_ino] * is_binding


@pytest.mark.parametrize("hashes", [[NUMBER], [NUMBER, OTHER]], ids=["one", "two"])
def test_a_stop_is_kept_in_a_database_without_a_file(hashes: list[str]) -> None:
    opened = database.engine("sqlite://")
    database.upgrade(opened)
    store = Store(opened)
    store.stop(hashes, NOW)
    assert known(store, *hashes).stopped_at == NOW
    opened.dispose()


def test_what_became_of_messages_is_counted_by_channel_country_and_code_once_its_day_is_over(store: Store) -> None:
    store.delivered(Delivery("SM1", "failed", 7, 30003, "sms", "MX"), NOW - timedelta(days=2))
    store.delivered(Delivery("SM2", "failed", 7, 30003, "sms", "MX"), NOW - timedelta(days=2))
    store.delivered(Delivery("SM3", "sent", 4, 0, "whatsapp", "IN"), NOW)
    store.delivered(Delivery("SM3", "read", 6, 0, "whatsapp", "IN"), NOW)
    old, new = Fate("2026-11-21", "sms", "MX", "failed", 30003), Fate("2026-11-23", "whatsapp", "IN", "read", 0)
    for _ in range(2):
        with store.transaction() as connection:
            assert totals(connection) == {old: 2, new: 1}
        store.purge(NOW, 90)


def test_a_sender_whose_reminder_is_to_come_outlives_the_purge(store: Store) -> None:
    waiting = KNOWN._replace(stopped_at=None, last_seen=NOW - timedelta(days=40), remind_at=NOW + timedelta(days=1))
    _remember(store, [NUMBER], waiting._replace(reminder="SM1"))
    assert store.purge(NOW, 30)["senders"] == 0
    assert store.purge(NOW + timedelta(days=2), 30)["senders"] == 1


def _remember(store: Store, hashes: list[str], sender: Sender) -> None:
    with store.turn(hashes) as turn:
        turn.sender()
        turn.keep(Record(uuid4().hex, "", NOW, TEXTS, TALLY, sender))


def test_a_stop_under_one_address_holds_under_the_other_that_once_came_with_it(store: Store) -> None:
    _remember(store, [NUMBER, OTHER], Sender(language="es", last_seen=NOW))
    store.stop([NUMBER], NOW)
    for alone in (NUMBER, OTHER):
        with store.turn([alone]) as turn:
            assert turn.sender().stopped_at == NOW


def test_a_stop_said_under_one_address_is_remembered_under_both_and_so_is_a_start(store: Store) -> None:
    _remember(store, [NUMBER, OTHER], Sender(language="es", last_seen=NOW))
    for stopped_at in (NOW, None):
        _remember(store, [OTHER], Sender(language="es", last_seen=NOW, stopped_at=stopped_at))
        with store.turn([NUMBER]) as turn:
            assert turn.sender().stopped_at == stopped_at


def test_who_is_forgotten_under_one_address_is_forgotten_under_both(store: Store) -> None:
    _remember(store, [NUMBER, OTHER], Sender(language="es", last_seen=NOW))
    assert store.forget([OTHER]) == 2
    with store.turn([NUMBER]) as turn:
        assert turn.sender() == Sender()
