"""What people choose from: the menu, the languages, "which of two", when to be reminded; as rows, and as numbered text.

The rows of an `Offer` are the same on every channel, so that a number, a tap and an old tap mean the same thing. A
channel with lists of its own shows more of them at once.
"""

from collections.abc import Iterable

from bot.content import Library
from bot.languages import own_name
from bot.model import Channel, Offer, Row
from bot.phrases import Phrasebook

MENU_ROWS = 6
"""Topics on one page of the menu: with a row for more they still fit two segments, or four in UCS-2."""
LANGUAGE_ROWS = 12
"""Languages on one page of their list, which needs UCS-2 whoever reads it."""
LIST_ROWS = 10
"""Rows that a WhatsApp list may have (docs: content/twiliolist-picker), one of them for what follows."""
LONGEST_BUTTON = 20
"""Graphemes: WhatsApp's limit for a button."""
REMIND_IN = {"in_3_days": 3, "in_2_weeks": 14, "in_1_month": 30}
"""Days until a reminder, by the name of their row; Twilio holds a message for at most 35."""


def listed(offer: Offer) -> str:
    """Return an offer as text, its rows numbered from 1.

    >>> listed(Offer("Which?", (Row("laser", "Laser"), Row("peels", "Peels"))))
    'Which?\\n1 Laser\\n2 Peels'
    """
    rows = (f"{number} {row.title}" for number, row in enumerate(offer.rows, start=1))
    return "\n".join([offer.heading, *rows, *filter(None, [offer.foot])])


def named(names: Iterable[tuple[str, str]], language: str, phrases: Phrasebook) -> tuple[Row, ...]:
    """Return rows by (id, name of the row's text)."""
    return tuple(Row(each, phrases.say(name, language)) for each, name in names)


def of_topics(heading: str, topics: Iterable[str], language: str, phrases: Phrasebook) -> Offer:
    """Return topics to choose from, under the text called `heading`."""
    return Offer(phrases.say(heading, language), _titles(topics, language, phrases))


def _titles(topics: Iterable[str], language: str, phrases: Phrasebook) -> tuple[Row, ...]:
    return named(((topic, f"{topic}.title") for topic in topics), language, phrases)


def menu(start: int, language: str, library: Library, phrases: Phrasebook, channel: Channel = Channel.SMS) -> Offer:
    """Return the page of the menu that begins with topic `start` (from 0); the last ends with the reminder."""
    most = _most(MENU_ROWS, channel)
    start = start if start < len(library.menu) else 0
    rows = _titles(library.menu[start : start + most], language, phrases)
    if start + most < len(library.menu):
        rows = (*rows, Row(f"menu:{start + most}", phrases.say("menu_more", language)))
    elif phrases.clinic.reminds:
        rows = (*rows, Row("remind", phrases.say("remind_me", language)))
    return Offer(phrases.say("menu", language), rows)


def help_and_menu(language: str, library: Library, phrases: Phrasebook, channel: Channel = Channel.SMS) -> Offer:
    """Return the first page of the menu with what US carriers want in an answer to HELP: who, contact, how to stop."""
    shown = menu(0, language, library, phrases, channel)
    return Offer(shown.heading, shown.rows, _tidy(phrases.say("menu_foot", language)))


def not_understood(language: str, library: Library, phrases: Phrasebook, channel: Channel = Channel.SMS) -> Offer:
    """Return the first page of the menu under a word of regret, with the reminder."""
    shown = menu(0, language, library, phrases, channel)
    heading = f"{phrases.say('not_understood', language)}\n{shown.heading}"
    return Offer(heading, shown.rows, phrases.say("reminder", language))


def languages(start: int, language: str, phrases: Phrasebook, channel: Channel = Channel.SMS) -> Offer:
    """Return the list of languages from `start`, each in its own name."""
    most = _most(LANGUAGE_ROWS, channel)
    start = start if start < len(phrases.languages) else 0
    rows = tuple(Row(f"language:{code}", own_name(code)) for code in phrases.languages[start : start + most])
    if start + most < len(phrases.languages):
        rows = (*rows, Row(f"languages:{start + most}", "..."))
    return Offer(phrases.say("languages", language), rows)


def privacy(language: str, phrases: Phrasebook) -> Offer:
    """Return what is kept, and the row that has it deleted."""
    return Offer(phrases.say("privacy", language), named([("forget", "forget")], language, phrases))


def question(name: str, act: str, language: str, phrases: Phrasebook) -> Offer:
    """Return the question `name`, whose yes means `act`."""
    yes = "yes_stop" if act == "stop" else "yes_help"
    return Offer(phrases.say(name, language), named([(act, yes), ("go_on", "no_go_on")], language, phrases))


def thanks(language: str, phrases: Phrasebook, is_offered: bool) -> Offer:
    """Return the answer to thanks; with the offer of a reminder where one can be had."""
    heading = f"{phrases.say('thanks', language)}\n{phrases.say('reminder', language)}"
    return Offer(heading, named([("remind", "remind_me")] if is_offered else [], language, phrases))


def reminders(language: str, phrases: Phrasebook, date: str = "") -> Offer:
    """Return when to be reminded; where a reminder is set, its `date` above, and a row that cancels it."""
    heading, rows = phrases.say("remind_when", language), [(f"remind:{days}", name) for name, days in REMIND_IN.items()]
    if date:
        heading = f"{phrases.say('remind_on', language, date=date)}\n{heading}"
        rows.append(("remind:0", "remind_none"))
    return Offer(heading, named(rows, language, phrases))


def _most(rows: int, channel: Channel) -> int:
    return LIST_ROWS - 1 if channel is Channel.WHATSAPP else rows


def _tidy(line: str) -> str:
    """Close the gap that a clinic without a phone number leaves.

    >>> _tidy("Clinic . Msg & data rates may apply.")
    'Clinic. Msg & data rates may apply.'
    """
    for mark in ".,。，।،:":
        line = line.replace(f" {mark}", mark)
    return line
