"""The words of a reply.

An answer is the topic's text, the reminder to see a dermatologist, and what to text next; a danger answer is its text
alone. What a whole reply may cost is checked on every text in every language (`bot.check`), not trimmed here: cutting
a medical text could change what it says.
"""

from collections.abc import Sequence

from bot.content import Library
from bot.languages import SOURCE, own_name
from bot.phrases import Phrasebook
from bot.topics import Topic

MENU_ROWS = 6
"""Topics on one page of the menu: with a row for more they still fit two segments, or four in UCS-2."""
LANGUAGE_ROWS = 12
"""Languages on one page of their list, which needs UCS-2 whoever reads it."""


def topic(subject: Topic, language: str, phrases: Phrasebook) -> str:
    """Return the whole answer of a topic."""
    text = _medical(f"{subject.id}.answer", language, phrases)
    if subject.is_danger:
        return "\n".join([text, *_crisis_line(subject, language, phrases)])
    details = clinic_lines(language, phrases) if subject.id == "appointment" else []
    hint = "hint" if subject.more else "hint_last"
    return "\n".join([text, *details, phrases.say("reminder", language), phrases.say(hint, language)])


def withdrawn(subject: Topic, language: str, phrases: Phrasebook) -> str:
    """Return what stands in for a topic whose signature has run out: nothing medical but the way to a dermatologist."""
    details = clinic_lines(language, phrases) if subject.id == "appointment" else []
    return "\n".join([phrases.say("withdrawn", language), *details, phrases.say("hint_last", language)])


def page(subject: Topic, number: int, language: str, phrases: Phrasebook) -> str:
    """Return further page `number` (from 1) of a topic."""
    hint = "hint" if number < len(subject.more) else "hint_last"
    return "\n".join([_medical(f"{subject.id}.more.{number}", language, phrases), phrases.say(hint, language)])


def _medical(name: str, language: str, phrases: Phrasebook) -> str:
    """A medical text without an approved translation is said in English, and said to be so."""
    text = phrases.say(name, language)
    if language != SOURCE and not phrases.has(name, language):
        return f"{phrases.say('in_english', language)}\n{text}"
    return text


def _crisis_line(subject: Topic, language: str, phrases: Phrasebook) -> list[str]:
    line = phrases.clinic.crisis_line
    return [phrases.say("crisis_line", language, line=line)] if line and subject.id == "crisis" else []


def clinic_lines(language: str, phrases: Phrasebook) -> list[str]:
    """Return a line for each detail that the clinic has entered."""
    clinic = phrases.clinic
    details = {
        "clinic_phone": {"phone": clinic.phone},
        "clinic_hours": {"hours": clinic.hours},
        "clinic_address": {"address": clinic.address},
        "clinic_booking": {"url": clinic.booking_url},
    }
    return [phrases.say(name, language, **values) for name, values in details.items() if all(values.values())]


def listed(heading: str, rows: Sequence[str]) -> str:
    """Return a heading and its rows, numbered from 1.

    >>> listed("Which?", ["Laser", "Peels"])
    'Which?\\n1 Laser\\n2 Peels'
    """
    return "\n".join([heading, *(f"{number} {row}" for number, row in enumerate(rows, start=1))])


def menu(start: int, language: str, library: Library, phrases: Phrasebook) -> tuple[str, tuple[str, ...]]:
    """Return the page of the menu that begins with topic `start` (from 0), and what its numbers stand for."""
    listed_topics = library.menu
    shown = listed_topics[start : start + MENU_ROWS]
    rows = [title(topic_id, language, phrases) for topic_id in shown]
    offered = tuple(shown)
    if start + MENU_ROWS < len(listed_topics):
        rows.append(phrases.say("menu_more", language))
        offered = (*offered, f"menu:{start + MENU_ROWS}")
    return listed(phrases.say("menu", language), rows), offered


def help_and_menu(language: str, library: Library, phrases: Phrasebook) -> str:
    """Return the first page of the menu with what US carriers want in an answer to HELP: who, contact, how to stop."""
    return footed(menu(0, language, library, phrases)[0], language, phrases)


def footed(text: str, language: str, phrases: Phrasebook) -> str:
    """Return `text` and what carriers want below it."""
    return f"{text}\n{_tidy(phrases.say('menu_foot', language))}"


def not_understood(language: str, library: Library, phrases: Phrasebook) -> str:
    """Return the first page of the menu under a word of regret, with the reminder."""
    return regretting(menu(0, language, library, phrases)[0], language, phrases)


def regretting(text: str, language: str, phrases: Phrasebook) -> str:
    """Return `text` under a word of regret, with the reminder."""
    return "\n".join([phrases.say("not_understood", language), text, phrases.say("reminder", language)])


def title(topic_id: str, language: str, phrases: Phrasebook) -> str:
    """Return a topic's title as a row of a list."""
    return phrases.say(f"{topic_id}.title", language)


def languages(start: int, language: str, phrases: Phrasebook) -> tuple[str, tuple[str, ...]]:
    """Return the list of languages from `start`, each in its own name, and what its numbers stand for."""
    shown = phrases.languages[start : start + LANGUAGE_ROWS]
    rows, offered = [own_name(code) for code in shown], [f"language:{code}" for code in shown]
    if start + LANGUAGE_ROWS < len(phrases.languages):
        rows.append("...")
        offered.append(f"languages:{start + LANGUAGE_ROWS}")
    return listed(phrases.say("languages", language), rows), tuple(offered)


def _tidy(line: str) -> str:
    """Close the gap that a clinic without a phone number leaves.

    >>> _tidy("Clinic . Msg & data rates may apply.")
    'Clinic. Msg & data rates may apply.'
    """
    for mark in ".,。，।،:":
        line = line.replace(f" {mark}", mark)
    return line
