"""Ordinary words that nobody asks us about: places, money, units, months, as CLDR names them in every language."""

from itertools import filterfalse

import pytest

from bot.content import Library
from bot.model import ACTS, CONTROLS, DANGERS
from bot.ordinary import chatter, is_aside, most_used, names
from bot.understand import understand

UNLUCKY = {"Vùng không xác định", "N⋅m"}
"""Names that are words of despair: "unknown region" is written "not decided", and Haitians shorten "we" and "I"."""
MOST_ANSWERED = 0.08
"""Of names alone, most of them one word: Costa Rica sounds like a price to whoever only looks at words."""


def asked(library: Library) -> list[tuple[str, str, bool]]:
    """Return for each name kept aside: the name, what it was taken for, and whether that was acted upon."""
    found = []
    for language in library.languages:
        for name in filter(is_aside, names(language)):
            best = understand(name, library, talk=language).best
            found.append((name, best.name, best.exact))
    return found


@pytest.fixture(scope="module")
def taken(library: Library) -> list[tuple[str, str, bool]]:
    return asked(library)


def test_thousands_of_names_alarm_nobody(taken: list[tuple[str, str, bool]]) -> None:
    assert len(taken) > 5000
    assert {name for name, want, exact in taken if want in DANGERS and exact} <= UNLUCKY


def test_no_name_is_taken_for_a_stop(taken: list[tuple[str, str, bool]]) -> None:
    assert {name for name, want, exact in taken if want == "stop" and exact} <= {"t"}


def test_few_names_are_answered_with_a_topic(taken: list[tuple[str, str, bool]]) -> None:
    quiet = {*CONTROLS, *ACTS, *DANGERS, "unknown"}
    assert sum(want not in quiet for _, want, _ in taken) / len(taken) <= MOST_ANSWERED


def test_some_are_kept_aside_and_most_are_not() -> None:
    english = names("en")
    assert 0.15 < sum(map(is_aside, english)) / len(english) < 0.35
    assert list(filterfalse(is_aside, english))


def test_the_words_people_use_most_come_first_and_where_none_are_counted_there_are_none() -> None:
    assert most_used("en").index("the") < most_used("en").index("garden")
    assert "我们" in most_used("zh_Hans")
    assert most_used("ht") == []


def test_a_text_of_ordinary_words_is_written_as_its_script_is() -> None:
    assert list(chatter([], 3)) == []
    assert set(" ".join(chatter(["und", "der", "haus"], 50)).split()) == {"und", "der", "haus"}
    assert not any(" " in text for text in chatter(["我们", "因为"], 50))
