"""The index finds a word as it is listed, and what is a typing error away, in one language at a time."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halves import look_alikes, spelled
from bot.keywords import Form, Phrase, Speech
from bot.learned import pack
from bot.letters import Letters
from bot.lexicon import Lexicon, Tongue, index, tongue
from bot.spots import DOUBLED, guessed, spot
from bot.text import words

SILENT = Letters(pack({"always": {}}))


def speech(language: str, forms: dict[str, str], phrases: dict[str, list[list[str]]] | None = None) -> Speech:
    """Return a language whose forms are given as `meaning: "one, two words"`."""
    listed = (Form(m, tuple(e.split())) for m, text in forms.items() for e in text.split(","))
    said = (
        Phrase(want, tuple(frozenset(part.split("|")) for part in parts))
        for want, entries in (phrases or {}).items()
        for parts in entries
    )
    return Speech(language, tuple(listed), tuple(said), frozenset({"the", "at"}), frozenset({"please"}), (), ())


ENGLISH = speech(
    "en",
    {"scar": "scar, scars, ice pick, address", "raised": "keloid*, hypertrophic*", "acne": "pimple*", "fade": "vanish"},
    {"stop": [["stop"], ["no", "more|further", "texts"]], "crisis": [["want|wanna", "die"]]},
)
GERMAN = speech("de", {"scar": "*narbe*", "acne": "akne*", "mark": "*fleck"})
ARABIC = replace(speech("ar", {"scar": "ندوب", "laser": "ليزر", "pain": "الم"}), prefixes=("وال", "بال", "ال", "و"))
CHINESE = speech("zh_Hans", {"dent": "痘坑", "acne": "痘"}, {"stop": [["退订"]]})
KOREAN = speech("ko", {"acne": "여드름*", "scar": "흉터*"})


@pytest.fixture
def english() -> Tongue:
    return tongue(ENGLISH)


def keys(text: str, language: Tongue) -> list[list[str]]:
    return [sorted(spots) for _, spots in sorted(spot(words(text), language).items())]


def guesses(word: str, language: Tongue) -> dict[str, float]:
    return {found.key: round(found.closeness, 2) for found in guessed(word, language).values()}


def test_words_are_spotted_where_they_stand(english: Tongue) -> None:
    assert spot(words("the old scar"), english).keys() == {0, 2}


def test_a_stem_is_found_at_the_beginning_of_a_word(english: Tongue) -> None:
    assert keys("keloids", english) == [["keloid*"]]
    assert keys("nokeloid", english) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Aknenarben", [["*narbe*", "akne*"]]),
        ("Narbe", [["*narbe*"]]),
        ("Pickelfleck", [["*fleck"]]),
        ("Pickelflecken", []),
    ],
)
def test_a_part_of_a_compound_is_found_inside_it_and_an_end_at_its_end(text: str, found: list[list[str]]) -> None:
    assert keys(text, tongue(GERMAN)) == found


def test_an_arabic_word_is_found_beneath_its_article_and_prepositions() -> None:
    assert keys("بالليزر والندوب", tongue(ARABIC)) == [["ليزر"], ["ندوب"]]
    assert keys("الم والم", tongue(ARABIC)) == [["الم"], ["الم"]]


def test_a_misspelled_word_is_guessed_beneath_its_prefix() -> None:
    arabic = tongue(replace(speech("ar", {"raised": "كيلويد"}), prefixes=ARABIC.prefixes))
    assert guesses("بالكيلود", arabic) == {"كيلويد": 0.85}


def test_a_language_without_prefixes_takes_none_away() -> None:
    assert keys("والندوب", replace(tongue(ARABIC), prefixes=())) == []


def test_a_run_of_a_script_without_spaces_is_found_anywhere_long_and_short() -> None:
    places = spot(words("我有痘坑"), tongue(CHINESE))
    assert {key: found.length for key, found in places[2].items()} == {"痘": 1, "痘坑": 2}


def test_a_run_ends_where_another_script_begins() -> None:
    assert keys("痘a坑", tongue(CHINESE)) == [["痘"]]


@pytest.mark.parametrize(
    ("typed", "key", "closeness"),
    [
        pytest.param("vansh", "vanish", 0.85, id="a letter missing"),
        pytest.param("vanwish", "vanish", 0.85, id="a letter too many"),
        pytest.param("vanosh", "vanish", 0.85, id="a wrong letter"),
        pytest.param("vainsh", "vanish", 0.85, id="two swapped in the first half"),
        pytest.param("vaniHs", "vanish", 0.85, id="two swapped in the second half"),
        pytest.param("vainhs", "", 0, id="two slips in a word of six letters"),
        pytest.param("canish", "vanish", 0.75, id="a wrong first letter is less close"),
        pytest.param("vnaish", "vanish", 0.85, id="two swapped near the beginning"),
        pytest.param("keliod", "keloid*", 0.85, id="two swapped in a stem"),
        pytest.param("kelodis", "keloid*", 0.85, id="a slip before the rest of an inflected word"),
        pytest.param("hypertrphc", "hypertrophic*", 0.7, id="two slips in a long word"),
        pytest.param("adres", "address", DOUBLED, id="doubled letters left out"),
        pytest.param("scarrs", "scars", DOUBLED, id="letters doubled"),
        pytest.param("scaar", "scar", DOUBLED, id="letters doubled in a short word"),
        pytest.param("scat", "", 0, id="a short word with a wrong letter is another word"),
        pytest.param("12345", "", 0, id="a number"),
    ],
)
def test_a_misspelled_word_is_guessed(typed: str, key: str, closeness: float, english: Tongue) -> None:
    assert guesses(words(typed)[0], english) == ({key: closeness} if key else {})


def test_two_words_run_together_are_guessed(english: Tongue) -> None:
    assert guesses("oldscars", tongue(speech("en", {"old": "old", "scar": "scars"}))).keys() == {"old", "scars"}
    assert guesses("thescar", english).keys() == {"the", "scar"}


def test_a_slip_in_a_korean_syllable_is_a_slip_of_one_stroke() -> None:
    assert len(spelled("흉터")) == 5
    assert guesses("흉떠가", tongue(KOREAN)) == {"흉터*": 0.85}


@given(
    st.sampled_from(["vanish", "keloid", "pimple"]), st.integers(0, 5), st.sampled_from("abcdefghijklmnopqrstuvwxyz")
)
def test_any_wrong_letter_leaves_a_half_that_is_shared(word: str, place: int, letter: str) -> None:
    typed = word[:place] + letter + word[place + 1 :]
    english = tongue(ENGLISH)
    near = {key.strip("*") for key in look_alikes(typed, english.halves, english.forms)}
    assert word in near


def test_a_phrase_is_called_up_by_its_rarest_place_alone() -> None:
    built = tongue(
        speech("en", {}, {"crisis": [["i", "want", "die"], ["i", "want", "vanish"]], "more": [["i", "see"]]})
    )
    assert {key: len(called) for key, called in built.phrases.items()} == {"die": 1, "vanish": 1, "see": 1}


def test_a_whole_text_that_is_an_act_is_known_in_every_language() -> None:
    lexicon = index([tongue(ENGLISH), tongue(CHINESE)], SILENT)
    assert lexicon.acts("stop") == {"en": "stop"}
    assert lexicon.acts("no further texts") == {"en": "stop"}
    assert lexicon.acts("退 订") == {"zh_Hans": "stop"}
    assert lexicon.acts("wanna die") == {}


def test_nothing_indexes_to_nothing() -> None:
    assert index([], SILENT) == Lexicon((), {}, SILENT, frozenset(), {})
