"""Which language a text is in: by its words, its script, its country and the talk so far."""

import pytest

from bot.content import Library
from bot.detect import tongues
from bot.spots import spot
from bot.text import words


def _first(text: str, library: Library, country: str = "", talk: str = "") -> str:
    found = words(text)
    return next(iter(tongues(found, spot(found, library.lexicon), library, country, talk)))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what can i do about these", "en"),
        ("qué puedo hacer con esto", "es"),
        ("qu'est-ce que je peux faire", "fr"),
        ("ماذا أفعل", "ar"),
        ("मैं क्या करूं", "hi"),
        ("我该怎么办", "zh_Hans"),
        ("mujhe kya karna chahiye", "hi"),
        ("zen me ban a", "zh_Hans"),
        ("shu a3mel", "ar"),
    ],
)
def test_a_text_is_in_the_language_of_its_words(text: str, language: str, library: Library) -> None:
    assert _first(text, library) == language


def test_a_script_tells_the_language_where_no_word_is_known(library: Library) -> None:
    assert _first("ख़ज़ग़फ़", library) == "hi"
    assert _first("ضضض", library) == "ar"


@pytest.mark.parametrize(
    ("country", "language"), [("MX", "es"), ("FR", "fr"), ("EG", "ar"), ("CN", "zh_Hans"), ("GB", "en")]
)
def test_a_country_tells_it_where_nothing_else_does(country: str, language: str, library: Library) -> None:
    assert _first("xqzwk", library, country) == language
    assert _first("👍", library, country) == language


def test_the_talk_so_far_is_louder_than_the_country_and_words_are_louder_than_both(library: Library) -> None:
    assert _first("👍", library, "FR", talk="hi") == "hi"
    assert _first("what are acne scars and how do i treat them", library, "FR", talk="hi") == "en"


def test_a_number_is_in_no_language(library: Library) -> None:
    assert _first("7", library, "MX") == "es"
    assert _first("7", library) == library.languages[0]
