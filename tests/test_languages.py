"""Languages go by their own names, are found by any of their tags, and are guessed from a country."""

import pytest
from babel import Locale
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

from bot.languages import direction, is_known, named, names, nearest, of_country, own_name, script
from bot.text import words

SERVED = ("en", "es", "fr", "hi", "ar", "zh_Hans", "zh_Hant", "fil", "he", "pt")


@pytest.mark.parametrize("code", ["en", "es_MX", "zh_Hans", "ar", "fil", "sr_Latn"])
def test_a_code_of_cldr_is_known(code: str) -> None:
    assert is_known(code)


@pytest.mark.parametrize("code", ["", "xx", "zh-Hans", "klingon", "es_XX", "e n", "../en", "中文"])
def test_any_other_code_is_not_known(code: str) -> None:
    assert not is_known(code)


@pytest.mark.parametrize(
    ("code", "name", "way", "letters"),
    [
        ("en", "English", "ltr", r"\p{Latn}"),
        ("es", "Español", "ltr", r"\p{Latn}"),
        ("fr", "Français", "ltr", r"\p{Latn}"),
        ("ar", "العربية", "rtl", r"\p{Arab}"),
        ("fa", "فارسی", "rtl", r"\p{Arab}"),
        ("he", "עברית", "rtl", r"\p{Hebr}"),
        ("hi", "हिन्दी", "ltr", r"\p{Deva}"),
        ("ru", "Русский", "ltr", r"\p{Cyrl}"),
        ("th", "ไทย", "ltr", r"\p{Thai}"),
        ("zh_Hans", "简体中文", "ltr", r"\p{Hani}"),
        ("zh_Hant", "繁體中文", "ltr", r"\p{Hani}"),
        ("ja", "日本語", "ltr", r"\p{Hani}\p{Hira}\p{Kana}"),
        ("ko", "한국어", "ltr", r"\p{Hang}\p{Hani}"),
    ],
)
def test_a_language_has_its_own_name_direction_and_script(code: str, name: str, way: str, letters: str) -> None:
    assert (own_name(code), direction(code), script(code)) == (name, way, letters)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        pytest.param("en", "en", id="the language itself"),
        pytest.param("en-GB", "en", id="a country's kind"),
        pytest.param("es-419", "es", id="a region's kind"),
        pytest.param("pt_BR", "pt", id="with an underscore"),
        pytest.param("zh-CN", "zh_Hans", id="China writes simplified"),
        pytest.param("zh-TW", "zh_Hant", id="Taiwan writes traditional"),
        pytest.param("zh-HK", "zh_Hant", id="Hong Kong writes traditional"),
        pytest.param("zh-Hant-HK", "zh_Hant", id="script and country"),
        pytest.param("zh", "zh_Hans", id="Chinese alone"),
        pytest.param("ES", "es", id="in capitals"),
        pytest.param("zh-hans", "zh_Hans", id="a script in small letters"),
        pytest.param("ZH-HANT-hk", "zh_Hant", id="all the other way round"),
        pytest.param("zh-tw", "zh_Hant", id="a country in small letters"),
        pytest.param("IW", "he", id="an old code in capitals"),
        pytest.param("tl", "fil", id="Tagalog is Filipino"),
        pytest.param("iw", "he", id="an old code"),
        pytest.param("hi-Latn", "", id="another script is not served"),
        pytest.param("de", "", id="another language is not served"),
        pytest.param("xx", "", id="no language"),
        pytest.param("*", "", id="anything"),
        pytest.param("", "", id="nothing"),
        pytest.param("-", "", id="a hyphen"),
    ],
)
def test_a_tag_finds_the_nearest_language(tag: str, code: str) -> None:
    assert nearest(tag, SERVED) == code


def test_nothing_is_near_where_nothing_is_served() -> None:
    assert nearest("en", ()) == ""


def test_every_tag_of_cldr_finds_itself() -> None:
    strays = [tag for tag in get_global("likely_subtags") if nearest(tag, (tag,)) != tag]
    assert strays == []


@given(st.text(st.one_of(st.characters(), st.sampled_from("enzhans-_419")), max_size=20))
def test_no_tag_makes_trouble(tag: str) -> None:
    assert nearest(tag, SERVED) in {"", *SERVED}


