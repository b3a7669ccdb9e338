"""What the weights are learned from, and how: `skinline train` reads content/examples and writes content/weights.json.

Each example is a message with its right topics. To be ready for words that no list holds, each is learned from again
with some of its meanings left out. One example in ten is never learned from: those are for testing.
"""

import json
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from pathlib import Path
from zlib import crc32

from bot.keywords import Phrase, Speech
from bot.learned import Learned
from bot.lexicon import Lexicon
from bot.model import UNKNOWN
from bot.ordinary import chatter, is_aside, most_used, names
from bot.reading import Text, read
from bot.regression import Features, fit
from bot.sightings import Sighting
from bot.weights import features

_ASIDE = 10
SECOND_LABEL = 0.4
"""What a further right answer counts, next to the first one."""
_STRENGTH, _LEAST_SEEN = 2.5, 3
_FORGETFUL = 2
_LEFT_OUT = 0.3
_FORGETFUL_COUNT = 0.4
_SAID_COUNT = 0.5
"""What a phrase of a keyword file counts, next to a whole message."""
_OURS = ("skin", "treatments", "products")
_OF_BOTH = ("remedy", "eat", "trigger_food", "sun", "home", "medicine", "pharmacy", "surgery")
"""What stands beside words from outside in questions to us too: food, medicine, the sun."""
_ELSEWHERE_COUNT = 0.2
_ORDINARY_COUNT = 0.2
_CHATTER, _CHATTER_COUNT = 700, 0.2
"""How many texts of ordinary words are taught in each language, and how little each counts: some are about us."""
_ENOUGH_PHRASES = 15
"""Phrases of a want from which more of them count no more: dangers have hundreds, and must not seem so frequent."""


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled message: any of `topics` in any of `languages` would be right."""

    text: str
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    country: str
    style: str

    @property
    def is_aside(self) -> bool:
        """Whether it is kept for testing."""
        return crc32(self.text.encode()) % _ASIDE == 0


def examples(paths: Iterable[Path]) -> Iterator[Example]:
    """Read labelled messages, one JSON object a line."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                found = json.loads(line)
                languages = tuple(found["langs"])
                yield Example(found["text"], tuple(found["topics"]), languages, found["country"], found["style"])


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is weighed of one message, what it wants, and how much it counts."""

    features: Features
    want: str
    counts: float


def lessons(learned_from: Iterable[Example], speeches: Mapping[str, Speech], lexicon: Lexicon) -> Iterator[Lesson]:
    """Yield what is learned from the examples and from the phrases of the keyword files, the same in every run."""
    chance = random.Random(1)  # noqa: S311  not a secret: which meanings are left out
    for example in learned_from:
        seen = read(example.text, lexicon, example.country)
        for weighed, counts in _views(seen, chance):
            for number, topic in enumerate(example.topics):
                yield Lesson(weighed, topic, counts * (SECOND_LABEL if number else 1.0))
    for speech in speeches.values():
        listed = Counter(phrase.want for phrase in speech.phrases)
        for phrase in speech.phrases:
            seen = read(_typed(phrase, chance), lexicon, talk=speech.language)
            if seen.meant:
                counts = _SAID_COUNT * min(1.0, _ENOUGH_PHRASES / listed[phrase.want])
                yield Lesson(_weighed(seen, ()), phrase.want, counts)


def elsewhere(groups: Mapping[str, Collection[str]]) -> Iterator[Lesson]:
    """Yield that a word of ours beside one from outside is not about us: a dent in a car, cream for pasta."""
    ours = [name for group in _OURS for name in groups[group] if name not in _OF_BOTH]
    for other in groups["outside"]:
        for name in ours:
            pair = f"{min(name, other)}+{max(name, other)}"
            yield Lesson(
                {name: 1.0, other: 1.0, pair: 1.0, "strange 1": 1.0, "length 4": 1.0}, UNKNOWN, _ELSEWHERE_COUNT
            )


def ordinary(lexicon: Lexicon) -> Iterator[Lesson]:
    """Yield that names of places, money and units, and words in no order, are about something else."""
    for language in lexicon.languages:
        for name in filterfalse(is_aside, names(language)):
            seen = read(name, lexicon, talk=language)
            if seen.meant:
                yield _about_nothing(seen, _ORDINARY_COUNT)
        for text in chatter(most_used(language), _CHATTER):
            seen = read(text, lexicon, talk=language)
            # Words that we know, and no others, are what people do ask us.
            if seen.meant and seen.strange:
                yield _about_nothing(seen, _CHATTER_COUNT)


def _about_nothing(seen: Text, counts: float) -> Lesson:
    return Lesson(_weighed(seen, ()), UNKNOWN, counts)


def _typed(phrase: Phrase, chance: random.Random) -> str:
    return " ".join(chance.choice(sorted(part)).strip("*") for part in phrase.parts)


def _views(seen: Text, chance: random.Random) -> Iterator[tuple[Features, float]]:
    yield _weighed(seen, seen.shown), 1.0
    names = sorted({sighting.name for sighting in seen.meant})
    for _ in range(_FORGETFUL if len(names) > 1 else 0):
        lost = {name for name in names if chance.random() < _LEFT_OUT}
        left = [sighting for sighting in seen.meant if sighting.name not in lost]
        if lost:
            kept = seen.shown if chance.random() < 0.5 else ()
            yield _weighed(seen._replace(meant=left, strange=seen.strange + 1), kept), _FORGETFUL_COUNT


def _weighed(seen: Text, shown: Collection[Sighting]) -> Features:
    return features(seen.meant, shown, seen.strange, seen.found, seen.lexicon.ours)


def weigh(taken: Sequence[Lesson]) -> Learned:
    """Return how much each feature speaks for each want."""
    rows = [lesson.features for lesson in taken]
    return fit(rows, [lesson.want for lesson in taken], [lesson.counts for lesson in taken], _STRENGTH, _LEAST_SEEN)
