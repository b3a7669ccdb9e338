"""What no single file shows: whether every whole reply fits, in every language, and can be acted on.

Run by `skinline check` and by the tests. A problem is a mistake; each names the text and what to do.
"""

from collections import defaultdict
from collections.abc import Iterator

from bot import compose
from bot.content import LONGEST_TITLE, Library
from bot.phrases import Phrasebook
from bot.problems import Problem
from bot.segments import Encoding, encoding, foreign, segments
from bot.spots import LONGEST_RUN
from bot.text import graphemes, is_unspaced, words

BUDGET = {Encoding.GSM7: 2, Encoding.UCS2: 4}
"""Segments of a whole SMS reply."""
ROWS = ("menu_more", "forget", "yes_help", "no_go_on", "yes_stop")
_SHOUTED = {"hint": ("more", "menu"), "hint_last": ("menu",), "stopped": ("start",), "notice": ("stop",)}


def findings(library: Library, phrases: Phrasebook) -> Iterator[Problem]:
    """Yield everything wrong with what would be sent, and with keywords that exclude each other."""
    for language in phrases.languages:
        yield from _too_long(language, library, phrases)
        yield from _long_rows(language, library, phrases)
        yield from _words_nobody_understands(language, library, phrases)
    yield from _keywords_of_two(library)


def replies(language: str, library: Library, phrases: Phrasebook) -> Iterator[tuple[str, str]]:
    """Yield each whole reply that a topic or the menu can lead to, under the name of its text."""
    for topic in library.topics.values():
        yield f"{topic.id}.answer", compose.topic(topic, language, phrases)
        for number in range(1, len(topic.more) + 1):
            yield f"{topic.id}.more.{number}", compose.page(topic, number, language, phrases)
    for start in range(0, len(library.menu), compose.MENU_ROWS):
        yield "menu", compose.menu(start, language, library, phrases)[0]
    yield "menu_foot", compose.help_and_menu(language, library, phrases)
    yield "not_understood", compose.not_understood(language, library, phrases)


def _too_long(language: str, library: Library, phrases: Phrasebook) -> Iterator[Problem]:
    for name, text in replies(language, library, phrases):
        alphabet = encoding(text)
        count, most = segments(text), BUDGET[alphabet]
        if count > most:
            why = f", UCS-2 because of {' '.join(foreign(text)[:5])}" if alphabet is Encoding.UCS2 else ""
            advice = f"{count} segments, {most} allowed{why}; shorten the text"
            yield Problem(f"locales/{language}", name, advice)


def _long_rows(language: str, library: Library, phrases: Phrasebook) -> Iterator[Problem]:
    for name in (*ROWS, *(f"{topic}.title" for topic in library.topics)):
        length = len(graphemes(phrases.say(name, language)))
        if length > LONGEST_TITLE:
            yield Problem(f"locales/{language}", name, f"{length} letters, {LONGEST_TITLE} allowed; shorten it")


def _words_nobody_understands(language: str, library: Library, phrases: Phrasebook) -> Iterator[Problem]:
    """A text that says "text MORE" must name a word that stands alone under `more` in that language's keywords."""
    alone: defaultdict[str, set[str]] = defaultdict(set)
    for keyword in library.speeches[language].keywords:
        if len(keyword.parts) == 1:
            alone[keyword.want].update(keyword.parts[0])
    for name, controls in _SHOUTED.items():
        said = _words(phrases.say(name, language))
        for control in controls:
            if said.isdisjoint(alone[control]):
                advice = f"names no word that is understood as {control!r}; add it to content/keywords/{language}.toml"
                yield Problem(f"locales/{language}", name, advice)


def _words(text: str) -> set[str]:
    """Return the folded words of a text; of scripts without spaces every run of a few letters."""
    found = words(text)
    ends = range(1, LONGEST_RUN + 1)
    runs = {
        "".join(found[start : start + end]) for start, word in enumerate(found) if is_unspaced(word) for end in ends
    }
    return runs | set(found)


def _keywords_of_two(library: Library) -> Iterator[Problem]:
    wants: defaultdict[tuple[str, tuple[frozenset[str], ...]], set[str]] = defaultdict(set)
    for speech in library.speeches.values():
        for keyword in speech.keywords:
            wants[speech.language, keyword.parts].add(keyword.want)
    for (language, parts), found in wants.items():
        if len(found) > 1:
            text = " ".join("|".join(sorted(part)) for part in parts)
            advice = f"stands for {' and '.join(sorted(found))}; leave it with one of them"
            yield Problem(f"content/keywords/{language}.toml", text, advice)
