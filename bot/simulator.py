"""The simulator: a talk with the bot as a phone would have it, and why it answers what it answers.

It keeps nothing between requests: the talk so far travels in the page, signed, and the sender that it plays is an
address made up for that page. It works without scripts.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from itsdangerous import BadData, URLSafeSerializer

from bot import pickers
from bot.languages import direction, own_name
from bot.line import Line
from bot.model import Channel, Message
from bot.receive import Answered, Arrival, receive
from bot.segments import encoding, parts
from bot.store import Unavailable

LONGEST_TALK = 40
"""Exchanges that travel in the page: it stays below the largest request."""
LARGEST_TALK = 40_000
LONGEST_TEXT = 1600
CHANNELS = (Channel.SMS, Channel.WHATSAPP)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text on the simulated phone. Of an SMS `parts` are what its segments carry; else it is whole."""

    text: str
    direction: str = "auto"
    parts: tuple[str, ...] = ()
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was typed, what came back, and why.

    `rows` are ids and titles to be tapped under the first reply, where the channel has lists or buttons; `label` opens
    a list, and is "" for buttons. `picture` names the drawing that goes with the reply.
    """

    asked: str
    replies: tuple[Bubble, ...]
    language: str = ""
    want: str = ""
    how: str = ""
    sure: int = 0
    runner_up: str = ""
    runner_up_sure: int = 0
    words: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    label: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk so far: who it plays, over what and from where, and how it travels.

    `begin` is the language chosen to begin in, "" for none; `begun` the one whose name has been texted.
    """

    who: str
    channel: Channel
    country: str
    begin: str
    begun: str
    exchanges: tuple[Exchange, ...]
    carried: str


def talk(form: Mapping[str, str], country: str, line: Line) -> Talk:
    """Return the talk after what `form` asks for: a text or a tap answered, a choice changed, a talk begun anew.

    To begin in a language is to text its name, as the codes on the poster do.
    """
    begins_anew = "restart" in form or not form.get("who")
    who = secrets.token_hex(8) if begins_anew else form["who"][:32]
    channel = next((each for each in CHANNELS if each == form.get("channel")), Channel.SMS)
    country = form.get("country", country)
    exchanges = [] if begins_anew else _read(form.get("talk", ""), line.key)
    begun = "" if begins_anew else form.get("begun", "")
    begin = form.get("begin", "") if form.get("begin") in line.phrases.languages else ""
    offered = dict(exchanges[-1].rows) if exchanges else {}
    for text, tap in () if begins_anew else _said(form, begin if begin != begun else "", offered):
        exchanges.append(_exchange(Message(text, channel, datetime.now(UTC), country, tap), who, line))
    latest, carried = _carried(exchanges, line.key)
    return Talk(who, channel, country, begin, "" if begins_anew else begin, tuple(latest), carried)


def _said(form: Mapping[str, str], begin: str, offered: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the texts, and the id behind a tapped one, that `form` sends: the name of a language, then one more."""
    said = [(own_name(begin), "")] if begin else []
    tap = form.get("tap", "")
    if tap in offered:
        return [*said, (offered[tap], tap)]
    return [*said, (form["text"][:LONGEST_TEXT], "")] if form.get("text") else said


def _read(carried: str, key: str) -> list[Exchange]:
    """Read the talk that the page carried; one that we did not write begins anew."""
    try:
        exchanges = _serializer(key).loads(carried)
    except BadData:
        return []
    return [_exchange_from(each) for each in exchanges]


def _exchange_from(each: Mapping[str, object]) -> Exchange:
    kept = {name: value for name, value in each.items() if name not in ("replies", "words", "rows")}
    replies = tuple(Bubble(**{**bubble, "parts": tuple(bubble.get("parts", ()))}) for bubble in each["replies"])  # type: ignore[attr-defined]
    rows = tuple((row[0], row[1]) for row in each.get("rows", ()))  # type: ignore[attr-defined]
    return Exchange(**kept, replies=replies, words=tuple(each.get("words", ())), rows=rows)  # type: ignore[arg-type]


def _carried(exchanges: list[Exchange], key: str) -> tuple[list[Exchange], str]:
    """Return as much of the latest talk as a page may carry back within the largest request, and how it is written."""
    latest = exchanges[-LONGEST_TALK:]
    while len(written := _serializer(key).dumps([asdict(each) for each in latest])) > LARGEST_TALK:
        latest = latest[1:]
    return latest, written


def _serializer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="simulator")


def _exchange(message: Message, who: str, line: Line) -> Exchange:
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
        return Exchange(message.text, (Bubble("503: no database"),))
    return _tappable(_explained(message, answered), answered, message.channel, line)


def _explained(message: Message, answered: Answered) -> Exchange:
    outcome = answered.outcome
    language = outcome.reply.language if outcome and outcome.reply else ""
    replies = tuple(bubble(text, language, message.channel) for text in answered.texts)
    if outcome is None or outcome.reading is None:
        return Exchange(message.text, replies, language)
    best, others = outcome.reading.best, outcome.reading.others
    return Exchange(
        asked=message.text,
        replies=replies,
        language=outcome.sender.language or best.language,
        want=outcome.want,
        how=outcome.how.value,
        sure=round(best.sure * 100),
        runner_up=others[0].name if others else "",
        runner_up_sure=round(others[0].sure * 100) if others else 0,
        words=best.why,
        picture=answered.picture,
    )


def bubble(text: str, language: str, channel: Channel) -> Bubble:
    """Return a text in `language` ("" where none is known) as a phone shows it; segments are of SMS alone."""
    shown = direction(language) if language else "auto"
    if channel is not Channel.SMS:
        return Bubble(text, shown)
    return Bubble(text, shown, tuple(parts(text)), encoding(text).value)


def _tappable(exchange: Exchange, answered: Answered, channel: Channel, line: Line) -> Exchange:
    """Show what a reply offers as Twilio's API sends it: its text without the numbered rows, which are tapped."""
    reply = answered.outcome.reply if answered.outcome else None
    offer = reply.offer if reply else None
    found = pickers.picker(offer, reply.language, channel, line.phrases) if reply and offer else None
    if offer is None or found is None:
        return exchange
    first = replace(exchange.replies[0], text=found.values["1"])
    return replace(exchange, replies=(first, *exchange.replies[1:]), rows=offer.rows, label=found.template.text)
