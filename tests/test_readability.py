"""How hard a text is to read is counted as the formula says, by words that an editor can see."""

import pytest

from bot.readability import grade, sentences, syllables, words

# As the CMU Pronouncing Dictionary has them.
COUNTED = {
    1: "scar skin marks heals healed warned shapes sores bleeds face please eye through strong touched",
    2: "laser people language someone something damaged improves blistered stronger pictures changes menu being eating",
    3: "collagen area serious easier medicines infection different usual however gradual another",
    4: "medication severity especially information usually",
}


@pytest.mark.parametrize(("count", "word"), [(n, word) for n, line in COUNTED.items() for word in line.split()])
def test_syllables_are_counted_as_they_are_spoken(count: int, word: str) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(("word", "count"), [("FDA", 3), ("US", 2), ("MORE", 1), ("2026", 1), ("hm", 1)])
def test_an_abbreviation_is_spelled_out_and_a_number_is_short(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_that_of_the_formula() -> None:
    # Six words, six syllables, one sentence.
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_longer_sentences_and_longer_words_are_harder() -> None:
    easy = "Scars are dents. They stay. You can get care."
    assert grade(easy) < grade(easy.replace(". ", " and "))
    assert grade(easy) < grade(easy.replace("dents", "deformities"))


@pytest.mark.parametrize("word", ["keloid", "keloids", "pregnancies", "Isotretinoin"])
def test_an_excused_word_is_short_in_the_plural_too(word: str) -> None:
    excused = {"keloid", "pregnancy", "isotretinoin"}
    assert grade(f"Ask about {word} first.", excused) == grade("Ask about scars first.")


def test_only_whole_words_are_excused() -> None:
    assert grade("See the dermatology team.", {"dermatologist"}) == grade("See the dermatology team.")


def test_a_dot_within_a_word_ends_no_sentence() -> None:
    assert len(sentences("See findahelpline.com now. Call them.")) == 2
    assert "findahelpline.com" in words("See findahelpline.com now.")


def test_a_text_without_words_has_no_grade() -> None:
    assert grade("… !") == 0
