"""A mistake is told with its place and what to do, and all of them together."""

from pathlib import Path

import pytest

from bot.problems import Problem, Refused, toml


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        pytest.param(Problem("scars.toml", "title", "shorten it"), "scars.toml: title: shorten it", id="with a key"),
        pytest.param(Problem("scars.toml", "", "missing; add it"), "scars.toml: missing; add it", id="without a key"),
        pytest.param(Problem("es.toml", "痘坑", "قصّر"), "es.toml: 痘坑: قصّر", id="in any script"),
    ],
)
def test_a_problem_tells_where_what_and_what_to_do(problem: Problem, told: str) -> None:
    assert str(problem) == told


def test_a_refusal_tells_every_problem_in_order() -> None:
    problems = [Problem("b", "", "first"), Problem("a", "key", "second")]
    refused = Refused(iter(problems))
    assert refused.problems == tuple(problems)
    assert str(refused) == "b: first\na: key: second"


@pytest.mark.parametrize("content", [None, b'name = "', b"name = '\xff'"], ids=["absent", "no TOML", "no UTF-8"])
def test_a_file_that_cannot_be_read_is_told_with_its_place(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "plain.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Refused, match=r"plain\.toml: cannot be read \(.+\); mend or restore it"):
        toml(file)


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "plain.toml").write_text("[mark]\nname = '痕'\n", encoding="utf-8")
    assert toml(tmp_path / "plain.toml") == {"mark": {"name": "痕"}}
