"""A text whose signature has run out is not sent, whichever way it is asked for; help in danger always is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.answer import answer
from bot.content import Library
from bot.model import Attachment, Channel, Message, Outcome, Sender
from bot.phrases import Phrasebook
from bot.review import Review

LAST_DAY = date(2027, 12, 1)
BEFORE = datetime(2027, 12, 1, 23, 59, tzinfo=UTC)
AFTER = datetime(2027, 12, 2, 0, 0, tzinfo=UTC)
KNOWN = Sender(language="en", last_seen=BEFORE)


@pytest.fixture(scope="module")
def signed(library: Library) -> Library:
    """The library with every topic signed until the same day."""
    review = Review("Dr. N. N.", date(2026, 12, 1), LAST_DAY)
    return replace(library, topics={name: replace(each, reviewed=review) for name, each in library.topics.items()})


def _said(message: Message, sender: Sender, library: Library, book: Phrasebook) -> tuple[str, Outcome]:
    outcome = answer(message, sender, library, book)
    return "\n".join(outcome.reply.texts if outcome.reply else ()), outcome


def test_until_its_last_day_a_text_is_sent(signed: Library, book: Phrasebook) -> None:
    said, _ = _said(Message("what are acne scars", Channel.SMS, BEFORE), KNOWN, signed, book)
    assert signed.topics["scars"].answer in said


@pytest.mark.parametrize(
    "message",
    [
        Message("what are acne scars", Channel.SMS, AFTER),
        Message("", Channel.WHATSAPP, AFTER, tap="topic:scars"),
        Message("1", Channel.SMS, AFTER),
        Message("", Channel.SMS, AFTER, attachment=Attachment.PICTURE),
    ],
    ids=["asked", "tapped", "numbered", "pictured"],
)
def test_from_the_next_day_on_the_reminder_stands_in_for_it(
    message: Message, signed: Library, book: Phrasebook
) -> None:
    said, _ = _said(message, KNOWN._replace(offered=("scars",)), signed, book)
    assert said == f"{book.english['withdrawn']}\n{book.english['hint_last']}"


def test_a_text_that_expires_between_two_messages_has_no_more_pages(signed: Library, book: Phrasebook) -> None:
    _, first = _said(Message("what are acne scars", Channel.SMS, BEFORE), KNOWN, signed, book)
    said, _ = _said(Message("more", Channel.SMS, AFTER), first.sender, signed, book)
    assert not [page for page in signed.topics["scars"].more if page in said]
    assert said.startswith(book.english["no_more"])


def test_it_is_said_in_the_language_of_the_sender(signed: Library, book: Phrasebook) -> None:
    spanish = KNOWN._replace(language="es")
    said, _ = _said(Message("que son las cicatrices de acne", Channel.SMS, AFTER), spanish, signed, book)
    assert said.startswith(book.texts["es"].get("withdrawn", book.english["withdrawn"]))


def test_who_wants_a_visit_is_still_told_where(signed: Library, book: Phrasebook) -> None:
    said, _ = _said(Message("", Channel.WHATSAPP, AFTER, tap="topic:appointment"), KNOWN, signed, book)
    assert book.clinic.phone in said


@pytest.mark.parametrize(("text", "topic"), [("i want to kill myself", "crisis"), ("i cant breathe", "urgent")])
def test_help_in_danger_never_expires(text: str, topic: str, signed: Library, book: Phrasebook) -> None:
    said, _ = _said(Message(text, Channel.SMS, AFTER), KNOWN, signed, book)
    assert signed.topics[topic].answer in said


def test_an_unsigned_text_and_one_without_an_end_are_sent(library: Library, book: Phrasebook) -> None:
    for review in (None, Review("Dr. N. N.", date(2026, 12, 1))):
        topics = {name: replace(each, reviewed=review) for name, each in library.topics.items()}
        late = Message("what are acne scars", Channel.SMS, datetime(2099, 1, 1, tzinfo=UTC))
        said, _ = _said(late, KNOWN, replace(library, topics=topics), book)
        assert topics["scars"].answer in said
