"""Meanings and phrases are seen where they stand, close to how they are listed."""

import pytest

from bot.keywords import Form, Phrase, Speech
from bot.lexicon import Tongue, tongue
from bot.sightings import Sighting, meanings, outermost, phrases, with_guesses
from bot.spots import Places, spot
from bot.text import words


def made(forms: dict[str, str], said: dict[str, list[str]] | None = None, language: str = "en") -> Tongue:
    listed = tuple(Form(meaning, tuple(entry.split())) for meaning, text in forms.items() for entry in text.split(","))
    entries = ((want, entry.split()) for want, texts in (said or {}).items() for entry in texts)
    shown = tuple(Phrase(want, tuple(frozenset(part.split("|")) for part in parts)) for want, parts in entries)
    return tongue(Speech(language, listed, shown, frozenset({"the"}), frozenset(), (), ()))


ENGLISH = made(
    {"scar": "scar*", "dent": "ice pick,hole", "needle": "pick", "doctor": "skin doctor", "skin": "skin"},
    {
        "crisis": ["want|wanna die", "no reason live"],
        "stop": ["stop", "leave me alone"],
        "laser": ["laser|beam skin|face"],
    },
)


def places(text: str, language: Tongue, guess: bool = False) -> Places:
    found = words(text)
    spots = spot(found, language)
    if guess:
        with_guesses(spots, found, set(spots), language)
    return spots


def meant(text: str, language: Tongue = ENGLISH, guess: bool = False) -> list[tuple[str, int, int]]:
    found = outermost(meanings(places(text, language, guess), language))
    return sorted((sighting.name, sighting.start, sighting.end) for sighting in found)


def shown(text: str, guess: bool = False) -> dict[str, float]:
    return {sighting.name: sighting.closeness for sighting in phrases(places(text, ENGLISH, guess), ENGLISH)}


def test_a_meaning_is_seen_where_one_of_its_forms_stands() -> None:
    assert meant("the scars") == [("scar", 1, 2)]


def test_words_of_a_form_must_stand_side_by_side_and_in_order() -> None:
    assert meant("ice pick") == [("dent", 0, 2)]
    assert meant("pick the ice") == [("needle", 0, 1)]


def test_what_stands_inside_a_longer_form_is_not_meant() -> None:
    assert meant("my skin doctor") == [("doctor", 1, 3)]
    assert meant("skin and skin doctor") == [("doctor", 2, 4), ("skin", 0, 1)]


def test_a_longer_form_of_one_language_hides_the_word_that_another_hears_in_it() -> None:
    hair, laser = Sighting("hair_removal", 0, 3, 1.0, "fa"), Sighting("laser", 0, 1, 1.0, "ar")
    assert outermost([laser, hair]) == [hair]


def test_in_a_script_without_spaces_the_longest_run_is_meant() -> None:
    chinese = made({"acne": "痘", "dent": "痘坑"}, language="zh_Hans")
    assert meant("痘坑和痘", chinese) == [("acne", 3, 4), ("dent", 0, 2)]


def test_a_misspelled_word_means_what_it_is_close_to_but_less_closely() -> None:
    found = outermost(meanings(places("docter skin docter", ENGLISH, guess=True), ENGLISH))
    assert {(sighting.name, sighting.closeness) for sighting in found} == {("doctor", 0.85)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("i want to die", {"crisis": 1.0}, id="a word between"),
        pytest.param("wanna die", {"crisis": 1.0}, id="another choice"),
        pytest.param("want one two three die", {}, id="three words between"),
        pytest.param("die want", {}, id="in another order"),
        pytest.param("no good reason to live", {"crisis": 1.0}, id="gaps at two places"),
        pytest.param("laser on my face", {"laser": 1.0}, id="a topic"),
        pytest.param("please leave me alone now", {"stop": 1.0}, id="an act amid a text"),
        pytest.param("leave me here alone", {}, id="an act with a word between"),
        pytest.param("leave leave me alone", {"stop": 1.0}, id="a stammer"),
        pytest.param("", {}, id="nothing"),
    ],
)
def test_a_phrase_is_seen_in_its_order_an_act_word_by_word(text: str, found: dict[str, float]) -> None:
    assert shown(text) == found


def test_a_misspelled_phrase_is_seen_but_not_exactly() -> None:
    assert shown("no reeson to live", guess=True) == {"crisis": 0.85}


def test_a_language_without_phrases_shows_nothing() -> None:
    silent = made({"scar": "scar"})
    assert phrases(places("scar", silent), silent) == []
