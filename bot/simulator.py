"""The simulator: a page on which staff text the bot as a phone would, and see why it answers what it answers.

It keeps nothing between requests: the talk so far travels in the page, signed, and the sender that it plays is an
address made up for that page. It works without scripts.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, repeat

from babel import Locale
from flask import render_template
from itsdangerous import BadData, URLSafeSerializer

from bot.languages import direction, own_name
from bot.model import Channel, Message, Outcome
from bot.phrases import Phrasebook
from bot.privacy import wanted
from bot.receive import Answered, Arrival, Line, receive
from bot.segments import encoding, segments
from bot.settings import Settings
from bot.store import Unavailable

LONGEST_TALK = 40
"""Exchanges that travel in the page: it stays below the largest request."""
LARGEST_TALK = 40_000
LONGEST_TEXT = 1600


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text on the simulated phone, and what it would be billed."""

    text: str
    direction: str = "auto"
    segments: int = 0
    encoding: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was typed, what came back, and why."""

    asked: str
    replies: tuple[Bubble, ...]
    language: str = ""
    want: str = ""
    how: str = ""
    sure: int = 0
    runner_up: str = ""
    words: tuple[str, ...] = ()


def render(form: Mapping[str, str], settings: Settings, line: Line) -> str:
    """Return the page after what `form` asks for: a text answered, a choice changed, a talk begun anew."""
    served = line.phrases.languages
    page = wanted(form.get("page", ""), served, settings.default_language)
    country = form.get("country", settings.clinic_country or "US")
    channel = form.get("channel", Channel.SMS.value)
    begins_anew = "restart" in form or not form.get("who")
    who = secrets.token_hex(8) if begins_anew else form["who"][:32]
    talk = [] if begins_anew else _talk(form.get("talk", ""), line.key)
    if form.get("text") and not begins_anew:
        talk.append(_exchange(form["text"][:LONGEST_TEXT], who, channel, country, line))
    talk, carried = _carried(talk, line.key)
    return render_template(
        "simulator.html",
        say=lambda name: line.phrases.say(f"page_{name}", page),
        page=page,
        direction=direction(page),
        pages=[(code, own_name(code)) for code in served],
        channels=[Channel.SMS.value, Channel.WHATSAPP.value],
        channel=channel,
        countries=_countries(page),
        country=country,
        who=who,
        talk=talk,
        carried=carried,
        language_name=own_name,
        path_of=line.pictures.paths.get,
        alt_of=lambda name, language: alt(name, language or page, line.phrases),
    )


def _talk(carried: str, key: str) -> list[Exchange]:
    """Read the talk that the page carried; one that we did not write begins anew."""
    try:
        exchanges = _serializer(key).loads(carried)
    except BadData:
        return []
    return [
        Exchange(**{**each, "replies": tuple(Bubble(**bubble) for bubble in each["replies"])}) for each in exchanges
    ]


def _carried(talk: list[Exchange], key: str) -> tuple[list[Exchange], str]:
    """Return as much of the latest talk as a page may carry back within the largest request, and how it is written."""
    latest = talk[-LONGEST_TALK:]
    while len(written := _serializer(key).dumps([asdict(each) for each in latest])) > LARGEST_TALK:
        latest = latest[1:]
    return latest, written


def _serializer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="simulator")


def _exchange(text: str, who: str, channel: str, country: str, line: Line) -> Exchange:
    message = Message(text, Channel(channel) if channel in set(Channel) else Channel.SMS, datetime.now(UTC), country)
    arrival = Arrival(
        message=message,
        sid=f"try{secrets.token_hex(16)}",
        addresses=[f"{message.channel}:simulator-{who}"],
        door="simulator",
        for_staff=False,
    )
    try:
        answered = receive(arrival, line)
    except Unavailable:
        return Exchange(text, (Bubble("503: no database"),))
    return _explained(text, tuple(_bubbles(answered, message.channel)), answered.outcome)


def _bubbles(answered: Answered, channel: Channel) -> Iterator[Bubble]:
    """Yield what the phone shows. Only SMS is billed in segments."""
    way, pictures = _direction(answered.outcome), chain([answered.picture], repeat(""))
    for said, picture in zip(answered.texts, pictures, strict=False):
        billed = (segments(said), encoding(said).value) if channel is Channel.SMS else (0, "")
        yield Bubble(said, way, *billed, picture)


def alt(picture: str, language: str, phrases: Phrasebook) -> str:
    """Return what is read aloud in place of a picture, "" where nobody has written it."""
    name = f"picture_{picture}"
    return phrases.say(name, language) if name in phrases.english else ""


def _direction(outcome: Outcome | None) -> str:
    return direction(outcome.reply.language) if outcome and outcome.reply else "auto"


def _explained(text: str, replies: tuple[Bubble, ...], outcome: Outcome | None) -> Exchange:
    if outcome is None or outcome.reading is None:
        return Exchange(text, replies)
    best, others = outcome.reading.best, outcome.reading.others
    return Exchange(
        asked=text,
        replies=replies,
        language=outcome.sender.language or best.language,
        want=best.name,
        how=outcome.how.value,
        sure=round(best.sure * 100),
        runner_up=others[0].name if others else "",
        words=best.why,
    )


@lru_cache(maxsize=32)
def _countries(page: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(page).territories
    return tuple(sorted(((code, name) for code, name in names.items() if _is_country(code)), key=lambda pair: pair[1]))


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")
