"""A text that is too long for one message is divided where a reader would pause, and no letter is torn."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.check.replies import replies
from bot.content import Library
from bot.division import LONGEST, divided, units
from bot.phrases import Phrasebook
from bot.text import graphemes

JOINED = [
    "می‌خواهم",
    "हिन्दी",
    "👩🏽‍⚕️",
    "👨‍👩‍👧‍👦",
    "🇭🇹",
    "e\u0301",
    "\u200f",
    "\u2067",
    "\u2069",
    "ญี่ปุ่น",
    "क्षि",
    "疤",
    "a",
    ".",
    "。",
    " ",
    "\n",
]
LETTERS = st.text(max_size=120) | st.lists(st.sampled_from(JOINED), max_size=80).map("".join)
LIMITS = st.integers(min_value=30, max_value=80)


def printed(text: str) -> list[str]:
    return [letter for letter in graphemes(text) if not letter.isspace()]


@given(LETTERS, LIMITS)
@example("word " * 30, 30)
@example(" \u0301" * 40, 30)
def test_no_part_is_too_long_and_none_is_empty(text: str, longest: int) -> None:
    parts = divided(text, longest)
    assert all(units(part) <= longest for part in parts)
    assert parts == [text] or all(parts)


@given(LETTERS, LIMITS)
@example(" \u0301" * 40, 30)
def test_every_letter_arrives_whole_and_in_order(text: str, longest: int) -> None:
    if all(units(letter) <= longest for letter in graphemes(text)):
        assert [letter for part in divided(text, longest) for letter in printed(part)] == printed(text)


@given(
    st.lists(
        st.sampled_from(["It can help.", "Ask first!", "疤痕会变淡。", "क्या यह ठीक है।", "هل يزول؟"]),
        min_size=2,
        max_size=40,
    )
)
def test_it_is_divided_after_sentences_where_they_fit(sentences: list[str]) -> None:
    parts = divided(" ".join(sentences), 40)
    assert all(part[-1] in ".!。।؟" for part in parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(
            "One line ends\nAnother line, longer", ["One line ends", "Another line, longer"], id="at a line's end"
        ),
        pytest.param("It takes about 3.5 months", ["It takes about 3.5", "months"], id="not in a number"),
        pytest.param(
            "疤痕会变淡。请早点看皮肤科医生，他会说明的。",
            ["疤痕会变淡。请早点看皮肤科医生，他会说明的。"],
            id="it fits",
        ),
        pytest.param("x" * 30, ["x" * 24, "x" * 6], id="a word too long for any message"),
        pytest.param("e" + "\u0301" * 30, ["e" + "\u0301" * 23, "\u0301" * 7], id="a letter too long for any message"),
    ],
)
def test_the_place_is_one_where_a_reader_would_pause(text: str, parts: list[str]) -> None:
    assert divided(text, 24) == parts


def test_what_is_said_today_is_one_message_each(library: Library, book: Phrasebook) -> None:
    for language in book.languages:
        for _, text in replies(language, library, book):
            assert divided(text) == [text]
    assert divided("疤" * LONGEST) == ["疤" * LONGEST]
    assert len(divided("疤" * (LONGEST + 1))) == 2
