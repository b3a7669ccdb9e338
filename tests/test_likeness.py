"""Texts that say much the same are one group, whatever the language, and those that do not are not."""

import pytest

from bot.likeness import Unread, groups, nearest, script


def grouped(*texts: str, language: str = "en") -> list[list[str]]:
    return [
        [each.text for each in group.texts] for group in groups(Unread(n, "", language, t) for n, t in enumerate(texts))
    ]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(("do you take blue cross", "do u take bluecross"), id="spelling"),
        pytest.param(("free parking?", "parking free"), id="order"),
        pytest.param(("Is there WIFI", "is there wifi!!!"), id="capitals"),
        pytest.param(("dermaplaning?", "do you do dermaplaning"), id="within"),
        pytest.param(("هل تقبلون التأمين", "هل تقبلون تأمين"), id="arabic"),
        pytest.param(("可以停车吗", "可以停车吗？"), id="chinese"),
    ],
)
def test_texts_that_are_alike_are_one_group(texts: tuple[str, ...]) -> None:
    assert grouped(*texts) == [list(texts)]


def test_texts_that_differ_are_groups_of_their_own_the_largest_first() -> None:
    assert grouped("can my dog come", "free parking", "parking free") == [
        ["free parking", "parking free"],
        ["can my dog come"],
    ]


def test_a_short_word_draws_nothing_to_itself() -> None:
    assert len(grouped("how", "how much is parking", "how do i get there by bus")) == 3


def test_the_same_text_in_two_languages_is_two_groups() -> None:
    both = [Unread(1, "", "en", "parking"), Unread(2, "", "fr", "parking")]
    assert len(groups(both)) == 2


def test_no_text_is_lost_and_none_is_twice() -> None:
    texts = [Unread(number, "", "en", f"question {number % 7} about {number % 3}") for number in range(50)]
    assert sorted(each.number for group in groups(texts) for each in group.texts) == list(range(50))


def test_other_wordings_are_told_once() -> None:
    (group,) = groups(Unread(n, "", "en", t) for n, t in enumerate(["free parking", "parking free", "parking free"]))
    assert group.others == ["parking free"]


@pytest.mark.parametrize(
    ("text", "code"), [("", ""), ("… 🙂", ""), ("hello", "Latn"), ("шрам от acne", "Cyrl"), ("痘痘", "Hani")]
)
def test_the_script_is_that_of_most_letters(text: str, code: str) -> None:
    assert script(text) == code


def test_the_nearest_topic_is_that_of_the_message_most_like_it() -> None:
    labelled = {"does laser hurt": "laser", "what does it cost": "cost"}
    assert nearest("what does it cost me", labelled) == "cost"
    assert nearest("xyzzy", labelled) == ""
    assert nearest("anything", {}) == ""
