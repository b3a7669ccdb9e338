"""The tallies added up: never more or less than the tallies and the messages of today."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, func, insert, select

from bot import database, totals
from bot.figures import DAY, MONTH
from bot.model import Sender
from bot.store import Store
from bot.tables import tallies
from bot.tables import totals as kept
from bot.transaction import Record, Tally

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
WEEK = (date(2026, 4, 27), date(2026, 5, 3))


def arrive(store: Store, number: int, when: datetime, channel: str = "sms", topic: str = "laser") -> None:
    """Remember a message as `receive` does."""
    tally = Tally(when.date().isoformat(), "en", channel, topic, "sure")
    with store.turn([f"{number:064}"]) as turn:
        turn.sender()
        turn.keep(Record(f"SM{number:032}", "", when, ["A laser helps."], tally, Sender(language="en", last_seen=when)))


def by_topic(store: Store, grain: str = DAY, **which: bool) -> dict[str, int]:
    with store.transaction() as connection:
        found = totals.read(connection, grain, *WEEK, **which)
    counts: Counter[str] = Counter()
    for each in found:
        if each.kind == "topic":
            counts[each.name] += each.messages
    return dict(counts)


def test_todays_messages_count_before_they_are_tallied_and_as_many_after(store: Store) -> None:
    for number in range(4):
        arrive(store, number, NOW - timedelta(days=number))
    arrive(store, 9, NOW, topic="scars")
    before = by_topic(store)
    assert before == {"laser": 4, "scars": 1}
    store.purge(NOW, 90)
    assert by_topic(store) == before
    store.purge(NOW + timedelta(days=3), 90)
    assert by_topic(store) == before


@pytest.mark.parametrize("grain", [DAY, MONTH])
def test_what_staff_try_counts_apart(store: Store, grain: str) -> None:
    arrive(store, 1, NOW)
    arrive(store, 2, NOW, channel="simulator")
    arrive(store, 3, NOW, channel="simulator")
    for _ in range(2):
        assert by_topic(store, grain) == {"laser": 1}
        assert by_topic(store, grain, trials=True) == {"laser": 2}
        store.purge(NOW + timedelta(days=3), 90)


def test_messages_of_another_time_do_not_count(store: Store) -> None:
    arrive(store, 1, NOW - timedelta(days=30))
    arrive(store, 2, NOW - timedelta(days=31))
    assert by_topic(store) == {}
    store.purge(NOW, 90)
    assert by_topic(store) == {}


def test_each_period_has_its_sum(store: Store) -> None:
    for number in range(3):
        arrive(store, number, NOW - timedelta(days=1))
    store.purge(NOW + timedelta(days=1), 90)
    arrive(store, 4, NOW)
    with store.transaction() as connection:
        found = totals.read(connection, DAY, *WEEK)
    assert {(each.period, each.messages) for each in found if not each.kind} == {("2026-05-02", 3), ("2026-05-03", 1)}


def test_the_first_day_is_that_of_the_first_month(store: Store) -> None:
    with store.transaction() as connection:
        assert totals.first_day(connection) is None
    arrive(store, 1, NOW)
    with store.transaction() as connection:
        assert totals.first_day(connection) == date(2026, 5, 1)
    arrive(store, 2, NOW - timedelta(days=60))
    store.purge(NOW, 90)
    with store.transaction() as connection:
        assert totals.first_day(connection) == date(2026, 3, 1)


def test_tallies_of_an_older_version_are_added_up_by_the_migration(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    rows = [
        {"day": day, "language": language, "channel": channel, "topic": "laser", "how": "sure", "count": 7}
        for day in ("2026-04-30", "2026-05-01")
        for language in ("en", "es")
        for channel in ("sms", "simulator")
    ]
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "staff_attempts")
        connection.execute(insert(tallies), rows)
        command.upgrade(config, "staff_totals")
    with engine.connect() as connection:
        assert connection.execute(select(func.sum(kept.c.count)).where(kept.c.kind == "topic")).scalar_one() == 2 * 56
    assert by_topic(Store(engine)) == {"laser": 28}
    assert by_topic(Store(engine), MONTH, trials=True) == {"laser": 28}
