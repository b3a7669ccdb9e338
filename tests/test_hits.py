"""A keyword counts where all its parts stand near one another, and a want gathers each place of a text once."""

import pytest

from bot.hits import Hit, find, gathered
from bot.keywords import OUTSIDE, Keyword, Speech
from bot.lexicon import Lexicon, index
from bot.spots import spot
from bot.text import fold, words

ENGLISH: dict[str, list[str]] = {
    "scars": ["scar|scars deep", "pits"],
    "laser": ["fraxel laser", "laser deep"],
    "appointment": ["book visit doctor dermatology"],
    "crisis": ["want die", "kill myself"],
    "stop": ["stop", "leave me alone"],
    "start": ["start again"],
    "menu": ["show menu"],
    OUTSIDE: ["pizza delivery"],
}
SPANISH = {"laser": ["laser fraxel"], "scars": ["cicatrices"]}
CHINESE = {"scars": ["痘坑 深"], "laser": ["激光"]}


def speech(language: str, keywords: dict[str, list[str]], unless: frozenset[str] = frozenset()) -> Speech:
    listed = tuple(
        Keyword(want, language, tuple(frozenset(fold(part).split("|")) for part in entry.split()), unless)
        for want, entries in keywords.items()
        for entry in entries
    )
    return Speech(language, listed, common=frozenset(), polite=frozenset(), names_follow=())


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return index([speech("en", ENGLISH), speech("es", SPANISH), speech("zh_Hans", CHINESE)])


def hits(text: str, lexicon: Lexicon, *languages: str) -> list[Hit]:
    found = words(text)
    return find(found, spot(found, lexicon), lexicon, languages or ("en", "es", "zh_Hans"))


def wants(text: str, lexicon: Lexicon, *languages: str) -> list[str]:
    return [hit.want for hit in hits(text, lexicon, *languages)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("deep scars", "scars", id="side by side"),
        pytest.param("scars that are deep", "scars", id="in any order, with words between"),
        pytest.param("my SCAR is so DEEP", "scars", id="one word of a choice"),
        pytest.param("pits", "scars", id="one part alone"),
        pytest.param("痘坑很深", "scars", id="Chinese"),
        pytest.param("深痘坑", "scars", id="Chinese in another order"),
        pytest.param("i want to die", "crisis", id="danger"),
        pytest.param("show me the menu", "menu", id="control"),
        pytest.param("delivery of a pizza", OUTSIDE, id="something else"),
    ],
)
def test_a_keyword_is_found_where_all_its_parts_stand(text: str, want: str, lexicon: Lexicon) -> None:
    found = [hit for hit in hits(text, lexicon) if hit.share == 1.0]
    assert [hit.want for hit in found] == [want]
    assert found[0].exact


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("scars a b c d e f deep", True, id="six words between two parts"),
        pytest.param("scars a b c d e f g deep", False, id="seven"),
        pytest.param("want a b c d die", True, id="four words between two parts of a danger"),
        pytest.param("want a b c d e die", False, id="five"),
        pytest.param("scars a b c d e f g scars deep", True, id="the nearest of two counts"),
        pytest.param("deep a b c d e f g scars deep", True, id="the nearest of two, the other way round"),
    ],
)
def test_parts_too_far_apart_do_not_belong_together(text: str, found: bool, lexicon: Lexicon) -> None:
    assert any(hit.share == 1.0 and hit.want in {"scars", "crisis"} for hit in hits(text, lexicon)) is found


def test_the_nearest_places_are_the_ones_told(lexicon: Lexicon) -> None:
    hit = next(hit for hit in hits("scars a b c scars deep", lexicon) if hit.want == "scars")
    assert [(spot.word, spot.start) for spot in hit.spots] == [("scars", 4), ("dep", 5)]
    assert set(hit.places) == {4, 5}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("stop", ["stop"], id="one word"),
        pytest.param("please leave me alone now", ["stop"], id="side by side"),
        pytest.param("leave me in peace alone", [], id="not side by side"),
        pytest.param("me alone leave", [], id="in another order"),
        pytest.param("leave leave me alone", ["stop"], id="a stammer"),
        pytest.param("start again", ["start"], id="a start"),
        pytest.param("again start", [], id="a start in another order"),
    ],
)
def test_stop_and_start_stand_side_by_side_and_in_order(text: str, want: list[str], lexicon: Lexicon) -> None:
    assert wants(text, lexicon, "en") == want


