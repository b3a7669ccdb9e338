"""How runs of letters speak for each language: learned from the labelled messages and the word lists."""

import random
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping

from bot.keywords import Speech
from bot.learn import SECOND_LABEL, Example
from bot.learned import Learned
from bot.letters import Lists, grams, listings, unfolded
from bot.ordinary import chatter, most_used
from bot.regression import Features, fit
from bot.text import words

_STRENGTH, _LEAST_SEEN = 1.0, 2
_MADE_UP = 400
_CHATTER = 500
_MADE_UP_COUNT = 0.5

_Taught = tuple[Features, str, float]
"""The runs of letters of one text, its language, and how much it counts."""


def hear(learned_from: Iterable[Example], speeches: Mapping[str, Speech], lists: Lists) -> Learned:
    """Return how much each run of letters, and each list that a word stands in, speaks for each language.

    Learned from the examples, from the word lists, and from the words that people use most.
    """
    taught = [
        *_messages(learned_from, speeches, lists),
        *_made_up_texts(speeches.values(), lists),
        *_ordinary(speeches, lists),
    ]
    rows, spoken, counts = zip(*taught, strict=True)
    return fit(rows, spoken, counts, _STRENGTH, _LEAST_SEEN)


def _messages(learned_from: Iterable[Example], served: Container[str], lists: Lists) -> Iterator[_Taught]:
    for example in learned_from:
        for number, code in enumerate(code for code in example.languages if code in served):
            yield _typed(example.text, lists), code, SECOND_LABEL if number else 1.0


def _made_up_texts(speeches: Iterable[Speech], lists: Lists) -> Iterator[_Taught]:
    chance = random.Random(1)  # noqa: S311  not a secret: which words make up a text
    for speech in speeches:
        for _ in range(_MADE_UP):
            yield _letters(_made_up(speech, chance), lists), speech.language, _MADE_UP_COUNT


def _ordinary(languages: Iterable[str], lists: Lists) -> Iterator[_Taught]:
    for code in languages:
        for text in chatter(most_used(code), _CHATTER):
            yield _typed(text, lists), code, _MADE_UP_COUNT


def _typed(text: str, lists: Lists) -> Features:
    return {**_letters(words(text), lists), **dict.fromkeys(unfolded(text), 1.0)}


def _letters(found: Iterable[str], lists: Lists) -> Features:
    return Counter(sign for word in found for sign in (*grams(word), *listings(word, lists)))


def _made_up(speech: Speech, chance: random.Random) -> list[str]:
    """Return words that may stand in a text of the language, in no order."""
    common = sorted(speech.common)
    found: list[str] = []
    for _ in range(chance.randint(1, 6)):
        keys = (chance.choice(common),) if common and chance.random() < 0.5 else chance.choice(speech.forms).keys
        found.extend(key.strip("*") for key in keys)
    return found
