"""What staff have taught is known to every process within seconds, and to none while nothing changes."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot import teaching
from bot.content import Library
from bot.line import Line
from bot.model import Channel, Message, Outcome
from bot.phrases import Phrasebook
from bot.receive import Arrival, answer_from_nothing, receive
from bot.store import Store
from bot.tables import taught
from bot.taught import Taught
from bot.teaching import EVERY, Shelf

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LESSON = Taught("en", "laser", "zorbaflex*")


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def line(library: Library, book: Phrasebook, store: Store, clock: Clock) -> Line:
    return Line(library, book, store, "key", shelf=Shelf(clock))


def teach(store: Store, lesson: Taught, when: datetime = NOW) -> None:
    with store.transaction() as connection:
        teaching.teach(connection, lesson, when)


def listed(store: Store) -> list[Taught]:
    with store.transaction() as connection:
        return [lesson for _, lesson in teaching.listed(connection)]


def asked(line: Line, sid: str) -> Outcome:
    message = Message("do you offer zorbaflexing", Channel.SMS, NOW, "US")
    outcome = receive(Arrival(message, sid, [f"+1555{sid}"], "sms"), line).outcome
    assert outcome
    return outcome


def test_a_process_knows_what_another_taught_a_few_seconds_later(line: Line, store: Store, clock: Clock) -> None:
    assert asked(line, "2000001").want == "unknown"
    teach(store, LESSON)
    clock.now = EVERY + 0.1
    assert asked(line, "2000002").want == "laser"


def test_it_looks_no_more_often_than_that(line: Line, store: Store, clock: Clock) -> None:
    assert asked(line, "2000001").want == "unknown"
    teach(store, LESSON)
    clock.now = EVERY - 0.1
    assert asked(line, "2000002").want == "unknown"


def test_what_is_unlearned_is_forgotten_everywhere(line: Line, store: Store, clock: Clock) -> None:
    teach(store, LESSON)
    assert asked(line, "2000001").want == "laser"
    with store.transaction() as connection:
        teaching.unlearn(connection, teaching.listed(connection)[0][0])
    clock.now = EVERY
    assert asked(line, "2000002").want == "unknown"


def test_a_phrase_taken_away_and_another_added_in_its_place_is_a_change(store: Store, line: Line, clock: Clock) -> None:
    teach(store, Taught("en", "peels", "blorp"))
    assert asked(line, "2000001").want == "unknown"
    with store.transaction() as connection:
        teaching.unlearn(connection, teaching.listed(connection)[0][0])
    teach(store, LESSON, NOW + timedelta(seconds=1))
    clock.now = EVERY
    assert asked(line, "2000002").want == "laser"


def test_without_a_database_what_was_known_last_is_known(line: Line, store: Store) -> None:
    teach(store, LESSON)
    asked(line, "2000001")
    message = Message("do you offer zorbaflexing", Channel.SMS, NOW, "US")
    answered = answer_from_nothing(Arrival(message, "SM1", ["+15552000001"], "sms"), line)
    assert answered.outcome
    assert answered.outcome.want == "laser"


def test_a_phrase_that_is_taught_again_shows_its_new_topic(store: Store) -> None:
    teach(store, LESSON)
    teach(store, LESSON._replace(topic="peels"), NOW + timedelta(seconds=1))
    assert listed(store) == [LESSON._replace(topic="peels")]


def test_the_latest_comes_first(store: Store) -> None:
    others = [LESSON._replace(phrase=f"word{number}") for number in range(3)]
    for number, lesson in enumerate(others):
        teach(store, lesson, NOW + timedelta(seconds=number))
    assert listed(store) == others[::-1]


def test_what_stands_in_the_files_by_now_is_taken_away(store: Store) -> None:
    other = LESSON._replace(language="es")
    teach(store, LESSON)
    teach(store, other)
    with store.transaction() as connection:
        teaching.unlearn_all(connection, [LESSON])
    assert listed(store) == [other]


def test_a_row_that_names_no_topic_of_ours_stops_no_answer(line: Line, store: Store) -> None:
    teach(store, LESSON)
    with store.transaction() as connection:
        connection.execute(update(taught).values(topic="a topic that was removed"))
    assert asked(line, "2000001").want == "unknown"
