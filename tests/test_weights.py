"""What was learned is weighed as the words of a text say it."""

from pathlib import Path

import pytest

from bot.learned import pack, read
from bot.problems import Problem
from bot.sightings import Sighting
from bot.weights import MOST_MEANINGS, Weights, features, parts_of


def at(name: str, start: int, end: int = 0, closeness: float = 1.0) -> Sighting:
    return Sighting(name, start, end or start + 1, closeness, "en")


def pairs(*meant: Sighting) -> set[str]:
    return {name for name in features(meant, (), 0, ["w"] * 20) if "+" in name}


def test_each_meaning_counts_as_closely_as_it_stands() -> None:
    found = features([at("scar", 0, closeness=0.85), at("scar", 4), at("acne", 9, closeness=0.7)], (), 0, ["w"] * 10)
    assert (found["scar"], found["acne"]) == (1.0, 0.7)


def test_meanings_that_stand_close_together_are_a_pair() -> None:
    assert pairs(at("scar", 1), at("fade", 3)) == {"fade+scar"}
    assert pairs(at("scar", 1), at("fade", 12)) == set()


def test_one_word_of_two_meanings_is_no_pair() -> None:
    assert pairs(at("scar", 1), at("mark", 1)) == set()


def test_a_text_is_weighed_by_its_length_and_its_unknown_words() -> None:
    assert features((), (), 2, ["w"] * 5).keys() == {"strange 2", "bare 2", "length 4"}
    assert features((), (), 99, []).keys() == {"strange 4", "bare 4", "length 1"}


def test_a_text_is_weighed_by_the_share_of_its_meanings_that_are_guesses() -> None:
    assert features([at("scar", 0), at("mark", 1, closeness=0.85)], (), 0, ["w", "w"])["guessed"] == 0.5
    assert features([at("scar", 0, closeness=0.95)], (), 0, ["w"])["guessed"] == 0.0


def test_a_phrase_of_a_topic_counts_anywhere_one_of_a_control_only_as_most_of_the_text() -> None:
    shown = [at("laser", 0), at("more", 1)]
    assert {name for name in features((), shown, 0, ["w"] * 2) if name.startswith("says")} == {
        "says laser",
        "says more",
    }
    assert {name for name in features((), shown, 0, ["w"] * 9) if name.startswith("says")} == {"says laser"}


def test_a_very_long_text_is_weighed_by_its_first_meanings() -> None:
    found = features([at(f"m{number:03}", number * 19) for number in range(MOST_MEANINGS + 50)], (), 0, ["w"] * 2000)
    assert len(found.keys() - {"guessed"}) == MOST_MEANINGS + 3


def test_a_text_in_which_nothing_of_ours_stands_is_bare() -> None:
    price, laser = at("cost", 1), at("laser", 0)
    assert "bare 1" in features([price], (), 1, ["w"] * 3, ours={"laser"})
    assert "bare 1" not in features([price, laser], (), 1, ["w"] * 3, ours={"laser"})
    assert "bare 1" not in features([price], [laser], 1, ["w"] * 3, ours={"laser"})


def test_wants_are_judged_by_the_sum_of_what_speaks_for_them() -> None:
    weights = Weights(
        pack({"always": {"scars": 0.0, "laser": 0.0}, "beam": {"laser": 2.0}, "beam+burn": {"laser": 1.0}})
    )
    even = weights.judge({})
    assert even == {"scars": 0.5, "laser": 0.5}
    louder = weights.judge({"beam": 1.0})
    assert weights.judge({"beam": 0.7})["laser"] < louder["laser"] < weights.judge({"beam": 1, "beam+burn": 1})["laser"]
    assert sum(louder.values()) == pytest.approx(1.0)


def test_what_a_feature_speaks_for_a_want_can_be_asked() -> None:
    weights = Weights(pack({"always": {"scars": 0.0, "laser": 0.0}, "beam": {"laser": 2.0}}))
    assert (weights.speaks("beam", "laser"), weights.speaks("beam", "scars"), weights.speaks("mud", "laser")) == (
        2,
        0,
        0,
    )


def test_a_feature_names_what_it_is_made_of() -> None:
    assert [parts_of("scar"), parts_of("fade+scar"), parts_of("says laser")] == [["scar"], ["fade", "scar"], ["laser"]]


@pytest.mark.parametrize("text", [None, "", "{", "[1,", "[1]", "3"])
def test_a_file_that_cannot_be_read_is_a_problem_that_says_how_to_mend_it(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "weights.json"
    if text is not None:
        path.write_text(text)
    problems: list[Problem] = []
    assert Weights(pack(read(path, problems))).wants == ()
    assert [problem.where for problem in problems] == [str(path)]
    assert "skinline train" in problems[0].advice
