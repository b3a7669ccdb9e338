"""The words of a reply.

An answer is the topic's text, the reminder to see a dermatologist, and what to text next; a danger answer is its text
alone. What a whole reply may cost is checked on every text in every language (`bot.check`), not trimmed here: cutting
a medical text could change what it says.
"""

from bot.languages import SOURCE
from bot.model import Channel
from bot.phrases import Phrasebook
from bot.topics import Topic

RICH = (Channel.WHATSAPP, Channel.RCS)
"""Channels that show *bold*, and bill a message whole however long it is."""
LONGEST_RICH = 1024
"""Characters of a long answer: what WhatsApp allows above buttons, and about what a phone shows at once."""


def topic(subject: Topic, language: str, phrases: Phrasebook) -> str:
    """Return the whole answer of a topic."""
    text = _medical(f"{subject.id}.answer", language, phrases)
    if subject.is_danger:
        return "\n".join([text, *_crisis_line(subject, language, phrases)])
    details = clinic_lines(language, phrases) if subject.id == "appointment" else []
    hint = "hint" if subject.more else "hint_last"
    return "\n".join([text, *details, phrases.say("reminder", language), phrases.say(hint, language)])


def short_topic(subject: Topic, language: str, phrases: Phrasebook) -> tuple[str, int]:
    """Return an answer for a channel where length costs, and that no further page is within it."""
    return topic(subject, language, phrases), 0


def rich_topic(subject: Topic, language: str, phrases: Phrasebook) -> tuple[str, int]:
    """Return an answer for a channel with *bold*, where length costs nothing, and the last further page within it.

    The title stands above, and the first further page below the answer where all of it fits `LONGEST_RICH`.
    """
    if subject.is_danger:
        return topic(subject, language, phrases), 0
    short = f"*{phrases.say(f'{subject.id}.title', language)}*\n{topic(subject, language, phrases)}"
    if not subject.more or (language != SOURCE and not phrases.has(f"{subject.id}.more.1", language)):
        return short, 0
    lines = short.splitlines()
    hint = phrases.say("hint" if len(subject.more) > 1 else "hint_last", language)
    longer = "\n".join([*lines[:-2], _medical(f"{subject.id}.more.1", language, phrases), lines[-2], hint])
    return (longer, 1) if len(longer) <= LONGEST_RICH else (short, 0)


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
