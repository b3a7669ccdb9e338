"""The library with what a clinic's staff have taught it: phrases for a topic, in one language, beside the files'.

A phrase is written as an entry of a keyword file is (`bot.entries`) and counts as one that stands there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from bot import content, lexicon
from bot.content import Library
from bot.entries import entries, is_accented, variants
from bot.keywords import Phrase, Speech
from bot.problems import Problem, Refused
from bot.text import fold, plain
from bot.topics import CONTENT

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
            said.setdefault(language, []).extend(phrases(topic, phrase))
    if not said:
        return library
    tongues = {**library.lexicon.tongues}
    for language, speech in _speeches(tuple(said)).items():
        if language in said:
            tongues[language] = lexicon.tongue(replace(speech, phrases=(*speech.phrases, *said[language])))
    return replace(library, lexicon=lexicon.index(tongues.values(), library.lexicon.letters))


def _speeches(languages: tuple[str, ...]) -> Mapping[str, Speech]:
    problems: list[Problem] = []
    speeches = content.read_speeches(CONTENT, languages, problems)
    if problems:
        raise Refused(problems)
    return speeches


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
