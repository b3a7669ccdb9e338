"""Being reminded to see a dermatologist: asked for, chosen, shown, changed, cancelled. One reminder a person.

What people type for it stands in the catalogues: `typed_remind`, `typed_cancel`, and when (see `spans`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from bot import days, offers
from bot.answer import spans
from bot.answer.turn import Turn
from bot.languages import SOURCE
from bot.model import How, Outcome, Reminding
from bot.text import words

_LONGEST = 80
"""Letters of a text that asks for a reminder and nothing else."""
_LONGEST_CHOICE = 24
_FARTHEST = 34
"""Days until a reminder at most: Twilio holds a message for 35, and a decent hour may come half a day later."""
_NONE = "0"


def cancelled(turn: Turn) -> Outcome | None:
    """To cancel a reminder may sound like a stop: it is none where a reminder is held, unless it is exactly a stop."""
    if not turn.remind_at or (turn.want.name == "stop" and turn.want.exact) or turn.sender.stopped_at:
        return None
    if not (_asks(turn) and _has(turn, "typed_cancel")):
        return None
    asking = _in_its_language(turn)
    return _cancelled(asking) if _named(asking) is None else _offered(asking)


def asked(turn: Turn) -> Outcome | None:
    """A reminder in the person's own words: to be set at once where they say when, else offered."""
    if not turn.phrases.clinic.reminds:
        return None
    if _asks(turn):
        asking = _in_its_language(turn)
        return _asked(asking, _named(asking))
    when = _named(turn)
    is_on_offer = any(each.startswith("remind:") for each in turn.sender.offered)
    if when is None or not is_on_offer or len(turn.message.text) > _LONGEST_CHOICE:
        return None
    return _set(turn, when) if when or turn.want.name not in turn.library.topics else None


def _asked(turn: Turn, when: int | None) -> Outcome | None:
    """Thanks for the reminder that somebody has ask for none; and what is cancelled though it is not, is not."""
    if when is None and turn.want.name == "thanks" and turn.sender.remind_at:
        return None
    if when is None and _has(turn, "typed_cancel"):
        return _cancelled(turn)
    return _set(turn, when or spans.UNCLEAR)


def _asks(turn: Turn) -> bool:
    return len(turn.message.text) <= _LONGEST and _has(turn, "typed_remind")


def chosen(turn: Turn, wanted: str) -> Outcome:
    """What was tapped, or chosen by its number: days, "0" for no reminder; "" shows the choices, and what is set."""
    return _cancelled(turn) if wanted == _NONE else _set(turn, int(wanted or spans.UNCLEAR))


def _set(turn: Turn, wanted: int) -> Outcome:
    """Remind in so many days; where that is unclear, or too far away, show the choices."""
    if not 0 < wanted <= _FARTHEST:
        return _offered(turn)
    now = turn.message.sent_at
    due = days.decent(now + timedelta(days=wanted), turn.message.country)
    text = turn.say("remind_on", date=_said(turn, due))
    sender = turn.sender._replace(remind_at=due, offered=())
    reminding = Reminding(due, turn.say("remind_due"), turn.reply(turn.say("failed")))
    return Outcome(turn.reply(text), sender, How.CONTROL, "remind", binding=True, reminding=reminding)


def _offered(turn: Turn) -> Outcome:
    date = _said(turn, turn.remind_at) if turn.remind_at else ""
    offer = offers.reminders(turn.language, turn.phrases, date)
    return Outcome(turn.reply_with(offer), turn.sender._replace(offered=offer.ids), How.CONTROL, "remind")


def _cancelled(turn: Turn) -> Outcome:
    sender = turn.sender._replace(remind_at=None, reminder="", offered=())
    outcome = Outcome(turn.reply(turn.say("remind_off")), sender, How.CONTROL, "remind", binding=True)
    if not turn.sender.reminder:
        return outcome
    return outcome._replace(reminding=Reminding(otherwise=turn.reply(turn.say("failed"))))


def _said(turn: Turn, due: datetime) -> str:
    return days.said(days.there(due, turn.message.country), turn.language, turn.say("months"))


def _has(turn: Turn, name: str) -> bool:
    return next(_languages_of(turn, name), None) is not None


def _languages_of(turn: Turn, name: str) -> Iterator[str]:
    """Yield the languages of which a phrase listed under `name` stands in the text."""
    text = _spaced(turn.message.text)
    for code, texts in turn.phrases.texts.items():
        if any(phrase in text for phrase in _phrases(texts.get(name, ""))):
            yield code


def _in_its_language(turn: Turn) -> Turn:
    """Return the turn in the language whose word for a reminder stands there, where no other word told which it is."""
    asking = tuple(_languages_of(turn, "typed_remind"))
    if turn.language in asking or len(asking) != 1:
        return turn
    best = replace(turn.want, language=asking[0])
    return turn._replace(reading=turn.reading._replace(best=best))


def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "


def _without(turn: Turn, name: str) -> str:
    """Return a text without the phrases listed under `name`: to ask in Bengali ends in what is the word for day."""
    text = _spaced(turn.message.text)
    for texts in turn.phrases.texts.values():
        for phrase in _phrases(texts.get(name, "")):
            text = text.replace(phrase, "  ")
    return text


@lru_cache(maxsize=128)
def _phrases(listed: str) -> tuple[str, ...]:
    """Return the phrases that stand between commas, the longest first: a shorter one may be a part of it."""
    return tuple(sorted((_spaced(phrase) for phrase in listed.split(",") if phrase.strip()), key=len, reverse=True))


def _named(turn: Turn) -> int | None:
    """Return the days that a text names in its language, in that of the talk or in English, as `spans.named`."""
    text = _without(turn, "typed_remind")
    for code in dict.fromkeys((turn.language, turn.sender.language or turn.language, SOURCE)):
        typed = (turn.phrases.say(name, code) for name in ("typed_spans", "typed_counts"))
        when = spans.named(text, *typed)
        if when is not None:
            return when
    return None
