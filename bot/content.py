"""The library: what we may say and what we can understand, read from content/ and checked as it is read.

A topic file holds `title`, `answer`, `more` (pages), `related`, `place` (in the menu), `urgency`, `picture`, `sources`
and `reviewed`; the text is English, the source of every translation. Every mistake is reported, all together.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.keywords import Speech
from bot.keywords import read as read_keywords
from bot.languages import SOURCE, is_known, names
from bot.lexicon import Lexicon, index
from bot.model import DANGERS
from bot.problems import Problem, Refused
from bot.text import graphemes

CONTENT = Path(__file__).parent.parent / "content"
LONGEST_TITLE = 24
"""Graphemes: the limit of a row in a WhatsApp list."""
URGENCIES = ("routine", "soon", "now")
_PRESENT_EVERYWHERE = (*DANGERS, "appointment", "photo")


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that the clinic answers, in English."""

    id: str
    title: str
    answer: str
    more: tuple[str, ...]
    related: tuple[str, ...]
    place: int
    urgency: str
    sources: tuple[str, ...]
    picture: str
    reviewed: Mapping[str, object]

    @property
    def is_danger(self) -> bool:
        return self.id in DANGERS


@dataclass(frozen=True, slots=True)
class Library:
    """All topics, all that people type for them, and the index over it. `languages` are those with keywords."""

    topics: Mapping[str, Topic]
    speeches: Mapping[str, Speech]
    lexicon: Lexicon
    language_names: Mapping[tuple[str, ...], str]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.speeches)

    @property
    def menu(self) -> tuple[str, ...]:
        """The topics that a menu offers, in its order: those with a `place`."""
        offered = [topic for topic in self.topics.values() if topic.place]
        return tuple(topic.id for topic in sorted(offered, key=lambda topic: (topic.place, topic.id)))


def load(folder: Path = CONTENT, languages: tuple[str, ...] = ()) -> Library:
    """Read the library; `languages` (empty: all) are those with keywords. Raise `Refused` with every mistake."""
    problems: list[Problem] = []
    named = frozenset(file.stem for file in (folder / "topics").glob("*.toml"))
    topics = _read_topics(folder / "topics", named, problems)
    files = sorted((folder / "keywords").glob("*.toml"), key=lambda file: (file.stem != SOURCE, file.stem))
    speeches = {
        file.stem: read_keywords(file, named, problems) for file in files if not languages or file.stem in languages
    }
    problems.extend(_about_languages(folder, speeches, languages))
    if problems:
        raise Refused(problems)
    return Library(topics, speeches, index(speeches.values()), names(speeches))


def _about_languages(folder: Path, speeches: Mapping[str, Speech], wanted: tuple[str, ...]) -> Iterator[Problem]:
    for code in set(wanted or (SOURCE,)) - speeches.keys():
        yield Problem(str(folder / "keywords" / f"{code}.toml"), "", "missing; write what people type in this language")
    for code in speeches:
        if not is_known(code):
            yield Problem(str(folder / "keywords" / f"{code}.toml"), "", "the file's name is no CLDR language code")


def _read_topics(folder: Path, named: frozenset[str], problems: list[Problem]) -> dict[str, Topic]:
    topics = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            source = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(Problem(str(file), "", f"this is not TOML ({error}); mend that place"))
            continue
        found = list(_wrong_with(file, source))
        problems.extend(found)
        if not found:
            topics[file.stem] = _topic(file.stem, source)
    problems.extend(_wrong_between(folder, named, topics))
    return topics


def _topic(topic: str, source: Mapping[str, Any]) -> Topic:
    return Topic(
        id=topic,
        title=source["title"],
        answer=source["answer"],
        more=tuple(source.get("more", ())),
        related=tuple(source.get("related", ())),
        place=source.get("place", 0),
        urgency=source["urgency"],
        sources=tuple(source["sources"]),
        picture=source.get("picture", ""),
        reviewed=source["reviewed"],
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


_SHAPES: dict[str, tuple[bool, Callable[[Any], bool], str]] = {
    "title": (True, lambda v: _is_text(v) and len(graphemes(v)) <= LONGEST_TITLE, "a text of at most 24 letters"),
    "answer": (True, _is_text, "a text"),
    "more": (False, _is_texts, "a list of texts"),
    "related": (False, _is_texts, "a list of topics"),
    "place": (False, lambda v: type(v) is int and v > 0, "a number from 1: where the menu shows it"),
    "urgency": (True, lambda v: v in URGENCIES, f"one of {', '.join(URGENCIES)}"),
    "picture": (False, _is_text, "the name of a picture"),
    "sources": (True, lambda v: _is_texts(v) and bool(v), "a list with at least one source"),
    "reviewed": (True, lambda v: isinstance(v, dict), 'empty, {}, or { by = "Dr. N. N.", on = 2026-12-01 }'),
}


def _wrong_with(file: Path, source: Mapping[str, Any]) -> Iterator[Problem]:
    for key in source.keys() - _SHAPES.keys():
        yield Problem(str(file), key, f"no such key; there are {', '.join(_SHAPES)}")
    for key, (required, fits, shape) in _SHAPES.items():
        if key not in source:
            if required:
                yield Problem(str(file), key, f"missing; give {shape}")
        elif not fits(source[key]):
            yield Problem(str(file), key, f"must be {shape}")


def _wrong_between(folder: Path, named: frozenset[str], topics: Mapping[str, Topic]) -> Iterator[Problem]:
    """Yield what is wrong between `topics`; one that is `named` by a file, though broken, is there."""
    for needed in _PRESENT_EVERYWHERE:
        if needed not in named:
            yield Problem(str(folder / f"{needed}.toml"), "", "missing; the line cannot answer without it")
    titles: dict[str, str] = {}
    for topic in topics.values():
        file = str(folder / f"{topic.id}.toml")
        twin = titles.setdefault(topic.title, topic.id)
        if twin != topic.id:
            yield Problem(file, "title", f"the same as that of {twin}; people could not tell them apart")
        for other in topic.related:
            if other not in named or other in DANGERS:
                yield Problem(file, "related", f"{other!r} is no topic that can be offered; remove it")
