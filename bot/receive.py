"""One message from arrival to reply: seen before? load, answer, remember.

Webhook, simulator and terminal all come through here. Without a database, topics and danger are still answered, from
nothing remembered; a stop, a start or a deletion is not, since a promise that could not be written down would be
broken.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot import send
from bot.answer import answer
from bot.answer.safety import left_of
from bot.fit import Sent, fit
from bot.line import Line
from bot.model import How, Message, Outcome, Sender
from bot.send import Route
from bot.store import Dropped, Resting, Unavailable
from bot.transaction import Overtaken, Record, Repeated, Tally

_ATTEMPTS = 50
log = logging.getLogger("skinline")


class Arrival(NamedTuple):
    """A message with what its door knows of it: ids against repeats, the addresses of its sender and (reached) of ours.

    `door` is what the tallies count it under. Only texts from outside (`for_staff`) are kept for the staff to read; of
    what the staff try out themselves, no reminder is held.
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


class Answered(NamedTuple):
    """What goes back: no texts is silence. `outcome` is None where the same message had been answered before.

    `picture` names the drawing that goes with the first text, or is "".
    """

    texts: tuple[str, ...]
    outcome: Outcome | None
    picture: str = ""


def receive(arrival: Arrival, line: Line) -> Answered:
    """Answer a message and remember it. Raise `Unavailable` where it must be remembered and cannot be."""
    started = time.perf_counter()
    try:
        answered = _at_last(arrival, line)
    except Unavailable as why:
        log.warning("sid=%s the database does not answer (%s)", arrival.sid, why)
        answered = _without_memory(arrival, line, why)
    finally:
        line.timings.add(seconds := time.perf_counter() - started)
    _log(arrival, answered, seconds)
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
    before = outcome = None
    spoken = line.courier.phrases_on(arrival.message.channel) if line.courier else line.phrases
    try:
        with line.store.turn(line.hashes(arrival.addresses), must_try) as turn:
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
    if outcome.reminding is None or not arrival.for_staff:
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
    line.store.stop(line.hashes([address]), now)
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
        sender=left_of(outcome.sender) if outcome.forget else outcome.sender,
        unanswered=outcome.unanswered if arrival.for_staff else "",
        is_binding=outcome.binding,
        forget=outcome.forget,
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
