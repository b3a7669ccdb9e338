"""What no single file shows: whether every whole reply fits, in every language, and can be acted on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

from bot import compose, days, offers
from bot.check.english import file_of, is_of_topic
from bot.check.finding import Finding
from bot.content import Library
from bot.keywords import Phrase
from bot.languages import SOURCE
from bot.model import DANGERS, Offer
from bot.offers import LONGEST_BUTTON
from bot.phrases import Phrasebook
from bot.segments import Encoding, encoding, foreign, segments
from bot.text import graphemes, is_unspaced, words
from bot.topics import LONGEST_TITLE, Topic

BUDGET = {Encoding.GSM7: 2, Encoding.UCS2: 4}
"""Segments of a whole SMS reply."""
ALONE = (
    *("welcome", "hello_again", "notice", "language_changed", "stopped", "started", "forgotten"),
    *("voice", "text_only", "loop", "remind_off", "failed", "remind_due"),
)
"""What is sent as a text of its own."""
ROWS = ("menu_more", "forget", "yes_help", "no_go_on", "yes_stop")
BUTTONS = ("remind_me", *offers.REMIND_IN, "remind_none", "choose")
_LONGEST_DATE = datetime(2026, 9, 23, tzinfo=UTC)
_LONGEST_RUN = 8
_LATIN = re.compile("[a-z]+")
_SHOUTED = {"hint": ("more", "menu"), "hint_last": ("menu",), "stopped": ("start",), "notice": ("stop",)}


def findings(library: Library, phrases: Phrasebook) -> Iterator[Finding]:
    """Yield everything wrong with what would be sent, and with phrases that exclude each other."""
    for language in phrases.languages:
        yield from _too_long(language, library, phrases)
        yield from _long_rows(language, library, phrases)
        yield from _words_nobody_understands(language, library, phrases)
    yield from _phrases_of_two(library)


def replies(language: str, library: Library, phrases: Phrasebook) -> Iterator[tuple[str, str]]:
    """Yield each whole reply, under the name of its text."""
    for topic in library.topics.values():
        yield from replies_of(topic, language, phrases)
    for text in sorted({compose.withdrawn(topic, language, phrases) for topic in library.topics.values()}):
        yield "withdrawn", text
    for name, offer in offered(language, library, phrases):
        yield name, offers.listed(offer)
    for name in ALONE:
        yield name, phrases.say(name, language)
    yield "remind_on", phrases.say("remind_on", language, date=_longest_date(language, phrases))


def _longest_date(language: str, phrases: Phrasebook) -> str:
    return days.said(_LONGEST_DATE, language, phrases.say("months", language))


def offered(language: str, library: Library, phrases: Phrasebook) -> Iterator[tuple[str, Offer]]:
    """Yield everything that people can choose from, as a whole reply, under the name of its text."""
    for topic in library.topics.values():
        yield "no_more", offers.of_topics("no_more", topic.related, language, phrases)
    able = replace(phrases, clinic=replace(phrases.clinic, reminds=True))
    for start in range(0, len(library.menu), offers.MENU_ROWS):
        yield "menu", offers.menu(start, language, library, able)
    yield "menu_foot", offers.help_and_menu(language, library, phrases)
    yield "not_understood", offers.not_understood(language, library, phrases)
    yield "thanks", offers.thanks(language, phrases, is_offered=True)
    yield "remind_when", offers.reminders(language, phrases, _longest_date(language, phrases))
    yield "privacy", offers.privacy(language, phrases)
    for act in ("stop", *DANGERS):
        yield f"ask_{act}", offers.question(f"ask_{act}", act, language, phrases)
    for start in range(0, len(phrases.languages), offers.LANGUAGE_ROWS):
        yield "languages", offers.languages(start, language, phrases)


def replies_of(topic: Topic, language: str, phrases: Phrasebook) -> Iterator[tuple[str, str]]:
    """Yield each whole reply that a topic can lead to, under the name of its text."""
    yield f"{topic.id}.answer", compose.topic(topic, language, phrases)
    for number in range(1, len(topic.more) + 1):
        yield f"{topic.id}.more.{number}", compose.page(topic, number, language, phrases)


def _where(name: str, language: str, library: Library) -> str:
    if language == SOURCE:
        return file_of(name, library.topics)
    return f"locales/{language}/LC_MESSAGES/{'content' if is_of_topic(name, library.topics) else 'bot'}.po"


def _too_long(language: str, library: Library, phrases: Phrasebook) -> Iterator[Finding]:
    for name, text in replies(language, library, phrases):
        alphabet = encoding(text)
        count, most = segments(text), BUDGET[alphabet]
        if count > most:
            why = f", UCS-2 because of {' '.join(foreign(text)[:5])}" if alphabet is Encoding.UCS2 else ""
            advice = f"{count} segments, {most} allowed{why}; shorten the text"
            yield Finding(_where(name, language, library), name, advice, text)


def _long_rows(language: str, library: Library, phrases: Phrasebook) -> Iterator[Finding]:
    rows = dict.fromkeys((*ROWS, *(f"{topic}.title" for topic in library.topics)), LONGEST_TITLE)
    for name, most in {**rows, **dict.fromkeys(BUTTONS, LONGEST_BUTTON)}.items():
        text = phrases.say(name, language)
        length = len(graphemes(text))
        if length > most:
            advice = f"{length} letters, {most} allowed; shorten it"
            yield Finding(_where(name, language, library), name, advice, text)


def _words_nobody_understands(language: str, library: Library, phrases: Phrasebook) -> Iterator[Finding]:
    """A text that says "text MORE" must name a word that stands alone under `more` in that language's keywords."""
    alone: defaultdict[str, set[str]] = defaultdict(set)
    for phrase in library.lexicon.tongues[language].said:
        if len(phrase.parts) == 1:
            alone[phrase.want].update(phrase.parts[0])
    for name, controls in _SHOUTED.items():
        text = phrases.say(name, language)
        said = _words(text)
        for control in controls:
            if said.isdisjoint(alone[control]):
                advice = f"names no word that is understood as {control!r}; add it to content/keywords/{language}.toml"
                yield Finding(_where(name, language, library), name, advice, text)


