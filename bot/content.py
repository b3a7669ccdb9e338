"""The library: what we may say and what we can understand, read from content/ and checked as it is read.

Every mistake is reported, all together.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from bot import compiled
from bot.keywords import Speech
from bot.keywords import read as read_keywords
from bot.languages import SOURCE, Names, is_known, names
from bot.letters import Letters
from bot.lexicon import Lexicon, Tongue, index
from bot.problems import Problem, Refused, toml
from bot.topics import CONTENT, Topic, in_menu_order, named
from bot.topics import read as read_topics
from bot.weights import Weights

WEIGHTS, LETTERS = "weights.json", "letters.json"
"""What was learned from content/examples, beside it."""
"""The group of meanings that have nothing to do with us."""


@dataclass(frozen=True, slots=True)
class Library:
    """All topics, all that people type for them, and the index over it. `languages` are those with keywords.

    `menu` holds the topics that a menu offers, in its order: those with a `place`.
    """

    topics: Mapping[str, Topic]
    menu: tuple[str, ...]
    lexicon: Lexicon
    weights: Weights
    language_names: Names

    @property
    def languages(self) -> tuple[str, ...]:
        return self.lexicon.languages


def load(folder: Path = CONTENT, languages: tuple[str, ...] = ()) -> Library:
    """Read the library; `languages` (empty: all) are those with keywords. Raise `Refused` with every mistake."""
    problems: list[Problem] = []
    topics = read_topics(folder, named(folder), problems)
    weights = Weights(compiled.rows(folder / WEIGHTS, problems))
    tongues = _read_tongues(folder, languages, problems)
    lists = {code: tongue.forms for code, tongue in tongues.items()}
    letters = Letters(compiled.rows(folder / LETTERS, problems), lists)
    problems.extend(_about_languages(folder, tongues.keys(), languages))
    if problems:
        raise Refused(problems)
    menu = tuple(topic.id for topic in in_menu_order(topics.values()) if topic.place)
    lexicon = index(tongues.values(), letters, read_meanings(folder, problems))
    return Library(topics, menu, lexicon, weights, names(tongues))


def _read_tongues(folder: Path, languages: tuple[str, ...], problems: list[Problem]) -> dict[str, Tongue]:
    meanings, known = _names_of_meanings(folder, problems), named(folder)
    return {file.stem: compiled.tongue(file, meanings, known, problems) for file in _keyword_files(folder, languages)}


def read_speeches(folder: Path, languages: tuple[str, ...], problems: list[Problem]) -> dict[str, Speech]:
    """Read the keyword files as they are written, the source language first; `languages` as for `load`."""
    meanings, known = _names_of_meanings(folder, problems), named(folder)
    files = _keyword_files(folder, languages)
    return {file.stem: read_keywords(file, meanings, known, problems) for file in files}


def _keyword_files(folder: Path, languages: tuple[str, ...]) -> list[Path]:
    files = sorted((folder / "keywords").glob("*.toml"), key=lambda file: (file.stem != SOURCE, file.stem))
    return [file for file in files if not languages or file.stem in languages]


def _names_of_meanings(folder: Path, problems: list[Problem]) -> list[str]:
    return [name for group in read_meanings(folder, problems).values() for name in group]


def read_meanings(folder: Path, problems: list[Problem]) -> Mapping[str, Mapping[str, str]]:
    """Read the names of meanings and what belongs to each, by group."""
    try:
        return toml(folder / "meanings.toml")
    except Refused as refused:
        problems.extend(refused.problems)
        return {}


def _about_languages(folder: Path, read: Set[str], wanted: tuple[str, ...]) -> Iterator[Problem]:
    for code in set(wanted or (SOURCE,)) - read:
        yield Problem(str(folder / "keywords" / f"{code}.toml"), "", "missing; write what people type in this language")
    for code in read:
        if not is_known(code):
            yield Problem(str(folder / "keywords" / f"{code}.toml"), "", "the file's name is no CLDR language code")
