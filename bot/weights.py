"""How much each meaning, and each pair of them, speaks for each want: learned from labelled messages.

content/weights.json is written by `skinline train`; its numbers are those of a multinomial logistic regression.
"""

import math
from collections.abc import Collection, Container, Mapping, Sequence

from bot.learned import UNITS, Rows
from bot.model import CONTROLS
from bot.sightings import Sighting, by_place
from bot.spots import DOUBLED
from bot.text import count

MOST_MEANINGS = 60
"""Sightings of a text that are weighed; a longer one says nothing that the first ones did not."""
_NEAR = 8
"""Words that may stand between two meanings that count as a pair."""
_MOST_OF = 0.4
"""How much of a text a phrase of a control must be: "more" is wanted by one word, not amid a sentence."""
_MOST_STRANGE = 4
_LENGTHS = (16, 8, 4, 2, 1)
_STEPS = 20
"""How finely closeness is weighed: rows are whole numbers, and multiplied by such."""
_UNIT = _STEPS * UNITS
_IMPOSSIBLE = -12 * _UNIT
"""So far behind the likeliest, a want is none: less likely than one in 100,000."""


class Weights:
    """`rows` give for a feature its weight for each want, and under "always" what each want starts from."""

    def __init__(self, rows: Rows) -> None:
        self.wants = rows.names
        self._rows = rows

    def judge(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return for each want how likely it is, 0 to 1, all together 1; what is next to impossible is left out."""
        packed = self._rows.packed
        whole, parts = self._rows.always, 0
        for name, value in features.items():
            if value == 1.0:
                whole += packed.get(name, 0)
            else:
                parts += round(value * _STEPS) * packed.get(name, 0)
        sums = self._rows.numbers(_STEPS * whole + parts)
        most = max(sums, default=0)
        least = most + _IMPOSSIBLE
        scores = zip(self.wants, sums, strict=True)
        likely = {want: math.exp((score - most) / _UNIT) for want, score in scores if score > least}
        together = sum(likely.values())
        return {want: value / together for want, value in likely.items()}

    def speaks(self, name: str, want: str) -> float:
        """Return how much the feature `name` speaks for a want."""
        return self._rows.number(name, want) / UNITS


def parts_of(feature: str) -> list[str]:
    """Return the meanings, or the want shown by a phrase, that a feature is made of.

    >>> parts_of("fade+scar"), parts_of("says laser")
    (['fade', 'scar'], ['laser'])
    """
    return feature.removeprefix("says ").split("+")


def features(
    meant: Collection[Sighting],
    shown: Collection[Sighting],
    strange: int,
    words: Sequence[str],
    ours: Container[str] = (),
) -> dict[str, float]:
    """Return what is weighed of a text: its meanings, the pairs that stand close together, the wants phrases show,
    and "guessed", the share of meanings that are guesses at misspelled words.

    `strange` counts the words that the language does not know, `words` are all of them. A text without a phrase and
    without a meaning of `ours` is "bare": the more of its words are strange, the likelier it is about something else.
    """
    found: dict[str, float] = {
        f"says {phrase.name}": 1.0
        for phrase in shown
        if phrase.name not in CONTROLS or phrase.end - phrase.start >= _MOST_OF * len(words)
    }
    unknown = min(strange, _MOST_STRANGE)
    if not shown and not any(name in ours for name, *_ in meant):
        found[f"bare {unknown}"] = 1.0
    found[f"strange {unknown}"] = 1.0
    length = count(words)
    found[f"length {next((step for step in _LENGTHS if step <= length), 1)}"] = 1.0
    ordered = sorted(meant, key=by_place)[:MOST_MEANINGS]
    if ordered:
        found["guessed"] = sum(sighting.closeness < DOUBLED for sighting in ordered) / len(ordered)
    for number, (name, _, end, closeness, _) in enumerate(ordered):
        found[name] = max(found.get(name, 0.0), closeness)
        for other in ordered[number + 1 :]:
            gap = other[1] - end
            if gap > _NEAR:
                break
            if gap >= 0 and name != other[0]:
                found[f"{name}+{other[0]}" if name < other[0] else f"{other[0]}+{name}"] = 1.0
    return found