def _words(text: str) -> set[str]:
    """Return the folded words of a text; of scripts without spaces every run of a few letters.

    >>> {"start", "메뉴"} <= _words("START를, 메뉴")
    True
    """
    found = words(text)
    ends = range(1, _LONGEST_RUN + 1)
    runs = {
        "".join(found[start : start + end]) for start, word in enumerate(found) if is_unspaced(word) for end in ends
    }
    # Korean joins its particles to a word of ours.
    latin = {run for word in found if not word.isascii() for run in _LATIN.findall(word)}
    return runs | latin | set(found)


def _phrases_of_two(library: Library) -> Iterator[Finding]:
    """Two phrases that one text shows: a mistake where they are the same, to be weighed where some choices meet."""
    for tongue in library.lexicon.tongues.values():
        told: set[tuple[str, str, str]] = set()
        for first, second in _beginning_alike(tongue.said):
            met = [one & other for one, other in zip(first.parts, second.parts, strict=True)]
            said = (" ".join("|".join(sorted(part)) for part in met), first.want, second.want)
            if all(met) and said not in told:
                told.add(said)
                advice = f"stands for {first.want} and {second.want}; leave it with one of them"
                is_warning = first.parts != second.parts
                yield Finding(f"content/keywords/{tongue.language}.toml", said[0], advice, is_warning=is_warning)


def _beginning_alike(phrases: Iterable[Phrase]) -> Iterator[tuple[Phrase, Phrase]]:
    """Yield every two phrases of different wants that are as long and may begin with the same word."""
    beginning: defaultdict[tuple[str, int], list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        for key in phrase.parts[0]:
            beginning[key, len(phrase.parts)].append(phrase)
    for alike in beginning.values():
        yield from (pair for pair in combinations(alike, 2) if pair[0].want != pair[1].want)
