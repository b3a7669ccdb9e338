"""A word that lies a typing error away from one that alarms or stops is listed, with the word that wins."""

from pathlib import Path

import pytest

from bot.check import near
from bot.content import Library
from bot.keywords import Form, Phrase, Speech
from bot.lexicon import Tongue, tongue
from bot.problems import Refused
from bot.understand import understand


def spoken(*forms: Form) -> Tongue:
    said = (Phrase("stop", (frozenset({"cancel"}),)), Phrase("crisis", (frozenset({"suicide"}),)))
    return tongue(Speech("en", forms, said, frozenset(), frozenset(), (), ()))


def test_a_word_of_another_meaning_near_a_stop_is_found(library: Library) -> None:
    assert near.near(spoken(Form("illness", ("cancer",))), library) == {"cancel": ["cancer"]}


def test_another_spelling_of_the_danger_itself_is_none(library: Library) -> None:
    assert near.near(spoken(Form("suicide", ("suicidal",))), library) == {}


def test_a_word_that_is_two_slips_away_is_none(library: Library) -> None:
    assert near.near(spoken(Form("scar", ("candle",))), library) == {}


def test_what_is_not_listed_is_a_mistake_and_what_is_gone_a_warning(library: Library) -> None:
    found = list(near.findings(library, {"en": {"hives": ["lives", "dives"]}}))
    english = [(each.text or each.advice, each.is_warning) for each in found if each.key == "hives"]
    assert [is_warning for _, is_warning in english] == [False, True]


def test_every_neighbour_of_the_shipped_words_is_listed(library: Library) -> None:
    assert list(near.findings(library, near.load())) == []


@pytest.mark.parametrize(
    ("text", "want"), [("cancer", "unknown"), ("cancel", "stop"), ("quilt", "unknown"), ("quit", "stop")]
)
def test_the_word_that_was_typed_wins(text: str, want: str, library: Library) -> None:
    assert understand(text, library, "US").best.name == want


def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"near\.toml"):
        near.load(tmp_path / "near.toml")
