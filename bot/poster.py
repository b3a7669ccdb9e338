"""The poster for a waiting room: one sheet that asks, in one to four languages, and says where to text.

The codes are QR: `SMSTO:`, which the cameras of old and new phones read alike, and WhatsApp's click-to-chat address.
Each opens a message to the line with the language's own name typed in, the one first word that no two languages share.
The same sheet is shown on a page, printed by the browser, and made into PDF and PNG by `printing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.languages import direction, own_name
from bot.model import Channel
from bot.phrases import Phrasebook

MOST_LANGUAGES = 4
CHANNELS = {Channel.SMS: "SMS", Channel.WHATSAPP: "WhatsApp"}
_LONG_LINE = 16
"""Letters of a headline's line from which on it is set smaller."""
_SHORTEST_NUMBER = 7
"""Digits of a number that WhatsApp can have; fewer are a short code, for SMS alone."""


class Paper(StrEnum):
    """What it is printed on; the values name classes of the sheet."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Code:
    """One QR code: what it is called beside it, the address that it holds, and its drawing."""

    name: str
    address: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class Ask:
    """What the poster says in one language, and the codes that begin a talk in it."""

    language: str
    direction: str
    headline: tuple[str, ...]
    is_long: bool
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """What a sheet shows. `number` is E.164 or a short code, `shown` how people read it."""

    number: str
    shown: str
    asks: tuple[Ask, ...]
    paper: Paper


def line_number(text: str) -> str:
    """Return a number as E.164, or a short code as it is. Raise ValueError with what to write instead.

    >>> line_number("+1 (555) 765-4321"), line_number("12345")
    ('+15557654321', '12345')
    """
    # A tenth of a start, for what is seldom asked.
    import phonenumbers

    digits = "".join(text.split())
    if digits.isascii() and digits.isdecimal() and len(digits) < _SHORTEST_NUMBER and len(digits) > 2:
        return digits
    try:
        parsed = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise ValueError("write the line's number with + and its country's code, such as +15557654321")
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def as_read(number: str) -> str:
    """Return a number as people read it, with its country's code.

    >>> as_read("+525512345678"), as_read("12345")
    ('+52 55 1234 5678', '12345')
    """
    import phonenumbers

    if not number.startswith("+"):
        return number
    parsed = phonenumbers.parse(number)
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def poster(
    number: str,
    languages: Sequence[str],
    phrases: Phrasebook,
    channels: Sequence[Channel] = tuple(CHANNELS),
    paper: Paper = Paper.A4,
) -> Poster:
    """Return the poster of the line at `number`. Raise ValueError where there is nothing, or too much, to say."""
    chosen = tuple(dict.fromkeys(languages))
    unknown = [code for code in chosen if code not in phrases.languages]
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is not served; choose from {', '.join(phrases.languages)}")
    if not 1 <= len(chosen) <= MOST_LANGUAGES:
        raise ValueError(f"choose one to {MOST_LANGUAGES} languages")
    line = line_number(number)
    reached = [channel for channel in CHANNELS if channel in channels and _reaches(channel, line)]
    if not reached:
        raise ValueError("choose SMS, WhatsApp or both; a short code has SMS alone")
    return Poster(line, as_read(line), tuple(_ask(code, line, reached, phrases) for code in chosen), paper)


def _reaches(channel: Channel, number: str) -> bool:
    return channel is Channel.SMS or number.startswith("+")


def _ask(language: str, number: str, channels: Sequence[Channel], phrases: Phrasebook) -> Ask:
    codes = tuple(_code(channel, number, own_name(language)) for channel in channels)
    headline = _balanced(phrases.say("poster_headline", language))
    is_long = max(map(len, headline)) > _LONG_LINE
    return Ask(language, direction(language), headline, is_long, codes)


def _balanced(text: str) -> tuple[str, ...]:
    """Return `text` in two lines as even as its words allow, or in one.

    >>> _balanced("Questions about acne scars?"), _balanced("想了解痘疤？")
    (('Questions about', 'acne scars?'), ('想了解痘疤？',))
    """
    words = text.split(" ")
    ways = [(" ".join(words[:end]), " ".join(words[end:])) for end in range(1, len(words))]
    return min(ways, key=lambda lines: max(map(len, lines)), default=(text,))


def _code(channel: Channel, number: str, word: str) -> Code:
    address = _address(channel, number, word)
    # It costs a twentieth of a second at import; most processes draw no code.
    import segno

    drawing = segno.make_qr(address, error="m", encoding="utf-8")
    svg = drawing.svg_inline(border=0, omitsize=True, dark="#12332f", svgclass="qr", lineclass=None)
    return Code(CHANNELS[channel], address, Markup(svg))  # noqa: S704 - drawn by segno, from squares alone


def _address(channel: Channel, number: str, word: str) -> str:
    """Return what a code holds.

    >>> _address(Channel.SMS, "+15557654321", "Español"), _address(Channel.WHATSAPP, "+15557654321", "Español")
    ('SMSTO:+15557654321:Español', 'https://wa.me/15557654321?text=Espa%C3%B1ol')
    """
    if channel is Channel.SMS:
        return f"SMSTO:{number}:{word}"
    return f"https://wa.me/{number.removeprefix('+')}?text={quote(word)}"


def render(shown: Poster, phrases: Phrasebook) -> str:
    """Return the sheet as a page of its own, without its stylesheet."""
    environment = Environment(
        loader=PackageLoader("bot"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("sheet.html").render(
        poster=shown, texts=phrases.say, clinic_name=phrases.clinic.name
    )
