"""What a new keyword would change, before anybody is answered by it: which messages, and what it collides with.

Only messages that hold something like one of its words can change; all others are left out unread.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.content import Library
from bot.folding import fold
from bot.model import ACTS, DANGERS, UNKNOWN
from bot.taught import LONGEST, Taught, phrases, topic_of, with_phrases
from bot.understand import understand

_ALIKE = 75
"""How like a word of the phrase something in a message must be (RapidFuzz, of 100): one slip in four letters."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A message to try on; `right` holds the topics that people gave it, none where nobody has."""

    text: str
    language: str
    country: str = ""
    right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a message wants without and with the new keyword."""

    sample: Sample
    before: str
    after: str

    @property
    def is_worse(self) -> bool:
        """Whether a labelled message was right before and is no more."""
        return self.before in self.sample.right and self.after not in self.sample.right

    @property
    def is_better(self) -> bool:
        """Whether a labelled message becomes right, or one that was not understood is answered now."""
        if self.sample.right:
            return self.before not in self.sample.right and self.after in self.sample.right
        return self.before == UNKNOWN


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying: what forbids the keyword, what it collides with, and which messages would change.

    `refusal` is "" or one of "empty", "long", "act", "danger", "there". `collisions` are wants for which the same
    phrase stands already, with the language; `alone` is what the phrase by itself is understood as today.
    """

    refusal: str
    alone: str = UNKNOWN
    collisions: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()


def trial(keyword: Taught, shipped: Library, taught: Sequence[Taught], samples: Iterable[Sample]) -> Trial:
    """Try a keyword on `samples`, beside those `taught` already. A stop, a start and a danger are never taught away."""
    meant = list(phrases(keyword.topic, keyword.phrase))
    if not meant:
        return Trial("empty")
    if len(keyword.phrase) > LONGEST:
        return Trial("long")
    library = with_phrases(shipped, taught)
    alone = understand(keyword.phrase, library, talk=keyword.language).best
    if alone.name in (*ACTS, *DANGERS) and alone.name != keyword.topic and alone.exact:
        return Trial("danger" if alone.name in DANGERS else "act", alone.name)
    listed = tuple(dict.fromkeys(_listed(keyword, library)))
    if (keyword.topic, keyword.language) in listed:
        return Trial("there", alone.name)
    changes = tuple(_changes(keyword, library, with_phrases(shipped, [*taught, keyword]), samples))
    return Trial("", alone.name, tuple(each for each in listed if each[0] != keyword.topic), changes)


def _listed(keyword: Taught, library: Library) -> Iterator[tuple[str, str]]:
    """Yield the wants, and languages, for which the same phrase stands already, in a file or by the staff."""
    wanted = {parts for _, parts in phrases(keyword.topic, keyword.phrase)}
    for language, tongue in library.lexicon.tongues.items():
        yield from sorted({(topic_of(want), language) for want, parts in tongue.said if parts in wanted})


def _changes(keyword: Taught, library: Library, changed: Library, samples: Iterable[Sample]) -> Iterator[Change]:
    keys = {word.strip("*") for _, parts in phrases(keyword.topic, keyword.phrase) for part in parts for word in part}
    for sample in samples:
        folded = fold(sample.text)
        if not any(fuzz.partial_ratio(key, folded, score_cutoff=_ALIKE) for key in keys):
            continue
        before, after = (_wanted(sample, each) for each in (library, changed))
        if before != after:
            yield Change(sample, before, after)


def _wanted(sample: Sample, library: Library) -> str:
    talk = "" if sample.right else sample.language
    return understand(sample.text, library, sample.country, talk).best.name
