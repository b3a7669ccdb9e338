"""How often a password may be tried: counted for all processes together, strangers apart from browsers we know."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Connection, Engine

from bot import database
from bot.attempts import MOST, WITHIN, may_try, succeeded
from bot.store import Store

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_a_stranger_may_try_ten_times_in_a_quarter_of_an_hour(store: Store) -> None:
    tries = [may_try(store, "", NOW + timedelta(seconds=each)) for each in range(MOST + 3)]
    assert tries == [True] * MOST + [False] * 3


def test_who_waits_may_try_again(store: Store) -> None:
    assert [may_try(store, "", NOW) for _ in range(MOST + 1)][-1] is False
    assert may_try(store, "", NOW + WITHIN + timedelta(seconds=1))


def test_strangers_who_guess_do_not_lock_out_a_browser_that_is_known(store: Store) -> None:
    assert [may_try(store, "", NOW) for _ in range(MOST + 1)][-1] is False
    assert may_try(store, "a browser", NOW)


def test_the_right_password_forgets_the_wrong_ones(store: Store) -> None:
    for _ in range(MOST):
        may_try(store, "", NOW)
    succeeded(store, "")
    assert may_try(store, "", NOW)


def test_of_many_tries_at_once_no_more_get_through(database_url: str) -> None:
    def once(_: int) -> bool:
        engine = database.engine(database_url, patience=60)
        try:
            return may_try(Store(engine), "", NOW)
        finally:
            engine.dispose()

    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(once, range(MOST * 3)))
    assert sum(allowed) <= MOST


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_tries_that_are_not_committed_yet_count_too(engine: Engine) -> None:
    together = Barrier(MOST + 1, timeout=60)

    class Hesitant(Store):
        @contextmanager
        def transaction(self) -> Iterator[Connection]:
            with super().transaction() as connection:
                yield connection
                together.wait()

    with ThreadPoolExecutor(MOST + 1) as pool:
        allowed = list(pool.map(lambda _: may_try(Hesitant(engine), "", NOW), range(MOST + 1)))
    assert sum(allowed) <= MOST
