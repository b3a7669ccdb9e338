"""Every text beside its translations: what each language says, what it costs there, and who answers for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot import booklet
from bot.booklet import Entry, Text
from bot.check.replies import replies_of
from bot.check.rules import Rules
from bot.languages import SOURCE, direction, is_latin
from bot.phrases import Phrasebook
from bot.plain import Rule, cheapest
from bot.segments import encoding, foreign, segments
from bot.topics import Topic

_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Side:
    """One text in one language. `text` is "" where it has no usable translation, so that English is sent.

    `segments` and `encoding` are those of the whole SMS reply as it is sent, 0 and "" for a part of one; `letters` are
    those that force UCS-2 upon a language of Latin letters, `is_plain` tells that marks are left out to spare them.
    """

    language: str
    direction: str
    text: str
    segments: int = 0
    encoding: str = ""
    letters: tuple[str, ...] = ()
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One English text and its sides."""

    english: Text
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """One topic in English and in other languages. `titles` are its names there, by language."""

    entry: Entry
    titles: Mapping[str, str]
    rows: tuple[Row, ...]


def spreads(
    names: Iterable[str],
    topics: Mapping[str, Topic],
    languages: Iterable[str],
    phrases: Phrasebook,
    rules: Rules,
    plain: Mapping[str, Rule],
    today: date,
) -> list[Spread]:
    """Return the topics `names` beside `languages`; SMS of those with a rule in `plain` go in plain letters."""
    beside = [language for language in languages if language != SOURCE]
    return [spread(topics[name], topics, beside, phrases, rules, plain, today) for name in names]


def spread(
    topic: Topic,
    topics: Mapping[str, Topic],
    languages: Iterable[str],
    phrases: Phrasebook,
    rules: Rules,
    plain: Mapping[str, Rule],
    today: date,
) -> Spread:
    """Return one topic beside `languages`."""
    entry = booklet.entry(topic, topics, phrases, rules, today)
    replies = {language: dict(replies_of(topic, language, phrases)) for language in languages}
    rows = tuple(
        Row(
            text,
            tuple(
                _side(text.name, language, said[text.name], phrases, plain.get(language))
                for language, said in replies.items()
            ),
        )
        for text in entry.texts
    )
    titles = {language: phrases.say(f"{topic.id}.title", language) for language in replies}
    return Spread(entry, titles, rows)


def _side(name: str, language: str, reply: str, phrases: Phrasebook, rule: Rule | None) -> Side:
    sent = cheapest(reply, rule)
    letters = tuple(foreign(sent)[:_LETTERS]) if is_latin(language) else ()
    said = phrases.texts[language].get(name, "")
    is_plain = sent != cheapest(reply)
    return Side(language, direction(language), said, segments(sent), encoding(sent).value, letters, is_plain)


def sentences(topics: Mapping[str, Topic], language: str, phrases: Phrasebook, rules: Rules) -> Iterator[Row]:
    """Yield the bot's own sentences beside one language."""
    for text in booklet.sentences(topics, phrases, rules):
        said = phrases.texts[language].get(text.name, "") if language != SOURCE else ""
        yield Row(text, () if language == SOURCE else (Side(language, direction(language), said),))
