"""The library with what a clinic's staff have taught it: phrases for a topic, in one language, beside the files'.

A phrase is written as an entry of a keyword file is (`bot.entries`) and counts as one that stands there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from bot import compiled, content, lexicon
from bot.content import Library
from bot.entries import entries, is_accented, variants
from bot.folding import fold, plain
from bot.keywords import Phrase
from bot.learned import Rows, pack
from bot.model import DANGERS
from bot.problems import Problem, Refused
from bot.topics import CONTENT
from bot.weights import Weights

_LOUD = 6.0
"""What a taught phrase adds to its topic: enough for a text of strange words, too little against a plain question."""
LONGEST = 60
"""Letters of a phrase: a longer one is a message, and belongs to the labelled ones."""


class Taught(NamedTuple):
    """One phrase: in which language it shows which topic."""

    language: str
    topic: str
    phrase: str


def with_phrases(library: Library, taught: Iterable[Taught]) -> Library:
    """Return `library` with these phrases; those of a language or topic that it does not have are passed over.

    A language costs about a tenth of a second. Raise `Refused` where its keyword file cannot be read any more.
    """
    said: dict[str, list[Phrase]] = {}
    for language, topic, phrase in taught:
        if language in library.languages and topic in library.topics:
            said.setdefault(language, []).extend(phrases(_named(topic), phrase))
    if not said:
        return library
    problems: list[Problem] = []
    speeches = content.read_speeches(CONTENT, tuple(said), problems)
    rows = compiled.rows(CONTENT / content.WEIGHTS, problems)
    if problems:
        raise Refused(problems)
    tongues = {**library.lexicon.tongues}
    for language, phrases_of in said.items():
        speech = speeches[language]
        tongues[language] = lexicon.tongue(replace(speech, phrases=(*speech.phrases, *phrases_of)))
    known = library.lexicon
    index = lexicon.index(tongues.values(), known.letters)
    index = replace(index, outside=known.outside, ours=known.ours)
    return replace(library, lexicon=index, weights=_weighed(rows, library.topics))


def _named(topic: str) -> str:
    """Return under which name a phrase speaks for a topic: a danger alarms by its own."""
    return topic if topic in DANGERS else f"taught {topic}"


def topic_of(name: str) -> str:
    """Return the topic that a phrase of this name shows.

    >>> topic_of("taught laser"), topic_of("laser")
    ('laser', 'laser')
    """
    return name.removeprefix("taught ")


def _weighed(rows: Rows, topics: Iterable[str]) -> Weights:
    """Return the weights with a row for each topic that may be taught: what was learned knows of no such phrases."""
    loud = {f"says {_named(topic)}": {topic: _LOUD} for topic in topics if topic in rows.names}
    added = pack({"always": dict.fromkeys(rows.names, 0.0), **loud}).packed
    return Weights(Rows(rows.names, {**added, **rows.packed}))


def phrases(topic: str, phrase: str) -> Iterator[Phrase]:
    """Yield what a phrase stands for in the index, without accents too where people leave them out.

    >>> [sorted(part) for part in next(phrases("raised", "bumpy scar*")).parts]
    [['bumpy'], ['scar*']]
    """
    for entry in entries(phrase):
        for parts in variants(entry):
            yield Phrase(topic, parts)
            if is_accented(entry):
                yield Phrase(topic, tuple(frozenset(map(plain, part)) for part in parts))


def tidy(phrase: str) -> str:
    """Return a phrase as it is kept: folded, in one line, without what separates entries.

    >>> tidy("  Blue  Cross, ")
    'blue cross'
    """
    return " ".join(fold(phrase).replace(",", " ").replace("'''", " ").split())