def test_most_of_a_long_keyword_counts_as_a_part_of_it(lexicon: Lexicon) -> None:
    (hit,) = hits("book a visit with the doctor", lexicon)
    assert hit.want == "appointment"
    assert hit.share == pytest.approx(0.75)
    assert not hit.exact


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("book a visit", id="half of a keyword"),
        pytest.param("kill", id="half of a danger"),
        pytest.param("leave me", id="most of a stop"),
        pytest.param("menu", id="half of a control"),
        pytest.param("pizza", id="half of something else"),
        pytest.param("深", id="the lesser half in Chinese"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_lesser_part_of_a_keyword_is_no_hit(text: str, lexicon: Lexicon) -> None:
    assert hits(text, lexicon) == []


@pytest.mark.parametrize("want", ["crisis", "urgent", "stop", "menu", OUTSIDE])
def test_the_greater_part_of_a_grave_keyword_is_no_hit_either(want: str) -> None:
    built = index([speech("en", {want: ["one two three four"], "scars": ["pits"], "laser": ["beam"]})])
    assert hits("one two three", built, "en") == []
    assert wants("one two three four", built, "en") == [want]


def test_nothing_is_looked_for_where_the_weightiest_part_is_missing() -> None:
    keywords = {"scars": ["one two three four"], "laser": ["two one"], "peels": ["two", "one"], "marks": ["three"]}
    built = index([speech("en", keywords)])
    assert "scars" not in wants("one two three", built, "en")
    assert "scars" in wants("two three four one", built, "en")


def test_one_word_cannot_fill_two_parts() -> None:
    built = index([speech("en", {"scars": ["scar scar|pit"], "laser": ["beam"]})])
    assert [hit.want for hit in hits("scar", built, "en") if hit.share == 1.0] == []
    assert [hit.want for hit in hits("scar pit", built, "en") if hit.share == 1.0] == ["scars"]


def test_overlapping_chinese_runs_cannot_fill_two_parts() -> None:
    built = index([speech("zh_Hans", {"scars": ["痘坑 坑"], "laser": ["激光"]})])
    assert [hit.want for hit in hits("痘坑", built, "zh_Hans") if hit.share == 1.0] == []
    assert [hit.want for hit in hits("痘坑坑洞坑", built, "zh_Hans") if hit.share == 1.0] == ["scars"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("it burst", True, id="without it"),
        pytest.param("the spot burst", False, id="before the keyword"),
        pytest.param("burst a b c d e f g h i spots", False, id="far away"),
        pytest.param("burst spotted", True, id="another word"),
        pytest.param("burst 痘", True, id="half of a Chinese word"),
        pytest.param("我痘坑了 burst", False, id="a Chinese word within a run"),
    ],
)
def test_a_word_that_rules_a_keyword_out_does_so_anywhere(text: str, found: bool) -> None:
    built = index([speech("en", {"urgent": ["burst"]}, unless=frozenset({"spot", "spots", "痘坑"}))])
    assert bool(hits(text, built, "en")) is found


def test_a_misspelling_is_a_hit_but_not_an_exact_one(lexicon: Lexicon) -> None:
    (hit,) = [hit for hit in hits("fraxle laser", lexicon, "en") if hit.share == 1.0]
    assert (hit.want, hit.language, hit.exact) == ("laser", "en", False)


def test_only_keywords_of_the_languages_asked_for_are_found(lexicon: Lexicon) -> None:
    assert {hit.language for hit in hits("fraxel laser", lexicon)} == {"en", "es"}
    assert {hit.language for hit in hits("fraxel laser", lexicon, "es")} == {"es"}
    assert hits("fraxel laser", lexicon, "zh_Hans") == []


def test_a_want_gathers_the_weights_of_its_words(lexicon: Lexicon) -> None:
    found = hits("pits", lexicon)
    assert gathered(found, {"en": 1.0}, lexicon) == pytest.approx({"scars": lexicon.weights["en"]["pits"]})


def test_a_keyword_found_whole_counts_the_more_the_more_parts_it_has(lexicon: Lexicon) -> None:
    weights = lexicon.weights["en"]
    two = gathered(hits("show menu", lexicon), {"en": 1.0}, lexicon)
    four = gathered(hits("book visit doctor dermatology", lexicon), {"en": 1.0}, lexicon)
    assert two["menu"] == pytest.approx(1.15 * (weights["show"] + weights["menu"]))
    assert four["appointment"] == pytest.approx(
        1.45 * sum(weights[fold(word)] for word in ("book", "visit", "doctor", "dermatology"))
    )


def test_each_place_of_a_text_counts_once_for_a_want_and_at_its_best(lexicon: Lexicon) -> None:
    loudness = {"en": 1.0, "es": 0.9}
    found = hits("fraxel laser", lexicon, "en", "es")
    whole = [hit for hit in found if hit.share == 1.0]
    assert {hit.language for hit in whole} == {"en", "es"}
    alone = [gathered([hit], loudness, lexicon)["laser"] for hit in whole]
    together = gathered(found, loudness, lexicon)["laser"]
    assert max(alone) <= together < sum(alone)
    assert gathered(found + found, loudness, lexicon)["laser"] == together


def test_different_places_add_up(lexicon: Lexicon) -> None:
    pits, scars, both = (
        gathered(hits(text, lexicon, "en"), {"en": 1.0}, lexicon)["scars"]
        for text in ("pits", "deep scars", "pits and deep scars")
    )
    assert both == pytest.approx(pits + scars)


def test_a_keyword_said_twice_counts_once(lexicon: Lexicon) -> None:
    once, twice = (gathered(hits(text, lexicon), {"en": 1.0}, lexicon) for text in ("pits", "pits oh pits"))
    assert once == twice


def test_a_quiet_language_counts_for_less(lexicon: Lexicon) -> None:
    found = hits("cicatrices", lexicon)
    loud, quiet = (gathered(found, {"es": loudness}, lexicon)["scars"] for loudness in (1.0, 0.4))
    assert quiet == pytest.approx(0.4 * loud)


def test_a_misspelled_word_counts_for_less(lexicon: Lexicon) -> None:
    texts = ("cicatrices", "cicatrizes")
    well, badly = (gathered(hits(text, lexicon), {"es": 1.0}, lexicon)["scars"] for text in texts)
    assert badly == pytest.approx(0.85 * well)


def test_a_part_of_a_keyword_counts_at_a_discount(lexicon: Lexicon) -> None:
    found = hits("book a visit with the doctor", lexicon)
    present = sum(lexicon.weights["en"][fold(word)] for word in ("book", "visit", "doctor"))
    assert gathered(found, {"en": 1.0}, lexicon)["appointment"] == pytest.approx(present * 0.7 * 0.75)


def test_no_hits_gather_nothing(lexicon: Lexicon) -> None:
    assert gathered([], {"en": 1.0}, lexicon) == {}
