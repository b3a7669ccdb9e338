"""One message from arrival to reply: seen before? load, answer, remember.

Webhook, simulator and terminal all come through here. Without a database, topics and danger are still answered, from
nothing remembered; a stop, a start or a deletion is not, since a promise that could not be written down would be
broken.
"""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine

from bot import content, phrases, pictures, plain
from bot.answer import answer
from bot.content import Library
from bot.fit import Sent, Terms, fit
from bot.identity import hashed
from bot.model import How, Message, Outcome, Sender
from bot.phrases import Phrasebook
from bot.pictures import Gallery
from bot.problems import Problem, Refused
from bot.settings import Settings
from bot.store import Dropped, Resting, Store, Unavailable
from bot.transaction import Overtaken, Record, Repeated, Tally

_ATTEMPTS = 50
log = logging.getLogger("skinline")


@dataclass(frozen=True, slots=True)
class Line:
    """Everything that answering needs, put together once."""

    library: Library
    phrases: Phrasebook
    store: Store
    key: str
    terms: Terms = field(default_factory=Terms)
    pictures: Gallery = field(default_factory=Gallery)
    old_keys: tuple[str, ...] = ()

    def hashes(self, addresses: Iterable[str]) -> list[str]:
        """Return what a sender at these addresses is remembered under: by the key of today and those before it."""
        return [hashed(address, key) for key in (self.key, *self.old_keys) for address in addresses if address]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message with what its door knows of it: ids against repeats, the addresses of its sender.

    `door` is what the tallies count it under; only texts from outside (`for_staff`) are kept for the staff to read.
    """

    message: Message
    sid: str
    addresses: Sequence[str]
    door: str
    token: str = ""
    for_staff: bool = True


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
    spelling = plain.chosen(settings.sms_plain_letters, plain.load())
    terms = Terms(spelling, settings.mms_pictures)
    gallery = pictures.load(settings.key)
    return Line(library, book, Store(engine), settings.key, terms, gallery, settings.secret_key_fallbacks)


def receive(arrival: Arrival, line: Line) -> Answered:
    """Answer a message and remember it. Raise `Unavailable` where it must be remembered and cannot be."""
    started = time.perf_counter()
    try:
        answered = _at_last(arrival, line)
    except Unavailable as why:
        log.warning("sid=%s the database does not answer (%s)", arrival.sid, why)
        answered = _without_memory(arrival, line, why)
    _log(arrival, answered, time.perf_counter() - started)
    return answered


def _without_memory(arrival: Arrival, line: Line, why: Unavailable) -> Answered:
    """Answer from nothing; what must be remembered is worth asking a database that was not asked."""
    try:
        return answer_from_nothing(arrival, line)
    except Unavailable:
        if not isinstance(why, Resting):
            raise
    return _at_last(arrival, line, must_try=True)


def _at_last(arrival: Arrival, line: Line, must_try: bool = False) -> Answered:
    """Answer; anew where another message of the same sender came between, which few do more than once."""
    for _ in range(_ATTEMPTS):
        try:
            return _in_one_transaction(arrival, line, must_try)
        except (Overtaken, Dropped):
            continue
        except Repeated as repeated:
            return Answered(repeated.texts, None, repeated.picture)
    raise Unavailable("overtaken too often")


def _in_one_transaction(arrival: Arrival, line: Line, must_try: bool) -> Answered:
    with line.store.turn(line.hashes(arrival.addresses), must_try) as turn:
        outcome = answer(arrival.message, turn.sender(), line.library, line.phrases)
        sent = fit(outcome.reply, arrival.message, line.terms)
        turn.keep(_record(arrival, outcome, sent))
    return Answered(sent.texts, outcome, sent.picture)


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
    outcome = answer(arrival.message, Sender(), line.library, line.phrases)
    if outcome.binding:
        raise Unavailable("this must be remembered")
    sent = fit(outcome.reply, arrival.message, line.terms)
    return Answered(sent.texts, outcome, sent.picture)


def _log(arrival: Arrival, answered: Answered, seconds: float) -> None:
    """One line a message: ids and what became of it, never a number or a text."""
    outcome = answered.outcome
    # The last reply of a loop is news for the operator; the silence that follows is not.
    is_news = outcome is not None and outcome.how is How.LOOP and answered.texts
    log.log(
        logging.WARNING if is_news else logging.INFO,
        "sid=%s door=%s language=%s want=%s how=%s texts=%d ms=%.1f",
        arrival.sid,
        arrival.door,
        outcome.sender.language if outcome else "",
        outcome.want if outcome else "",
        outcome.how.value if outcome else "repeat",
        len(answered.texts),
        seconds * 1000,
    )
