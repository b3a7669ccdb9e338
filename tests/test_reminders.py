"""Reminders in the talk: asked for in any language, chosen, shown, changed, cancelled, and never by accident."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.answer import answer
from bot.content import Library
from bot.model import Channel, Message, Outcome, Sender
from bot.offers import REMIND_IN
from bot.phrases import Phrasebook

NOW = datetime(2026, 6, 1, 15, tzinfo=UTC)
EXAMPLES = sorted((Path(__file__).parent.parent / "content" / "examples").glob("*.jsonl"))


@pytest.fixture(scope="module")
def able(book: Phrasebook) -> Phrasebook:
    """The texts of a clinic that can send reminders."""
    return replace(book, clinic=replace(book.clinic, reminds=True))


def said(text: str, sender: Sender, library: Library, able: Phrasebook, tap: str = "") -> Outcome:
    return answer(Message(text, Channel.SMS, NOW, "US", tap), sender, library, able)


def due_in(outcome: Outcome) -> int:
    assert outcome.reminding, outcome.reply
    assert outcome.reminding.due
    return round((outcome.reminding.due - NOW) / timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("remind me in 3 days", 3),
        ("Remind me in two weeks pls", 14),
        ("reminder 14 days", 14),
        ("remind me next month", 30),
        ("remind me in 30 days", 30),
    ],
)
def test_a_reminder_is_set_at_once_for_who_says_when(text: str, days: int, library: Library, able: Phrasebook) -> None:
    outcome = said(text, Sender(language="en", last_seen=NOW), library, able)
    assert due_in(outcome) == days
    assert outcome.sender.remind_at == outcome.reminding.due if outcome.reminding else False


@pytest.mark.parametrize(
    "text", ["remind me", "remind me in 5 days", "set a reminder pls", "remind me to see a doctor"]
)
def test_who_does_not_say_when_is_asked(text: str, library: Library, able: Phrasebook) -> None:
    outcome = said(text, Sender(language="en", last_seen=NOW), library, able)
    assert outcome.reminding is None
    assert outcome.sender.offered == ("remind:3", "remind:14", "remind:30")


def test_every_language_asks_and_chooses_with_its_own_words(library: Library, able: Phrasebook) -> None:
    for code in able.languages:
        writer = Sender(language=code, last_seen=NOW)
        for phrase in able.say("remind_words", code).split(","):
            asked = said(phrase.strip(), writer, library, able)
            assert asked.want == "remind", (code, phrase)
        for name, days in REMIND_IN.items():
            row = able.say(name, code)
            assert due_in(said(row, replace(writer, offered=asked.sender.offered), library, able)) == days, row
            assert due_in(said(f"{able.say('remind_me', code)} {row}", writer, library, able)) == days, row


@pytest.mark.parametrize(
    ("text", "tap", "days"), [("2", "", 14), ("۳", "", 30), ("", "remind:3", 3), ("x", "remind:30", 30)]
)
def test_a_number_or_a_tap_chooses(text: str, tap: str, days: int, library: Library, able: Phrasebook) -> None:
    asked = said("remind me", Sender(language="en", last_seen=NOW), library, able)
    assert due_in(said(text, asked.sender, library, able, tap)) == days


def test_a_reminder_is_shown_changed_and_cancelled(library: Library, able: Phrasebook) -> None:
    held = Sender(language="en", last_seen=NOW, remind_at=NOW + timedelta(days=14), reminder="SM1")
    shown = said("reminder", held, library, able)
    assert shown.reply
    assert shown.reply.texts[0].startswith("Your reminder comes on June 15.\n")
    changed = said("in 1 month", shown.sender, library, able)
    assert due_in(changed) == 30
    assert changed.sender.reminder == "SM1", "what is held stays until the new one is"
    for text in ("4", "cancel my reminder", "no reminder please", "delete the reminder"):
        gone = said(text, shown.sender, library, able)
        assert gone.reminding, text
        assert gone.reminding.due is None
        assert (gone.sender.remind_at, gone.sender.reminder) == (None, "")


@pytest.mark.parametrize("text", ["STOP", "stop texting me", "stop reminders"])
def test_a_stop_cancels_the_reminder_and_holds_whether_that_works_or_not(
    text: str, library: Library, able: Phrasebook
) -> None:
    held = Sender(language="en", last_seen=NOW, remind_at=NOW + timedelta(days=14), reminder="SM1")
    stopped = said(text, held, library, able)
    assert stopped.sender.stopped_at
    assert stopped.reminding
    assert stopped.reminding.otherwise is None


def test_to_be_forgotten_cancels_the_reminder_or_tells_that_it_failed(library: Library, able: Phrasebook) -> None:
    held = Sender("en", offered=("forget",), last_seen=NOW, remind_at=NOW + timedelta(days=14), reminder="SM1")
    forgotten = said("1", held, library, able)
    assert forgotten.forget
    assert forgotten.reminding
    assert forgotten.reminding.otherwise
    assert forgotten.reminding.otherwise.texts == (able.say("failed", "en"),)


def test_no_reminder_is_offered_where_none_can_be_sent(library: Library, book: Phrasebook) -> None:
    writer = Sender(language="en", last_seen=NOW, offered=("remind:3",))
    for message in (Message("thanks", Channel.SMS, NOW), Message("x", Channel.SMS, NOW, tap="remind:14")):
        outcome = answer(message, writer, library, book)
        assert outcome.reminding is None
        assert outcome.reply
        assert book.say("remind_me", "en") not in outcome.reply.texts[0]
    assert answer(Message("remind me in 3 days", Channel.SMS, NOW), Sender("en"), library, book).reminding is None


def test_thanks_are_answered_with_the_offer(library: Library, able: Phrasebook) -> None:
    thanked = said("thanks", Sender(language="en", last_seen=NOW), library, able)
    assert thanked.sender.offered == ("remind",)
    assert said("1", thanked.sender, library, able).sender.offered == ("remind:3", "remind:14", "remind:30")


def test_questions_are_not_taken_for_reminders(library: Library, able: Phrasebook) -> None:
    texts = [(file.stem, json.loads(line)) for file in EXAMPLES for line in file.read_text("utf-8").splitlines()]
    taken = [
        (code, each["text"])
        for code, each in texts[::20]
        if said(each["text"], Sender(language=code, last_seen=NOW), library, able).want == "remind"
    ]
    assert len(taken) <= len(texts[::20]) / 1000, taken
