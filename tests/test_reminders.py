"""Reminders in the talk: asked for in any language, chosen, shown, changed, cancelled, and never by accident."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.answer import answer
from bot.check import typed
from bot.content import Library
from bot.model import Channel, Message, Outcome, Sender
from bot.offers import REMIND_IN
from bot.phrases import Phrasebook
from bot.text import words

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
        ("remind me in 5 days", 5),
        ("remind me in five days", 5),
        ("pls remind me tomorrow", 1),
        ("remind me the day after tomorrow", 2),
        ("remind me next week", 7),
        ("remind me in 2wks", 14),
        ("no, remind me in 2 weeks", 14),
        ("don't forget to remind me in a month", 30),
        ("remind me to see a doctor in 34 days", 34),
    ],
)
def test_a_reminder_is_set_at_once_for_who_says_when(text: str, days: int, library: Library, able: Phrasebook) -> None:
    outcome = said(text, Sender(language="en", last_seen=NOW), library, able)
    assert due_in(outcome) == days
    assert outcome.sender.remind_at == outcome.reminding.due if outcome.reminding else False


@pytest.mark.parametrize(
    "text",
    [
        *(
            "remind me",
            "set a reminder pls",
            "remind me to see a doctor",
            "don't forget to remind me",
            "thanks, remind me",
        ),
        *("remind me in 10 weeks", "remind me in 35 days", "remind me in 0 days", "remind me in some days"),
        *("remind me in twenty five days", "remind me in a week or a month", "remind me in 99999999999 days"),
    ],
)
def test_who_does_not_say_when_is_asked(text: str, library: Library, able: Phrasebook) -> None:
    outcome = said(text, Sender(language="en", last_seen=NOW), library, able)
    assert outcome.reminding is None
    assert outcome.sender.offered == ("remind:3", "remind:14", "remind:30")


def test_every_language_asks_and_chooses_with_its_own_words(library: Library, able: Phrasebook) -> None:
    for code in able.languages:
        writer = Sender(language=code, last_seen=NOW)
        for phrase in able.say("typed_remind", code).split(","):
            asked = said(phrase.strip(), writer, library, able)
            assert asked.want == "remind", (code, phrase)
        asked = said(able.say("remind_me", code), writer, library, able)
        for name, days in REMIND_IN.items():
            row = able.say(name, code)
            assert due_in(said(row, writer._replace(offered=asked.sender.offered), library, able)) == days, row
            assert due_in(said(f"{able.say('remind_me', code)} {row}", writer, library, able)) == days, row


@pytest.mark.parametrize(
    ("text", "tap", "days"), [("2", "", 14), ("۳", "", 30), ("", "remind:3", 3), ("x", "remind:30", 30)]
)
def test_a_number_or_a_tap_chooses(text: str, tap: str, days: int, library: Library, able: Phrasebook) -> None:
    asked = said("remind me", Sender(language="en", last_seen=NOW), library, able)
    assert due_in(said(text, asked.sender, library, able, tap)) == days


def test_a_reminder_is_shown_changed_and_cancelled(library: Library, able: Phrasebook) -> None:
    shown = said("reminder", HELD, library, able)
    assert shown.reply
    assert shown.reply.texts[0].startswith("Your reminder comes on June 15.\n")
    changed = said("in 1 month", shown.sender, library, able)
    assert due_in(changed) == 30
    assert changed.sender.reminder == "SM1", "what is held stays until the new one is"
    for text in ("4", "cancel my reminder", "no reminder please", "delete the reminder", "don't remind me"):
        gone = said(text, shown.sender, library, able)
        assert gone.reminding, text
        assert gone.reminding.due is None
        assert (gone.sender.remind_at, gone.sender.reminder) == (None, "")


HELD = Sender(language="en", last_seen=NOW, remind_at=NOW + timedelta(days=14), reminder="SM1")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(
            ("no, remind me about the other thing", "en"),
            ("don't forget to remind me", "en"),
            ("no me olvide, recuérdame", "es"),
        ),
        *(("remind me how to remove scars", "en"), ("rappelez-moi comment enlever mes cicatrices sans laser", "fr")),
        *(
            ("non voglio dimenticare, ricordami", "it"),
            ("不要忘记提醒我", "zh_Hans"),
            ("yaad dilana bhoolna nahi chahiye", "hi"),
        ),
        *(("cancel the reminder in 2 weeks", "en"), ("Erinnern Sie mich nicht morgen, sondern in 2 Wochen", "de")),
    ],
)
def test_what_may_mean_something_else_cancels_nothing(
    text: str, language: str, library: Library, able: Phrasebook
) -> None:
    outcome = said(text, HELD._replace(language=language), library, able)
    assert (outcome.sender.remind_at, outcome.sender.reminder) == (HELD.remind_at, "SM1"), outcome.reply
    assert outcome.reminding is None


def test_every_language_cancels_with_its_own_words(library: Library, able: Phrasebook) -> None:
    for code in able.languages:
        asks = able.say("remind_me", code)
        for phrase in [able.say("remind_none", code), *able.say("typed_cancel", code).split(",")]:
            tried = [said(text, HELD._replace(language=code), library, able) for text in (phrase, f"{asks} {phrase}")]
            assert any(outcome.sender.remind_at is None for outcome in tried), (code, phrase, tried[1].reply)


def test_no_word_that_cancels_is_one_that_people_use_every_day(able: Phrasebook) -> None:
    everyday = [
        f" {' '.join(words(json.loads(line)['text']))} "
        for file in EXAMPLES
        for line in file.read_text("utf-8").splitlines()
    ]
    for code in able.languages:
        for phrase in able.say("typed_cancel", code).split(","):
            typed = f" {' '.join(words(phrase))} "
            assert sum(typed in text for text in everyday) < len(everyday) / 1000, (code, phrase)


@pytest.mark.parametrize(
    ("text", "language", "days"), [("recuérdame en cinco días", "es", 5), ("3 din baad yaad dilana", "hi", 3)]
)
def test_who_asks_in_another_language_than_before_is_answered_in_it(
    text: str, language: str, days: int, library: Library, able: Phrasebook
) -> None:
    outcome = said(text, Sender(language="en", last_seen=NOW), library, able)
    assert due_in(outcome) == days
    assert outcome.reply
    assert outcome.reply.language == language


def test_who_has_no_reminder_and_cancels_it_is_told_so(library: Library, able: Phrasebook) -> None:
    outcome = said("delete my reminder", Sender(language="en", last_seen=NOW), library, able)
    assert outcome.reminding is None
    assert outcome.reply
    assert outcome.reply.texts == (able.say("remind_off", "en"),)


@pytest.mark.parametrize(
    ("text", "language"),
    [("thanks for the reminder", "en"), ("gracias por el recordatorio", "es"), ("merci pour le rappel", "fr")],
)
def test_thanks_for_a_reminder_are_answered_as_thanks(
    text: str, language: str, library: Library, able: Phrasebook
) -> None:
    for due in (NOW + timedelta(days=3), NOW - timedelta(hours=1)):
        outcome = said(text, HELD._replace(language=language, remind_at=due), library, able)
        assert outcome.want == "thanks"


@pytest.mark.parametrize(
    ("text", "days"), [("in five days", 5), ("tomorrow", 1), ("3 weeks", 21), ("in 10 weeks", 0), ("weeks", 0)]
)
def test_what_is_typed_under_the_choices_is_taken_at_its_word_or_asked_again(
    text: str, days: int, library: Library, able: Phrasebook
) -> None:
    asked = said("remind me", Sender(language="en", last_seen=NOW), library, able)
    outcome = said(text, asked.sender, library, able)
    if days:
        assert due_in(outcome) == days
    else:
        assert outcome.sender.offered == ("remind:3", "remind:14", "remind:30"), outcome.reply


@pytest.mark.parametrize("text", ["STOP", "stop texting me", "stop reminders"])
def test_a_stop_cancels_the_reminder_and_holds_whether_that_works_or_not(
    text: str, library: Library, able: Phrasebook
) -> None:
    stopped = said(text, HELD, library, able)
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
    assert len(taken) <= len(texts[::20]) / 500, taken


def test_a_list_that_lacks_a_choice_or_cannot_be_read_is_found(able: Phrasebook) -> None:
    assert not list(typed.findings(able))
    spoilt = {**able.texts["es"], "typed_spans": "1 # días, semanas"}
    found = [str(each) for each in typed.findings(replace(able, texts={**able.texts, "es": spoilt}))]
    assert len(found) == 3, found
    assert all("locales/es/LC_MESSAGES/bot.po: typed_spans: must" in each for each in found)
