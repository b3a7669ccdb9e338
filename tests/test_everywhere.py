"""One text in all languages: answered alike in each, and told where it would be understood otherwise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import plain
from bot.content import Library
from bot.everywhere import There, everywhere, same_text
from bot.fit import Terms
from bot.line import Line
from bot.model import Channel, How, Message, Outcome, Want
from bot.phrases import Phrasebook
from bot.review import Review
from bot.store import Store

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def line(library: Library, book: Phrasebook, store: Store) -> Line:
    return Line(library, book, store, "k" * 32)


def tried(line: Line, text: str, channel: Channel = Channel.SMS) -> tuple[Want, Outcome, dict[str, There]]:
    want, outcome, there = same_text(Message(text, channel, NOON, "US"), line)
    return want, outcome, {each.language: each for each in there}


def test_a_question_is_answered_in_every_language(line: Line, book: Phrasebook) -> None:
    want, outcome, there = tried(line, "what are acne scars")
    assert (want.name, outcome.sender.language) == ("scars", "en")
    assert list(there) == list(book.languages)
    for language, each in there.items():
        assert each.replies[0].text.startswith(book.say("scars.answer", language)[:20])
        assert len(each.replies) == 1


def test_a_wish_is_fulfilled_in_every_language(line: Line, book: Phrasebook) -> None:
    _, outcome, there = tried(line, "STOP")
    assert outcome.how is How.CONTROL
    assert {each.replies[0].text for each in there.values()} == {book.say("stopped", code) for code in there}


def test_nothing_that_is_tried_is_remembered(line: Line) -> None:
    tried(line, "STOP")
    assert tried(line, "laser")[1].reply is not None


def test_a_word_that_means_something_else_in_a_language_is_told_of(line: Line) -> None:
    assert {each.want for each in tried(line, "what are acne scars")[2].values()} == {"scars"}
    want, _, there = tried(line, "pain")
    assert want.name == there["es"].want == "risks"
    assert there["fr"].want != "risks", "it is bread there"


def test_an_sms_is_shown_in_its_segments_and_whatsapp_whole(line: Line) -> None:
    assert tried(line, "laser")[2]["hi"].replies[0].parts
    assert not tried(line, "laser", Channel.WHATSAPP)[2]["hi"].replies[0].parts


def test_an_echo_is_met_with_silence_in_every_language(line: Line, book: Phrasebook) -> None:
    assert not any(each.replies for each in tried(line, book.say("notice", "en"))[2].values())


def test_one_answer_is_shown_as_it_is_sent(line: Line, library: Library, book: Phrasebook) -> None:
    laser, folding = library.topics["laser"], replace(line, terms=Terms(plain.load()))
    assert dict(everywhere(laser, Channel.SMS, line, NOON))["es"].encoding == "UCS-2"
    assert dict(everywhere(laser, Channel.SMS, folding, NOON))["es"].encoding == "GSM-7"
    rich = dict(everywhere(laser, Channel.WHATSAPP, line, NOON))["es"].text
    assert rich.startswith(f"*{book.say('laser.title', 'es')}*")


def test_an_answer_that_may_no_longer_be_sent_is_shown_nowhere(line: Line, library: Library, book: Phrasebook) -> None:
    signed = Review("Dr. A", NOON.date(), NOON.date() - timedelta(days=1), "")
    gone = replace(library.topics["laser"], reviewed=signed)
    assert dict(everywhere(gone, Channel.SMS, line, NOON))["fr"].text.startswith(book.say("withdrawn", "fr")[:20])
