"""The booklet: the whole library as one page that a clinician reads, prints and signs, and that needs no other file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot import readability
from bot.check.english import is_graded, is_of_topic
from bot.check.replies import replies_of
from bot.check.reviews import Standing, standing, state
from bot.check.rules import Rules
from bot.languages import SOURCE
from bot.phrases import Phrasebook
from bot.segments import segments
from bot.topics import CONTENT, Topic, drawing, in_menu_order


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
    """A topic with all that is shown of it: what is offered next by title, `alt` what is read aloud for its drawing."""

    topic: Topic
    texts: tuple[Text, ...]
    drawing: Markup
    alt: str
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
    found = entries(topics, phrases, rules, today, folder)
    return environment.get_template("booklet.html").render(
        entries=found,
        unsigned=sum(not entry.is_signed for entry in found),
        sentences=sentences(topics, phrases, rules, folder),
        rules=rules,
        today=today,
    )


def entries(
    topics: Mapping[str, Topic], phrases: Phrasebook, rules: Rules, today: date, folder: Path = CONTENT
) -> list[Entry]:
    """Return every topic in English, in the order of the menu."""
    return [entry(topic, topics, phrases, rules, today, folder) for topic in in_menu_order(topics.values())]


def entry(
    topic: Topic, topics: Mapping[str, Topic], phrases: Phrasebook, rules: Rules, today: date, folder: Path = CONTENT
) -> Entry:
    """Return one topic in English."""
    costs = {name: segments(reply) for name, reply in replies_of(topic, SOURCE, phrases)}
    texts = tuple(_text(name, phrases.english[name], topics, rules, cost) for name, cost in costs.items())
    alt = phrases.english.get(f"picture_{topic.picture}", "")
    related = tuple(topics[other].title for other in topic.related)
    drawn = _drawn(topic.picture, folder)
    return Entry(topic, texts, drawn, alt, related, state(topic, today), standing(topic, today))


def _drawn(picture: str, folder: Path) -> Markup:
    """Return a topic's drawing to stand in the page; its clips get names of their own, as those of a file need not."""
    # Ours, and checked to hold shapes alone.
    source = drawing(folder, picture).read_text(encoding="utf-8") if picture else ""
    return Markup(re.sub(r'(id="|url\(#)', rf"\g<1>{picture}-", source))  # noqa: S704


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
