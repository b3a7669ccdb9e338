"""Which language a text is in: by its words, its script, its country and the talk so far."""

import pytest

from bot.content import Library
from bot.detect import tongues
from bot.text import words


def _first(text: str, library: Library, country: str = "", talk: str = "") -> str:
    return next(iter(tongues(words(text), library.lexicon, country, talk)))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what can i do about these", "en"),
        ("qué puedo hacer con esto", "es"),
        ("o que eu posso fazer com isso", "pt"),
        ("qu'est-ce que je peux faire", "fr"),
        ("was kann ich dagegen tun", "de"),
        ("che cosa posso fare", "it"),
        ("co mogę z tym zrobić", "pl"),
        ("ne yapabilirim", "tr"),
        ("apa yang bisa saya lakukan", "id"),
        ("ano ang pwede kong gawin", "fil"),
        ("nifanye nini sasa hivi", "sw"),
        ("kisa mwen ka fè", "ht"),
        ("tôi phải làm gì", "vi"),
        ("что мне делать", "ru"),
        ("що мені робити", "uk"),
        ("ماذا أفعل", "ar"),
        ("چیکار باید بکنم", "fa"),
        ("مجھے کیا کرنا چاہیے", "ur"),
        ("मैं क्या करूं", "hi"),
        ("আমি কী করব", "bn"),
        ("我该怎么办", "zh_Hans"),
        ("我該怎麼辦", "zh_Hant"),
        ("どうしたらいいですか", "ja"),
        ("어떻게 해야 하나요", "ko"),
        ("ทำยังไงดี", "th"),
        ("mujhe kya karna chahiye", "hi"),
        ("shu a3mel", "ar"),
    ],
)
def test_a_text_is_in_the_language_of_its_words(text: str, language: str, library: Library) -> None:
    assert _first(text, library) == language


def test_a_script_tells_the_language_where_no_word_is_known(library: Library) -> None:
    assert _first("ख़ज़ग़फ़", library) == "hi"
    assert _first("ฆฌฏ", library) == "th"


@pytest.mark.parametrize(
    ("country", "language"),
    [("MX", "es"), ("FR", "fr"), ("EG", "ar"), ("CN", "zh_Hans"), ("TW", "zh_Hant"), ("GB", "en")],
)
def test_a_country_tells_it_where_nothing_else_does(country: str, language: str, library: Library) -> None:
    assert _first("👍", library, country) == language


def test_the_talk_so_far_is_louder_than_the_country_and_words_are_louder_than_both(library: Library) -> None:
    assert _first("👍", library, "FR", talk="hi") == "hi"
    assert _first("what are acne scars and how do i treat them", library, "FR", talk="hi") == "en"


def test_a_number_is_in_no_language(library: Library) -> None:
    assert _first("7", library, "MX") == "es"
