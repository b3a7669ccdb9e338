"""The letters of words speak for languages as was learned."""

from pathlib import Path

import pytest

from bot.learned import pack, read
from bot.letters import Letters, grams
from bot.problems import Problem


def test_the_runs_of_a_word_mark_its_beginning_and_end() -> None:
    assert {"^ñ", "ño$", "^ño$", "o"} <= grams("ño")


def test_numbers_and_pictures_have_no_letters() -> None:
    assert grams("2026") == grams("😭") == set()


def test_a_very_long_word_costs_no_more_than_a_long_one() -> None:
    assert len(grams("ab" * 5000)) < 100


def test_each_word_speaks() -> None:
    letters = Letters(pack({"always": {"en": 0.5, "es": 0.0}, "^the$": {"en": 2.0}, "ñ": {"es": 3.0}}))
    assert letters.speak(["the", "the", "niño"]) == {"en": 450, "es": 300}
    assert letters.speak([]) == {"en": 50, "es": 0}


@pytest.mark.parametrize("text", [None, "{"])
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "letters.json"
    if text is not None:
        path.write_text(text)
    problems: list[Problem] = []
    assert Letters(pack(read(path, problems))).languages == ()
    assert [problem.where for problem in problems] == [str(path)]
