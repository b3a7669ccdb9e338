"""README's figures are those that were measured last; a part that was not measured claims nothing."""

from pathlib import Path

import pytest

from benchmarks import figures, results
from benchmarks.fuzz import Fuzzer

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_figures_in_the_readme_are_those_that_were_measured() -> None:
    assert figures.BEGIN in README
    assert figures.written(README, results.load()) == README


@pytest.mark.parametrize("part", ["understanding", "webhook", "growth", "texts", "fleet"])
def test_every_part_was_measured_and_has_its_lines(part: str) -> None:
    measured = results.load()
    assert list(figures.rows({part: measured[part]}))
    assert measured["machine"].keys() == {"processor", "cores", "memory", "system", "python"}


def test_no_answer_failed_while_it_was_measured() -> None:
    measured = results.load()
    assert [measured["webhook"][name]["errors"] for name in ("bare", "sqlite", "postgresql")] == [0, 0, 0]
    assert measured["fleet"]["errors"] == 0


def test_what_is_measured_once_more_takes_the_place_of_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results.json")
    for figure in (1, 2):
        results.save("texts", {"figure": figure})
    results.save("growth", {"figure": 3})
    assert results.load() == {"growth": {"figure": 3}, "machine": results.machine(), "texts": {"figure": 2}}


def test_a_spread_is_the_median_between_the_least_and_the_most() -> None:
    assert results.spread([0.7, 0.62, 0.655]) == {"median": 0.66, "least": 0.62, "most": 0.7}


def test_the_fuzzer_finds_nothing_in_a_moment_and_something_where_there_is_something() -> None:
    fuzzer = Fuzzer(seed=1)
    found = fuzzer.run(seconds=2)
    assert found.texts
    assert found.failures == []
    fuzzer.names.clear()
    assert "makes no sense" in fuzzer.run(seconds=1).failures[0]
