"""A mistake is told with its place and what to do, and all of them together."""

import pytest

from bot.problems import Problem, Refused


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
