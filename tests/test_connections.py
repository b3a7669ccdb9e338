"""A database that fails is given up in time, left alone for a while, and found again by itself."""

import os
import signal
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import psycopg
import pytest
from sqlalchemy import Engine, text

from bot import database
from bot.breaker import REST, Breaker
from bot.connections import Resting, Unavailable
from bot.model import Sender
from bot.patience import in_time
from bot.store import Store

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOMEBODY = "0" * 64
IN_TIME = 1.5
"""Seconds: what needs no database is to be answered within two."""


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def is_given_up_within(seconds: float, act: Callable[[], object]) -> bool:
    """Tell whether `act` takes no longer to say that the database is away; one try may fall into a busy moment."""
    return any(_seconds(act) < seconds for _ in range(3))


def _seconds(act: Callable[[], object]) -> float:
    started = time.monotonic()
    with pytest.raises(Unavailable):
        act()
    return time.monotonic() - started


def ask(store: Store, must_try: bool = False) -> Sender:
    with store.turn([SOMEBODY], must_try) as turn:
        return turn.sender()


@pytest.fixture
def absent(tmp_path: Path) -> Iterator[tuple[Store, Clock, Path]]:
    """A store whose database file has no folder, the clock of its breaker, and that folder."""
    clock = Clock()
    opened = database.engine(f"sqlite:///{tmp_path}/folder/skinline.sqlite3")
    yield Store(opened, Breaker(clock=clock)), clock, tmp_path / "folder"
    opened.dispose()


def mend(folder: Path) -> None:
    folder.mkdir()
    opened = database.engine(f"sqlite:///{folder}/skinline.sqlite3")
    database.upgrade(opened)
    opened.dispose()


def test_after_a_failure_the_database_is_not_asked_for_a_while(absent: tuple[Store, Clock, Path]) -> None:
    store, clock, folder = absent
    with pytest.raises(Unavailable):
        ask(store)
    mend(folder)
    clock.now += REST - 0.1
    with pytest.raises(Resting):
        ask(store)


def test_after_its_rest_it_is_asked_again_and_remembers(absent: tuple[Store, Clock, Path]) -> None:
    store, clock, folder = absent
    with pytest.raises(Unavailable):
        ask(store)
    mend(folder)
    clock.now += REST
    assert ask(store) == Sender()


def test_what_must_be_remembered_asks_it_all_the_same_and_ends_its_rest(absent: tuple[Store, Clock, Path]) -> None:
    store, _, folder = absent
    with pytest.raises(Unavailable):
        ask(store)
    mend(folder)
    store.stop([SOMEBODY], NOW)
    assert ask(store).stopped_at == NOW


def test_what_is_no_message_leaves_it_alone_as_well(absent: tuple[Store, Clock, Path]) -> None:
    store, clock, folder = absent
    with pytest.raises(Unavailable), store.transaction():
        pass
    mend(folder)
    with pytest.raises(Resting), store.transaction():
        pass
    clock.now += REST
    assert store.counts() == []


def test_a_check_of_readiness_ends_its_rest(absent: tuple[Store, Clock, Path]) -> None:
    store, _, folder = absent
    assert not store.is_ready()
    mend(folder)
    assert store.is_ready()
    assert ask(store) == Sender()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_row_that_is_held_says_nothing_about_the_database(store: Store, engine: Engine) -> None:
    store.stop([SOMEBODY], NOW)
    with engine.begin() as other:
        other.execute(text("SELECT * FROM senders FOR UPDATE"))
        assert is_given_up_within(IN_TIME, lambda: store.stop([SOMEBODY], NOW))
        assert ask(store).stopped_at == NOW


def test_a_locked_file_is_given_up_in_time_and_then_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/skinline.sqlite3"
    opened = database.engine(url)
    database.upgrade(opened)
    store = Store(opened)
    with closing(sqlite3.connect(tmp_path / "skinline.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        assert is_given_up_within(IN_TIME, lambda: store.stop([SOMEBODY], NOW))
        assert is_given_up_within(0.1, lambda: ask(store))
    opened.dispose()


def test_a_damaged_file_is_a_database_that_is_away(tmp_path: Path) -> None:
    file = tmp_path / "skinline.sqlite3"
    file.write_bytes(b"no database at all" * 100)
    opened = database.engine(f"sqlite:///{file}")
    with pytest.raises(Unavailable, match="DatabaseError"):
        ask(Store(opened))
    opened.dispose()


def test_a_database_that_may_only_be_read_is_away_and_not_ready(store: Store, engine: Engine, tmp_path: Path) -> None:
    if engine.dialect.name == "postgresql":
        opened = database.engine(engine.url.render_as_string(hide_password=False))
        with opened.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text(f"ALTER DATABASE {engine.url.database} SET default_transaction_read_only = on")
            )
    else:
        opened = database.engine(f"sqlite:///file:{tmp_path}/skinline.sqlite3?immutable=1&uri=true")
    opened.dispose()
    try:
        read_only = Store(opened)
        assert not read_only.is_ready()
        with pytest.raises(Unavailable):
            read_only.stop([SOMEBODY], NOW)
    finally:
        opened.dispose()
        _writable_again(engine)


def _writable_again(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text(f"ALTER DATABASE {engine.url.database} RESET default_transaction_read_only"))


def test_a_server_that_listens_and_never_says_a_word_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        opened = database.engine(f"postgresql://clara@127.0.0.1:{silent.getsockname()[1]}/skinline")
        store = Store(opened)
        assert is_given_up_within(IN_TIME, lambda: ask(store, must_try=True))
        assert is_given_up_within(0.1, lambda: ask(store))
        opened.dispose()


def test_a_name_server_that_is_silent_is_given_up_in_time_and_what_comes_late_is_closed() -> None:
    answered, closed = Event(), Event()

    class Late:
        def close(self) -> None:
            closed.set()

    def connect() -> Late:
        answered.wait(60)
        return Late()

    with pytest.raises(psycopg.OperationalError):
        in_time(connect, 0.05)  # type: ignore[arg-type]
    answered.set()
    assert closed.wait(60)


@contextmanager
def frozen(url: str) -> Iterator[None]:
    """Stop the server process behind each connection, as a machine out of memory might."""
    opened = database.engine(url)
    with opened.connect() as connection:
        asking = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
        pids = connection.execute(text(asking)).scalars().all()
    opened.dispose()
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_freezes_in_the_middle_is_given_up_in_time(store: Store, database_url: str) -> None:
    assert ask(store) == Sender()
    with frozen(database_url):
        assert is_given_up_within(IN_TIME, lambda: ask(store, must_try=True))
        assert is_given_up_within(0.1, lambda: ask(store))
    assert store.is_ready()
    assert ask(store) == Sender()
