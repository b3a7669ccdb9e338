"""An offer in the form that a channel has for it: a WhatsApp list or, of up to three short rows, buttons.

Twilio fills a template, made once for each language and number of rows, with the texts of the moment: a text that an
editor changes needs no new template. The name of a template says what is in it, so that what is held under an old
name is stale. Limits: docs of content/twiliolist-picker and twilio-quick-reply, counted in graphemes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from bot import offers
from bot.content import Library
from bot.model import DANGERS, Channel, Offer
from bot.offers import LIST_ROWS, LONGEST_BUTTON
from bot.phrases import Phrasebook
from bot.text import graphemes
from bot.topics import LONGEST_TITLE

PREFIX = "skinline_"
LONGEST_BODY = 1024
_BUTTONS = 3
"""Buttons of a message that needs no approval."""


class Kind(StrEnum):
    """What a template is: a list, buttons, or the text of a reminder."""

    LIST = "list"
    BUTTONS = "buttons"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Template:
    """What Twilio is to hold: `size` rows to be filled in, and `text`, the label of a list or the whole reminder."""

    kind: Kind
    language: str
    size: int
    text: str = ""

    @property
    def name(self) -> str:
        """The name under which Twilio holds it: small letters, digits and _, as Meta wants them."""
        code = sha256(self.text.encode()).hexdigest()[:8]
        return f"{PREFIX}{self.language.lower()}_{self.kind}_{self.size}_{code}"


@dataclass(frozen=True, slots=True)
class Picker:
    """A template and what fills it: {"1": body, "2": first title, "3": first id, …}."""

    template: Template
    values: Mapping[str, str]


def picker(offer: Offer, language: str, channel: Channel, phrases: Phrasebook) -> Picker | None:
    """Return the form of `offer` on `channel`; None where it has none for it, and the numbered text must do."""
    template = _template(offer, language, channel, phrases)
    body = _body(offer)
    if template is None or len(body) > LONGEST_BODY:
        return None
    texts = [body, *(text for row in offer.rows for text in (row.title, row.id))]
    return Picker(template, {str(number): text for number, text in enumerate(texts, start=1)})


def _body(offer: Offer) -> str:
    """Return what stands above the rows, in one line; what is the last line of a text leads to nothing there.

    >>> _body(Offer("Sorry.\\nText a number:", (), "STOP ends messages."))
    'Sorry. STOP ends messages. Text a number:'
    """
    *before, last = offer.heading.splitlines()
    return " ".join(" ".join([*before, offer.foot, last]).split())


def _template(offer: Offer, language: str, channel: Channel, phrases: Phrasebook) -> Template | None:
    titles = [row.title for row in offer.rows]
    if len(set(titles)) < len(titles) or not titles:
        return None
    longest = max(len(graphemes(title)) for title in titles)
    if channel in (Channel.WHATSAPP, Channel.RCS) and len(titles) <= _BUTTONS and longest <= LONGEST_BUTTON:
        return Template(Kind.BUTTONS, language, len(titles))
    if channel is Channel.WHATSAPP and len(titles) <= LIST_ROWS and longest <= LONGEST_TITLE:
        return Template(Kind.LIST, language, len(titles), phrases.say("choose", language))
    return None


def reminder(language: str, phrases: Phrasebook) -> Template:
    """Return the template of a reminder, which Meta must approve: it comes long after the last text."""
    return Template(Kind.REMINDER, language, 0, phrases.say("remind_due", language))


def needed(library: Library, phrases: Phrasebook) -> list[Template]:
    """Return every template that some reply on WhatsApp or RCS may ask for, each once."""
    found: dict[Template, None] = {}
    for language in phrases.languages:
        for offer in everything(language, library, phrases):
            ways = (_template(offer, language, channel, phrases) for channel in (Channel.WHATSAPP, Channel.RCS))
            found |= dict.fromkeys(way for way in ways if way)
        if phrases.clinic.reminds:
            found[reminder(language, phrases)] = None
    return list(found)


def everything(language: str, library: Library, phrases: Phrasebook) -> Iterator[Offer]:
    """Yield every offer that a person on WhatsApp may be shown; of two topics, the longest and the shortest."""
    for start in range(0, len(library.menu), LIST_ROWS - 1):
        yield offers.menu(start, language, library, phrases, Channel.WHATSAPP)
    for start in range(0, len(phrases.languages), LIST_ROWS - 1):
        yield offers.languages(start, language, phrases, Channel.WHATSAPP)
    yield offers.help_and_menu(language, library, phrases, Channel.WHATSAPP)
    yield offers.not_understood(language, library, phrases, Channel.WHATSAPP)
    for topic in library.topics.values():
        if topic.related:
            yield offers.of_topics("no_more", topic.related, language, phrases)
    titles = sorted(library.menu, key=lambda topic: len(graphemes(phrases.say(f"{topic}.title", language))))
    yield offers.of_topics("which", titles[:2], language, phrases)
    yield offers.of_topics("which", titles[-2:], language, phrases)
    yield offers.privacy(language, phrases)
    for act in ("stop", *DANGERS):
        yield offers.question(f"ask_{act}", act, language, phrases)
    if phrases.clinic.reminds:
        yield offers.thanks(language, phrases, is_offered=True)
        yield offers.reminders(language, phrases)
        yield offers.reminders(language, phrases, "1")