@pytest.mark.parametrize(
    ("country", "loudest"),
    [("MX", "es"), ("mx", "es"), ("MA", "ar"), ("IN", "hi"), ("CN", "zh_Hans"), ("TW", "zh_Hant"), ("FR", "fr")],
)
def test_a_country_speaks_for_its_languages(country: str, loudest: str) -> None:
    shares = of_country(country, SERVED)
    assert max(shares, key=lambda code: shares[code]) == loudest


def test_a_country_of_several_languages_speaks_for_each() -> None:
    shares = of_country("MA", SERVED)
    assert shares["ar"] > shares["fr"] > shares["es"] > 0
    assert "hi" not in shares


def test_only_served_languages_are_spoken_for() -> None:
    assert set(of_country("CH", ("en", "fr"))) == {"en", "fr"}


@pytest.mark.parametrize("country", sorted({"MX", "MA", "SG", "US", "CA", "CH", "ZA", "KE"}))
def test_a_share_is_a_part_of_the_whole(country: str) -> None:
    assert all(0 <= share <= 1 for share in of_country(country, SERVED).values())


@pytest.mark.parametrize("country", ["", "ZZ", "Mexico", "??"])
def test_an_unknown_country_speaks_for_none(country: str) -> None:
    assert of_country(country, SERVED) == {}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Spanish", "es"),
        ("ESPAÑOL", "es"),
        ("espanol", "es"),
        ("espagnol", "es"),
        ("الإسبانية", "es"),
        ("स्पेनिश", "es"),
        ("西班牙语", "es"),
        ("inglés", "en"),
        ("英语", "en"),
        ("العربية", "ar"),
        ("árabe", "ar"),
        ("हिन्दी", "hi"),
        ("中文", "zh_Hans"),
        ("Chinese", "zh_Hans"),
        ("简体中文", "zh_Hans"),
        ("Simplified Chinese", "zh_Hans"),
        ("chino", "zh_Hans"),
    ],
)
def test_a_language_is_known_by_its_name_in_every_language(typed: str, code: str) -> None:
    found = words(typed)
    known = names(("en", "es", "fr", "hi", "ar", "zh_Hans"))
    assert known.whole[tuple(found)] == code
    assert named(found, known) == (code, range(len(found)))


@pytest.mark.parametrize(
    ("typed", "code", "place"),
    [
        pytest.param("can you write Simplified Chinese please", "zh_Hans", range(3, 5), id="two words among others"),
        pytest.param("po hiszpańsku", "es", range(1, 2), id="a Polish ending"),
        pytest.param("можно по-испански?", "es", range(2, 3), id="a Russian ending"),
        pytest.param("englisches bitte", "en", range(1), id="a German ending"),
        pytest.param("用中文", "zh_Hans", range(1, 3), id="Chinese"),
    ],
)
def test_a_language_is_named_among_other_words_and_with_endings(typed: str, code: str, place: range) -> None:
    assert named(words(typed), names(("en", "es", "pl", "ru", "de", "zh_Hans"))) == (code, place)


@pytest.mark.parametrize("typed", ["", "laser", "what are acne scars", "span", "疤"])
def test_a_text_that_names_no_language_names_none(typed: str) -> None:
    assert named(words(typed), names(("en", "es", "pl", "ru", "de", "zh_Hans"))) is None


def test_names_in_languages_that_are_not_served_are_not_known() -> None:
    known = names(("en", "fr"))
    assert ("ingles",) not in known.whole
    assert named(["ingles"], known) is None


def test_a_language_that_another_has_no_name_for_is_known_by_its_own() -> None:
    # CLDR has no English name for Saraiki, which is written in Arabic letters.
    found = names(("en", "skr")).whole
    assert "skr" in found.values()
    assert () not in found


def test_a_name_shared_by_two_languages_means_the_first() -> None:
    assert names(("zh_Hant", "zh_Hans")).whole[("中", "文")] == "zh_Hant"
    assert names(("zh_Hans", "zh_Hant")).whole[("中", "文")] == "zh_Hans"


@pytest.mark.parametrize("code", ["ar", "en", "fil", "ht", "pt", "ur"])
def test_names_that_are_kept_are_those_of_cldr(code: str) -> None:
    locale = Locale.parse(code)
    expected = locale.get_display_name(code) or code
    assert own_name(code) == expected[:1].upper() + expected[1:]
    assert tuple(words(locale.languages["en"])) in names([code, "en"]).whole
