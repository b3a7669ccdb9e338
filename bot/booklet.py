"""The booklet: the whole library as one page that a clinician reads, prints and signs, and that needs no other file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot import readability
from bot.check.english import is_graded, is_of_topic
from bot.check.replies import replies_of
from bot.check.reviews import Standing, standing, state
from bot.check.rules import Rules
from bot.languages import SOURCE
from bot.phrases import Phrasebook
from bot.segments import segments
from bot.topics import CONTENT, Topic, in_menu_order


@dataclass(frozen=True, slots=True)
class Text:
    """One English text, how hard it is to read (None: too short to tell), and what the whole reply costs (0: part)."""

    name: str
    text: str
    grade: float | None
    segments: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic with its texts, the titles of what is offered next, and the state of its signature."""

    topic: Topic
    texts: tuple[Text, ...]
    related: tuple[str, ...]
    state: str
    standing: Standing

    @property
    def is_signed(self) -> bool:
        return self.standing is Standing.SIGNED


def render(topics: Mapping[str, Topic], phrases: Phrasebook, rules: Rules, today: date, folder: Path = CONTENT) -> str:
    """Return the page."""
    environment = Environment(
        loader=PackageLoader("bot"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found = entries(topics, phrases, rules, today)
    return environment.get_template("booklet.html").render(
        entries=found,
        unsigned=sum(not entry.is_signed for entry in found),
        sentences=sentences(topics, phrases, rules, folder),
        rules=rules,
        today=today,
    )


def entries(topics: Mapping[str, Topic], phrases: Phrasebook, rules: Rules, today: date) -> list[Entry]:
    """Return every topic in English, in the order of the menu."""
    return [entry(topic, topics, phrases, rules, today) for topic in in_menu_order(topics.values())]


def entry(topic: Topic, topics: Mapping[str, Topic], phrases: Phrasebook, rules: Rules, today: date) -> Entry:
    """Return one topic in English."""
    costs = {name: segments(reply) for name, reply in replies_of(topic, SOURCE, phrases)}
    texts = tuple(_text(name, phrases.english[name], topics, rules, cost) for name, cost in costs.items())
    related = tuple(topics[other].title for other in topic.related)
    return Entry(topic, texts, related, state(topic, today), standing(topic, today))


def _text(name: str, text: str, topics: Mapping[str, Topic], rules: Rules, cost: int = 0, note: str = "") -> Text:
    grade = round(readability.grade(text, rules.excused), 1) if is_graded(name, text, topics, rules) else None
    return Text(name, text, grade, cost, note)


def sentences(topics: Mapping[str, Topic], phrases: Phrasebook, rules: Rules, folder: Path = CONTENT) -> Iterator[Text]:
    """Yield the bot's own sentences in English, each with what translators are told of it."""
    notes = _notes(folder / "phrases.toml")
    for name, text in phrases.english.items():
        if not is_of_topic(name, topics):
            yield _text(name, text, topics, rules, note=notes.get(name, ""))


def _notes(path: Path) -> dict[str, str]:
    source = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: phrase["note"] for name, phrase in source.items()}
