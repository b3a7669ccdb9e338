"""Two machines that answer each other fall silent, a flood costs a bounded number of replies, danger gets through."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.answer import answer
from bot.answer.safety import AGAIN, BUDGET, CEILING, left_of
from bot.answer.turn import PAUSE
from bot.content import Library
from bot.line import Line
from bot.model import Channel, How, Message, Outcome, Sender
from bot.phrases import Phrasebook
from bot.receive import Arrival, receive
from bot.settings import FOR_TRYING_OUT
from bot.store import Store

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TEXTS = 1000
VARYING = ["laser", "menu", "zanzibar {}", "{}", "what are acne scars {}", "español", "english", "mas", "thanks {}"]
Say = Callable[..., Outcome]


@pytest.fixture
def say(library: Library, book: Phrasebook) -> Say:
    """Text the line; it remembers the sender. `seconds` have passed since the text before."""
    talk = {"sender": Sender(), "now": NOW}

    def said(text: str, seconds: float = 1) -> Outcome:
        talk["now"] += timedelta(seconds=seconds)
        outcome = answer(Message(text, Channel.SMS, talk["now"], "US"), talk["sender"], library, book)
        talk["sender"] = left_of(outcome.sender) if outcome.forget else outcome.sender
        return outcome

    return said


def replies(outcomes: Iterable[Outcome]) -> int:
    return sum(outcome.reply is not None for outcome in outcomes)


@pytest.mark.parametrize(
    ("texts", "most"),
    [
        pytest.param(["laser"], BUDGET, id="one-text"),
        pytest.param(VARYING, BUDGET, id="varying"),
        pytest.param(["laser", "privacy", "1"], BUDGET, id="deletions"),
        pytest.param(["start"], CEILING, id="start"),
        pytest.param(["stop", "start"], CEILING, id="stop-and-start"),
        pytest.param(["i want to kill myself"], CEILING + 4, id="danger"),
        pytest.param([*VARYING, "i want to kill myself", "start", "stop"], CEILING + 4, id="everything"),
    ],
)
def test_a_flood_costs_a_bounded_number_of_replies(say: Say, texts: list[str], most: int) -> None:
    said = [say(texts[number % len(texts)].format(TEXTS + number)) for number in range(TEXTS)]
    assert 0 < replies(said) <= most


def test_danger_gets_through_a_flood(say: Say) -> None:
    for number in range(TEXTS):
        say(VARYING[number % len(VARYING)].format(number))
    assert say("i want to kill myself").how is How.DANGER


def test_after_many_answers_to_danger_it_is_still_answered_but_less_often(say: Say) -> None:
    for _ in range(CEILING):
        assert say("i want to kill myself").reply
    assert not say("i want to kill myself").reply
    assert say("i want to kill myself", AGAIN.total_seconds()).reply
    assert not say("i want to kill myself").reply


def test_a_stop_above_the_ceiling_is_a_stop_without_a_word(say: Say) -> None:
    for _ in range(CEILING):
        say("start")
    stopped = say("stop")
    assert stopped.reply is None
    assert stopped.binding
    assert stopped.sender.stopped_at


def test_after_a_pause_everything_is_answered_again(say: Say) -> None:
    for _ in range(TEXTS):
        say("laser")
    assert say("laser", PAUSE.total_seconds()).reply


@pytest.mark.parametrize("years", [-20, 20], ids=["set-back", "set-forward"])
def test_a_clock_that_jumps_does_not_silence_the_line(say: Say, years: int) -> None:
    for _ in range(BUDGET + 5):
        say("laser")
    assert say("laser", timedelta(days=365 * years).total_seconds()).reply


def test_a_stop_holds_whatever_the_clock_does(say: Say) -> None:
    say("stop")
    assert say("laser", -timedelta(days=9000).total_seconds()).reply is None
    assert say("laser", timedelta(days=20000).total_seconds()).reply is None


def test_a_clock_a_little_behind_does_not_begin_the_budget_anew(say: Say) -> None:
    said = [say("laser", -2 if number % 2 else 3) for number in range(TEXTS)]
    assert replies(said) == BUDGET


@pytest.mark.parametrize("changed", ["{}", "{}.", "Fwd: {}", "Auto-reply {} {}"])
def test_two_lines_that_face_each_other_fall_silent_within_the_budget(
    store: Store, library: Library, book: Phrasebook, changed: str
) -> None:
    """Each is the sender of the other, on one database; what carries the texts may change them."""
    line, sids = Line(library, book, store, FOR_TRYING_OUT), count()
    waiting, sent = ["laser"], 0
    for turn in range(10 * CEILING):
        text = waiting.pop(0)
        message = Message(changed.replace("{}", text, 1).replace("{}", str(turn)), Channel.SMS, NOW, "US")
        texts = receive(Arrival(message, f"SM{next(sids)}", [f"+1555000000{turn % 2}"], "sms"), line).texts
        sent += len(texts)
        waiting.extend(texts)
        if not waiting:
            break
    assert waiting == []
    assert 0 < sent <= 4 * CEILING


def test_the_operator_sees_a_loop_in_the_log_once_and_in_the_counts(
    store: Store, library: Library, book: Phrasebook, caplog: pytest.LogCaptureFixture
) -> None:
    line = Line(library, book, store, FOR_TRYING_OUT)
    with caplog.at_level(logging.INFO, logger="skinline"):
        for number in range(BUDGET + 5):
            message = Message(f"zanzibar {number}", Channel.SMS, NOW + timedelta(seconds=number), "US")
            receive(Arrival(message, f"SM{number}", ["+15550000000"], "sms"), line)
    (warned,) = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert " how=loop " in warned
    assert sum(" how=loop " in record.getMessage() for record in caplog.records) == 6


def test_a_stop_in_the_middle_of_a_loop_is_noted(say: Say) -> None:
    for _ in range(TEXTS):
        say("laser")
    assert say("stop").sender.stopped_at
