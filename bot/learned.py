"""A file of what `skinline train` has learned: for a feature, how much it speaks for each thing it may speak for."""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.problems import Problem

Learned = Mapping[str, Mapping[str, float]]
"""By feature, its weight for each name; under "always" what each sum starts from, which names them all."""

UNITS = 100
"""Weights are kept in hundredths."""
_BITS = 32
_BIAS = 1 << (_BITS - 1)
_MASK = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class Rows:
    """What was learned, each row of weights as one long number, in units: a row is added in the time of one addition.

    `names` are what the numbers of a row speak for, in order; `packed` are the rows by feature.
    """

    names: tuple[str, ...]
    packed: dict[str, int]

    @property
    def always(self) -> int:
        return self.packed["always"]

    def numbers(self, total: int) -> Sequence[int]:
        """Return the numbers, in units, that a sum of rows holds.

        >>> rows = pack({"always": {"a": 0.5, "b": -1.0}, "x": {"a": -0.75}})
        >>> list(rows.numbers(rows.always + 2 * rows.packed["x"]))
        [-100, -100]
        """
        # With its bias a number is no less than 0; without the bias' bit it is as a machine keeps it, sign and all.
        biases = _biases(len(self.names))
        signed = (total + biases) ^ biases
        return array("i", signed.to_bytes(_BITS // 8 * len(self.names), "little"))

    def number(self, feature: str, name: str) -> int:
        """Return the number, in units, that `feature` adds for `name`.

        >>> pack({"always": {"a": 0.5, "b": -1.0}, "x": {"a": -0.75}}).number("x", "a")
        -75
        """
        row = self.packed.get(feature, 0) + _biases(len(self.names))
        return (row >> _BITS * self.names.index(name) & _MASK) - _BIAS


def pack(learned: Learned) -> Rows:
    """Return what was learned in rows, nothing left out."""
    names = tuple(learned["always"])
    places = {name: _BITS * place for place, name in enumerate(names)}
    return Rows(names, {feature: _packed(weights, places) for feature, weights in learned.items()})


def _packed(weights: Mapping[str, float], places: Mapping[str, int]) -> int:
    return sum(round(weight * UNITS) << places[name] for name, weight in weights.items())


@cache
def _biases(count: int) -> int:
    return sum(_BIAS << (_BITS * place) for place in range(count))


def read(path: Path, problems: list[Problem]) -> Learned:
    """Read what was learned, noting in `problems` what is wrong with the file. "always" is where each sum starts."""
    try:
        learned = dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        problems.append(Problem(str(path), "", f"cannot be read ({error}); write it anew with `skinline train`"))
        learned = {}
    return {"always": {}, **learned}
