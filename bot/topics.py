"""The topics: what we may say, in English, read from content/topics/ and checked as they are read.

A topic file holds `title`, `answer`, `more` (pages), `related`, `place` (in the menu), `urgency`, `picture`, `sources`
and `reviewed`; the text is English, the source of every translation. Every mistake is reported, all together.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.model import DANGERS
from bot.problems import Problem, Refused
from bot.review import SHAPE, Review, fingerprint, is_review
from bot.review import read as read_review
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
    reviewed: Review | None

    @property
    def is_danger(self) -> bool:
        return self.id in DANGERS

    @property
    def fingerprint(self) -> str:
        """The code of what a signature stands for: title, answer and pages."""
        return fingerprint(self.title, self.answer, *self.more)

    def is_withdrawn(self, day: date) -> bool:
        """Tell whether the signature has run out, so that the text is not sent. A danger answer always is."""
        return not self.is_danger and self.reviewed is not None and self.reviewed.has_expired(day)


def in_menu_order(topics: Iterable[Topic]) -> list[Topic]:
    """Return `topics` as the menu has them, then those that it does not offer."""
    return sorted(topics, key=lambda topic: (not topic.place, topic.place, topic.id))


def load(folder: Path = CONTENT) -> dict[str, Topic]:
    """Read the topics alone, for who reads or signs them. Raise `Refused` with every mistake."""
    problems: list[Problem] = []
    topics = read(folder, named(folder), problems)
    if problems:
        raise Refused(problems)
    return topics


def named(folder: Path) -> frozenset[str]:
    """Return the topics for which there is a file, though it may be broken."""
    return frozenset(file.stem for file in (folder / "topics").glob("*.toml"))


def read(folder: Path, named: frozenset[str], problems: list[Problem]) -> dict[str, Topic]:
    """Read the topics that are in order; add to `problems` what is wrong with and between the files."""
    topics = {}
    folder = folder / "topics"
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
        reviewed=read_review(source["reviewed"]),
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
    "reviewed": (True, is_review, SHAPE),
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


def drawing(folder: Path, picture: str) -> Path:
    """Return the file that holds `picture`."""
    return folder / "pictures" / f"{picture}.svg"


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
        if topic.picture and not drawing(folder.parent, topic.picture).exists():
            yield Problem(file, "picture", f"there is no {drawing(folder.parent, topic.picture)}; draw or remove it")
        for other in topic.related:
            if other not in named or other in DANGERS:
                yield Problem(file, "related", f"{other!r} is no topic that can be offered; remove it")
