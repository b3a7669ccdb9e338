"""A word of a text is found in the index as it is listed, but for a typing error, or beneath an Arabic prefix."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.keywords import Keyword, Speech
from bot.lexicon import Entry, Lexicon, index
from bot.spots import LONGEST_RUN, Spot, spot
from bot.text import words

Parts = tuple[set[str], ...]


def speech(language: str, keywords: dict[str, list[Parts]], common: frozenset[str] = frozenset()) -> Speech:
    listed = tuple(
        Keyword(want, language, tuple(map(frozenset, parts))) for want, entries in keywords.items() for parts in entries
    )
    return Speech(language, listed, common, polite=frozenset(), names_follow=())


ENGLISH = speech(
    "en",
    {
        "scars": [({"scar"},), ({"pit", "pits", "dents"}, {"face"})],
        "laser": [({"laser"},), ({"scar"}, {"laser"})],
        "raised": [({"keloid"},), ({"hypertrophic"},), ({"scar"}, {"bumpy"})],
        "stop": [({"stop"},)],
    },
    common=frozenset({"face", "the"}),
)
OTHERS: dict[str, list[Parts]] = {f"other{number}": [({"often"},)] for number in range(8)}
ARABIC = speech("ar", {"scars": [({"ندوب"},), ({"المسام"},)], "laser": [({"laser"},)]})
CHINESE = speech("zh_Hans", {"scars": [({"痘坑"},), ({"痘"},)], "laser": [({"激光"},)]})


@pytest.fixture
def lexicon() -> Lexicon:
    return index([ENGLISH, ARABIC, CHINESE])


def entries(lexicon: Lexicon) -> list[Entry]:
    """Return each entry once."""
    called = (entry for languages in lexicon.anchored.values() for listed in languages.values() for entry in listed)
    return list({id(entry): entry for entry in called}.values())


def weights(lexicon: Lexicon, *parts: set[str]) -> tuple[float, ...]:
    return next(entry.weights for entry in entries(lexicon) if entry.keyword.parts == tuple(map(frozenset, parts)))


def known(text: str, lexicon: Lexicon) -> list[str]:
    return [found.word for found in spot(words(text), lexicon)]


def closeness(text: str, lexicon: Lexicon) -> dict[str, float]:
    return {found.word: round(found.closeness, 2) for found in spot(words(text), lexicon)}


def test_every_keyword_is_found_from_each_word_of_its_weightiest_part(lexicon: Lexicon) -> None:
    for each in (ENGLISH, ARABIC, CHINESE):
        for keyword in each.keywords:
            (entry,) = [entry for entry in entries(lexicon) if entry.keyword == keyword]
            weightiest = keyword.parts[entry.weights.index(max(entry.weights))]
            anchors = {word for word, called in lexicon.anchored.items() if entry in called.get(each.language, ())}
            assert anchors == weightiest


def test_a_common_word_calls_up_no_keyword_of_several_words(lexicon: Lexicon) -> None:
    assert "face" not in lexicon.anchored
    assert {"pit", "pits", "dents"} <= lexicon.anchored.keys()


def test_the_fewer_wants_use_a_word_the_more_it_weighs(lexicon: Lexicon) -> None:
    (rare,) = weights(lexicon, {"keloid"})
    (frequent,) = weights(lexicon, {"scar"})
    assert rare == pytest.approx(math.log(5))
    assert frequent == pytest.approx(math.log(5 / 3))


def test_a_common_word_weighs_a_quarter(lexicon: Lexicon) -> None:
    _, face = weights(lexicon, {"pit", "pits", "dents"}, {"face"})
    assert face == pytest.approx(math.log(5) / 4)


def test_a_choice_weighs_as_its_words_do_on_average() -> None:
    built = index([speech("en", {"scars": [({"rare", "often"},)], "laser": [({"often"},)]})])
    (choice,) = weights(built, {"rare", "often"})
    assert choice == pytest.approx((math.log(3) + math.log(3 / 2)) / 2)


@pytest.mark.parametrize(
    ("want", "parts", "least"),
    [
        pytest.param("scars", [{"rare"}], 1, id="a word"),
        pytest.param("scars", [{"rare"}, {"rarer"}, {"rarest"}], 2, id="three words, of which two may do"),
        pytest.param("scars", [{"rare"}, {"often"}], 1, id="two words, of which one says nearly all"),
        pytest.param("stop", [{"rare"}, {"rarer"}, {"rarest"}], 3, id="a control"),
        pytest.param("crisis", [{"rare"}, {"rarer"}, {"rarest"}], 3, id="a danger"),
        pytest.param("unknown", [{"rare"}, {"rarer"}, {"rarest"}], 3, id="something else"),
    ],
)
def test_most_of_a_keyword_may_do_unless_it_is_grave(want: str, parts: list[set[str]], least: int) -> None:
    built = index([speech("en", {want: [tuple(parts)], **OTHERS})])
    (entry,) = [entry for entry in entries(built) if entry.keyword.want == want]
    assert entry.least == least


def test_a_share_is_told_by_weight_and_none_where_it_is_too_small() -> None:
    built = index([speech("en", {"scars": [({"rare"}, {"rarer"}, {"often"})], **OTHERS})])
    (entry,) = [entry for entry in entries(built) if entry.keyword.want == "scars"]
    assert entry.share(frozenset({"rare", "rarer", "often"})) == 1.0
    assert entry.share(frozenset({"rare", "rarer"})) == pytest.approx(sum(entry.weights[:2]) / sum(entry.weights))
    assert entry.share(frozenset({"rare", "often"})) == 0.0


def test_words_weigh_by_the_wants_of_their_own_language() -> None:
    alone = index([ENGLISH])
    assert weights(alone, {"laser"}) == weights(index([ENGLISH, ARABIC]), {"laser"})


def test_a_word_of_few_languages_speaks_louder_for_them(lexicon: Lexicon) -> None:
    assert set(lexicon.spoken["laser"]) == {"en", "ar"}
    assert set(lexicon.spoken["the"]) == {"en"}
    assert lexicon.spoken["keloid"]["en"] > lexicon.spoken["laser"]["en"] > 0


def test_a_romanised_word_speaks_less_loudly_and_a_number_for_nobody() -> None:
    built = index([ENGLISH, ARABIC, speech("es", {"scars": [({"9"},)]})])
    assert 0 < built.spoken["laser"]["ar"] < built.spoken["laser"]["en"]
    assert built.spoken["9"] == {}


def test_nothing_indexes_to_nothing() -> None:
    empty = index([])
    assert entries(empty) == []
    assert spot(words("keloid 疤 ندوب"), empty) == []


def test_words_are_spotted_where_they_stand(lexicon: Lexicon) -> None:
    assert spot(words("the old scar"), lexicon) == [Spot("the", 0, 1, 1.0), Spot("scar", 2, 3, 1.0)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("keloid", {"keloid": 1.0}, id="as listed"),
        pytest.param("keliod", {"keloid": 0.85}, id="two letters swapped"),
        pytest.param("kelod", {"keloid": 0.85}, id="a letter missing"),
        pytest.param("keloids", {"keloid": 0.85}, id="a letter too many"),
        pytest.param("kelaid", {"keloid": 0.85}, id="another letter"),
        pytest.param("celoid", {"keloid": 0.75}, id="another first letter is worse"),
        pytest.param("hypertropic", {"hypertrophic": 0.85}, id="one error in a long word"),
        pytest.param("hypetrophick", {"hypertrophic": 0.7}, id="a letter missing and one too many in a long word"),
        pytest.param("kelad", {}, id="two errors in a shorter word"),
        pytest.param("kloidx", {}, id="nor a letter missing and one too many"),
        pytest.param("sca", {}, id="short words are not guessed at"),
        pytest.param("scars", {}, id="nor are those one letter longer"),
        pytest.param("stopp", {"stop": 1.0}, id="repeated letters are no error"),
        pytest.param("pizza", {}, id="a word that no one listed"),
    ],
)
def test_a_typing_error_is_forgiven_in_a_long_word(typed: str, found: dict[str, float], lexicon: Lexicon) -> None:
    assert closeness(typed, lexicon) == found


def test_a_word_that_is_known_is_not_taken_for_another() -> None:
    built = index([speech("en", {"scars": [({"paint"},), ({"points"},)], "laser": [({"point"},)]})])
    assert known("paint point points", built) == ["paint", "point", "points"]


def test_a_misspelling_may_stand_for_several_words() -> None:
    built = index([speech("en", {"scars": [({"paints"},)], "laser": [({"points"},)]})])
    assert sorted(known("pxints", built)) == ["paints", "points"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("ندوب", ["ندوب"], id="as listed"),
        pytest.param("والندوب", ["ندوب"], id="with an article"),
        pytest.param("بندوب", ["ندوب"], id="with a preposition"),
        pytest.param("المسام", ["المسام"], id="listed with an article"),
        pytest.param("مسام", ["المسام"], id="listed with an article, typed without"),
        pytest.param("للمسام", ["المسام"], id="listed with one article, typed with another"),
    ],
)
def test_arabic_words_are_found_beneath_their_prefixes(typed: str, found: list[str], lexicon: Lexicon) -> None:
    assert closeness(typed, lexicon) == dict.fromkeys(found, 1.0)


def test_chinese_runs_are_found_at_any_place_and_length(lexicon: Lexicon) -> None:
    assert spot(words("我痘坑用激光"), lexicon) == [
        Spot("痘", 1, 2, 1.0),
        Spot("痘坑", 1, 3, 1.0),
        Spot("激光", 4, 6, 1.0),
    ]


def test_a_run_ends_where_another_script_begins(lexicon: Lexicon) -> None:
    assert known("激x光", lexicon) == []


def test_a_run_of_the_longest_length_is_found_and_no_longer_one() -> None:
    longest = "一二三四五六七八九十"
    assert len(longest) == LONGEST_RUN
    built = index([speech("zh_Hans", {"scars": [({longest},), ({longest + "百"},)]})])
    assert known(longest + "百", built) == [longest]


def test_a_chinese_letter_is_never_guessed_at() -> None:
    built = index([speech("zh_Hans", {"scars": [({"凹凸不平的"},)]})])
    assert known("凹凸不平地", built) == []


LETTERS = st.sampled_from("abcdeñдنठ")
WORD = st.text(LETTERS, min_size=5, max_size=12)


@st.composite
def misspelled(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a word and what one slip of the finger makes of it."""
    word = draw(WORD)
    place = draw(st.integers(0, len(word) - 1))
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    slips = [head + tail, head + draw(LETTERS) + tail, head + draw(LETTERS) + letter + tail]
    if tail:
        slips.append(head + tail[0] + letter + tail[1:])
    return word, draw(st.sampled_from([slip for slip in slips if len(slip) >= 5]))


@settings(deadline=None)
@given(misspelled())
def test_any_single_slip_in_a_word_of_five_letters_is_forgiven(pair: tuple[str, str]) -> None:
    word, typed = pair
    built = index([speech("en", {"scars": [({word},)]})])
    assert [found.word for found in spot([typed], built)] == [word]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(), min_size=1, max_size=12), max_size=8))
def test_spots_lie_within_the_text(typed: list[str]) -> None:
    for found in spot(typed, index([ENGLISH, ARABIC, CHINESE])):
        assert 0 <= found.start < found.end <= len(typed)
        assert 0 < found.closeness <= 1
