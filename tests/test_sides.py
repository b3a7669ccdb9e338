"""Beside each English text stands what a language says and what its reply costs, or nothing where it says nothing."""

from dataclasses import replace
from datetime import date

import pytest

from bot import compose, plain, sides
from bot.check import rules
from bot.check.reviews import Standing
from bot.content import Library
from bot.phrases import Phrasebook
from bot.review import Review
from bot.segments import encoding, segments

TODAY = date(2026, 12, 1)
KEPT = rules.load()


def test_every_topic_stands_beside_every_language(library: Library, book: Phrasebook) -> None:
    others = [language for language in book.languages if language != "en"]
    found = sides.spreads(library.topics, library.topics, book.languages, book, KEPT, {}, TODAY)
    assert {spread.entry.topic.id for spread in found} == set(library.topics)
    for spread in found:
        assert [row.english.name for row in spread.rows] == [
            f"{spread.entry.topic.id}.answer",
            *(f"{spread.entry.topic.id}.more.{page}" for page in range(1, len(spread.entry.topic.more) + 1)),
        ]
        for row in spread.rows:
            assert [(side.language, side.text) for side in row.sides] == [
                (language, book.texts[language][row.english.name]) for language in others
            ]


def test_the_figures_are_those_of_the_whole_reply(library: Library, book: Phrasebook) -> None:
    laser = sides.spread(library.topics["laser"], library.topics, ["pl", "hi"], book, KEPT, {}, TODAY)
    for side in laser.rows[0].sides:
        reply = compose.topic(library.topics["laser"], side.language, book)
        assert (side.segments, side.encoding) == (segments(reply), encoding(reply))
    polish, hindi = laser.rows[0].sides
    assert hindi.letters == ()
    assert all(letter in compose.topic(library.topics["laser"], "pl", book) for letter in polish.letters)


def test_what_is_not_translated_is_empty(library: Library, book: Phrasebook) -> None:
    spanish = {name: text for name, text in book.texts["es"].items() if name != "laser.answer"}
    bare = replace(book, texts={**book.texts, "es": spanish})
    laser = sides.spread(library.topics["laser"], library.topics, ["es"], bare, KEPT, {}, TODAY)
    assert laser.rows[0].sides[0].text == ""
    assert laser.rows[0].sides[0].segments == segments(compose.topic(library.topics["laser"], "es", bare))
    assert laser.rows[1].sides[0].text == book.texts["es"]["laser.more.1"]


def test_every_sentence_of_the_bot_stands_beside_a_language(library: Library, book: Phrasebook) -> None:
    rows = list(sides.sentences(library.topics, "th", book, KEPT))
    said = {row.english.name: row.sides[0].text for row in rows}
    assert said == {
        name: text for name, text in book.texts["th"].items() if name.partition(".")[0] not in library.topics
    }


@pytest.mark.parametrize(
    ("review", "standing"),
    [
        pytest.param(None, Standing.UNSIGNED, id="unsigned"),
        pytest.param(Review("Dr. N.", TODAY), Standing.SIGNED, id="signed by hand"),
        pytest.param(Review("Dr. N.", TODAY, None, "00000000"), Standing.CHANGED, id="changed"),
        pytest.param(Review("Dr. N.", date(2025, 1, 1), date(2026, 1, 1)), Standing.EXPIRED, id="expired"),
        pytest.param(Review("Dr. N.", TODAY, TODAY), Standing.SIGNED, id="its last day"),
    ],
)
def test_a_topic_says_what_its_signature_is_worth(
    library: Library, book: Phrasebook, review: Review | None, standing: Standing
) -> None:
    topic = replace(library.topics["laser"], reviewed=review)
    assert sides.spread(topic, library.topics, [], book, KEPT, {}, TODAY).entry.standing is standing


def test_a_text_that_goes_out_in_plain_letters_costs_what_they_cost(library: Library, book: Phrasebook) -> None:
    rule = plain.load()
    topic = library.topics["laser"]
    (written,), (folded,) = (
        sides.spread(topic, library.topics, ["es"], book, KEPT, each, TODAY).rows[0].sides for each in ({}, rule)
    )
    assert (written.encoding, written.is_plain) == ("UCS-2", False)
    assert (folded.encoding, folded.letters, folded.is_plain) == ("GSM-7", (), True)
    assert folded.segments < written.segments
    assert folded.text == written.text
