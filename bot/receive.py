"""One message from arrival to reply: seen before? load, answer, remember.

Webhook, simulator and terminal all come through here. Without a database, topics and danger are still answered, from
nothing remembered; a stop, a start or a deletion is not, since a promise that could not be written down would be
broken.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from bot import content, phrases, pictures, plain, send
from bot.answer import answer
from bot.content import Library
from bot.fit import Sent, Terms, fit
from bot.identity import hashed
from bot.model import Message, Outcome, Sender
from bot.phrases import Phrasebook
from bot.pictures import Gallery
from bot.problems import Problem, Refused
from bot.send import Courier, Route
from bot.settings import FOR_TRYING_OUT, Settings
from bot.store import Store, Unavailable
from bot.teaching import Shelf
from bot.transaction import Overtaken, Record, Repeated, Tally

_ATTEMPTS = 50
log = logging.getLogger("skinline")


@dataclass(frozen=True, slots=True)
class Line:
    """Everything that answering needs, put together once; `shelf` adds to the library what staff have taught."""

    library: Library
    phrases: Phrasebook
    store: Store
    key: str
    terms: Terms = field(default_factory=Terms)
    pictures: Gallery = field(default_factory=Gallery)
    shelf: Shelf = field(default_factory=Shelf)
    courier: Courier | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message with what its door knows of it: ids against repeats, the addresses of its sender and (reached) of ours.

    `door` is what the tallies count it under; only texts from outside (`for_staff`) are kept for the staff to read.
    """

    message: Message
    sid: str
    addresses: Sequence[str]
    door: str
    token: str = ""
    for_staff: bool = True
    reached: str = ""

    @property
    def route(self) -> Route:
        return Route(self.addresses[0] if self.addresses else "", self.reached, self.message.channel)


@dataclass(frozen=True, slots=True)
class Answered:
    """What goes back: no texts is silence. `outcome` is None where the same message had been answered before.

    `picture` names the drawing that goes with the first text, or is "".
    """

    texts: tuple[str, ...]
    outcome: Outcome | None
    picture: str = ""


def put_together(settings: Settings, engine: Engine) -> Line:
    """Load all content and every catalogue that is served."""
    library = content.load(languages=settings.languages)
    spoken = (settings.default_language, *(code for code in library.languages if code != settings.default_language))
    book = phrases.load(library.topics.values(), settings.clinic, tuple(c for c in spoken if c in library.languages))
    if settings.default_language not in library.languages:
        served = ", ".join(library.languages)
        raise Refused([Problem("settings", "DEFAULT_LANGUAGE", f"there are no keywords for it; choose from {served}")])
    key, spelling = settings.secret_key or FOR_TRYING_OUT, plain.chosen(settings.sms_plain_letters, plain.load())
    terms, store = Terms(spelling, settings.mms_pictures), Store(engine)
    courier = send.courier(settings, store, book)
    return Line(library, book, store, key, terms, pictures.load(key), courier=courier)


def receive(arrival: Arrival, line: Line) -> Answered:
    """Answer a message and remember it. Raise `Unavailable` where it must be remembered and cannot be."""
    started = time.perf_counter()
    try:
        answered = _at_last(arrival, line)
    except Repeated as repeated:
        answered = Answered(repeated.texts, None, repeated.picture)
    except Unavailable:
        log.warning("sid=%s the database does not answer", arrival.sid)
        answered = answer_from_nothing(arrival, line)
    _log(arrival, answered, time.perf_counter() - started)
    return answered


def _at_last(arrival: Arrival, line: Line) -> Answered:
    """Answer; anew where another message of the same sender came between, which few do more than once."""
    for _ in range(_ATTEMPTS):
        try:
            return _in_one_transaction(arrival, line)
        except Overtaken:
            continue
    raise Unavailable("overtaken too often")


def _in_one_transaction(arrival: Arrival, line: Line) -> Answered:
    before = outcome = None
    spoken = line.courier.phrases_on(arrival.message.channel) if line.courier else line.phrases
    try:
        with line.store.turn([hashed(address, line.key) for address in arrival.addresses if address]) as turn:
            before = turn.sender()
            library = line.shelf.library(line.library, turn)
            outcome = _arranged(answer(arrival.message, before, library, spoken), before, arrival, line)
            sent = fit(outcome.reply, arrival.message, line.terms)
            turn.keep(_record(arrival, outcome, sent))
    except (Repeated, Overtaken, Unavailable):
        if before and outcome and line.courier:
            line.courier.take_back(outcome, before)
        raise
    return Answered(_left_to_say(outcome, sent, arrival, line), outcome, sent.picture)


def _arranged(outcome: Outcome, before: Sender, arrival: Arrival, line: Line) -> Outcome:
    """Have a reminder set or cancelled before anything is promised."""
    if outcome.reminding is None:
        return outcome
    if line.courier is None or not arrival.reached:
        return send.failed(outcome, before)
    return line.courier.arranged(outcome, before, arrival.route)


def _left_to_say(outcome: Outcome, sent: Sent, arrival: Arrival, line: Line) -> tuple[str, ...]:
    """Return the texts of the response: without the one that was sent as a list or buttons."""
    if line.courier and arrival.reached and line.courier.offer(outcome, arrival.route):
        line.store.shorten(arrival.sid, sent.texts[1:])
        return sent.texts[1:]
    return sent.texts


def stop(address: str, line: Line, now: datetime) -> None:
    """Note that whoever has this address wants no more messages, and cancel the reminder that they asked for."""
    line.store.stop([hashed(address, line.key)], now)
    if line.courier:
        line.courier.cancel_stopped()


def _record(arrival: Arrival, outcome: Outcome, sent: Sent) -> Record:
    now, language = arrival.message.sent_at, outcome.sender.language
    return Record(
        sid=arrival.sid,
        token=arrival.token,
        received_at=now,
        texts=sent.texts,
        picture=sent.picture,
        tally=Tally(now.date().isoformat(), language, arrival.door, outcome.want, outcome.how.value),
        sender=None if outcome.forget else outcome.sender,
        unanswered=outcome.unanswered if arrival.for_staff else "",
        is_binding=outcome.binding,
    )


def answer_from_nothing(arrival: Arrival, line: Line) -> Answered:
    """Answer without a database. Raise `Unavailable` for what would have to be remembered."""
    outcome = answer(arrival.message, Sender(), line.shelf.known(line.library), line.phrases)
    if outcome.binding:
        raise Unavailable("this must be remembered")
    sent = fit(outcome.reply, arrival.message, line.terms)
    return Answered(sent.texts, outcome, sent.picture)


def _log(arrival: Arrival, answered: Answered, seconds: float) -> None:
    """One line a message: ids and what became of it, never a number or a text."""
    outcome = answered.outcome
    log.info(
        "sid=%s door=%s language=%s want=%s how=%s texts=%d ms=%.1f",
        arrival.sid,
        arrival.door,
        outcome.sender.language if outcome else "",
        outcome.want if outcome else "",
        outcome.how.value if outcome else "repeat",
        len(answered.texts),
        seconds * 1000,
    )
