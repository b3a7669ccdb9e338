"""How runs of letters speak for each language: learned from the labelled messages and the word lists."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping

from bot.keywords import Speech
from bot.learn import SECOND_LABEL, Example
from bot.learned import Learned
from bot.letters import grams, unfolded
from bot.regression import Features, fit
from bot.text import words

_STRENGTH, _LEAST_SEEN = 1.0, 2
_MADE_UP = 400
_MADE_UP_COUNT = 0.5


def hear(learned_from: Iterable[Example], speeches: Mapping[str, Speech]) -> Learned:
    """Return how much each run of letters speaks for each language: learned from the examples and the word lists."""
    rows: list[Features] = []
    spoken, counts = [], []
    for example in learned_from:
        for number, code in enumerate(code for code in example.languages if code in speeches):
            rows.append({**_letters(words(example.text)), **dict.fromkeys(unfolded(example.text), 1.0)})
            spoken.append(code)
            counts.append(SECOND_LABEL if number else 1.0)
    chance = random.Random(1)  # noqa: S311  not a secret: which words make up a text
    for code, speech in speeches.items():
        for _ in range(_MADE_UP):
            rows.append(_letters(_made_up(speech, chance)))
            spoken.append(code)
            counts.append(_MADE_UP_COUNT)
    return fit(rows, spoken, counts, _STRENGTH, _LEAST_SEEN)


def _letters(found: Iterable[str]) -> Features:
    return Counter(gram for word in found for gram in grams(word))


def _made_up(speech: Speech, chance: random.Random) -> list[str]:
    """Return words that may stand in a text of the language, in no order."""
    common = sorted(speech.common)
    found: list[str] = []
    for _ in range(chance.randint(1, 6)):
        keys = (chance.choice(common),) if common and chance.random() < 0.5 else chance.choice(speech.forms).keys
        found.extend(key.strip("*") for key in keys)
    return found
