"""What an English text has to keep, from content/readability.toml and content/forbidden.toml."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.problems import Problem, Refused, toml
from bot.text import words
from bot.topics import CONTENT

_Check = Callable[[str, Mapping[str, Any]], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Words that may not stand in a row, why, and what to say instead. `section` is that of the fact sheet."""

    section: str
    phrase: str
    words: tuple[str, ...]
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Rules:
    """How hard a text may be, the words that do not count as hard, and what may not be said."""

    highest_grade: float
    graded_from_words: int
    excused: frozenset[str]
    forbidden: tuple[Forbidden, ...]


def load(folder: Path = CONTENT) -> Rules:
    """Read both files. Raise `Refused` with what is wrong with them."""
    problems: list[Problem] = []
    readability = _toml(folder / "readability.toml", _wrong_with_readability, problems)
    forbidden = _toml(folder / "forbidden.toml", _wrong_with_forbidden, problems)
    if problems:
        raise Refused(problems)
    excused = frozenset(readability["excused"])
    return Rules(readability["highest_grade"], readability["graded_from_words"], excused, tuple(_forbidden(forbidden)))


def _toml(path: Path, wrong_with: _Check, problems: list[Problem]) -> dict[str, Any]:
    try:
        source = toml(path)
    except Refused as refused:
        problems.extend(refused.problems)
        return {}
    problems.extend(wrong_with(str(path), source))
    return source


def _is_number(value: object) -> bool:
    return type(value) in (int, float)


def _are_words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_phrase(each) for each in value)


def _is_phrase(value: object) -> bool:
    return isinstance(value, str) and value == value.lower() and bool(words(value))


def _wrong_with_readability(where: str, readability: Mapping[str, Any]) -> Iterator[Problem]:
    for key in ("highest_grade", "graded_from_words"):
        if not _is_number(readability.get(key)):
            yield Problem(where, key, "must be a number")
    if not _are_words(readability.get("excused")):
        yield Problem(where, "excused", "must be a list of lower-case words")


def _wrong_with_forbidden(where: str, forbidden: Mapping[str, Any]) -> Iterator[Problem]:
    for section, tables in forbidden.items():
        for table in tables if isinstance(tables, list) else [tables]:
            if not (isinstance(table, dict) and table.keys() == {"phrases", "why", "instead"}):
                yield Problem(where, section, "needs `phrases`, `why` and `instead`, and nothing else")
            elif not _are_words(table["phrases"]):
                yield Problem(where, section, "`phrases` must be a list of lower-case words")


def _forbidden(source: Mapping[str, Any]) -> Iterator[Forbidden]:
    for section, tables in source.items():
        for table in tables:
            for phrase in table["phrases"]:
                yield Forbidden(section, phrase, tuple(words(phrase)), table["why"], table["instead"])
