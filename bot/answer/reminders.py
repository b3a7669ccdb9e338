"""Being reminded to see a dermatologist: asked for, chosen, shown, changed, cancelled. One reminder a person.

What people type for it stands in the catalogues (`remind_words`, `cancel_words`); the words for the days are those of
the rows themselves ("In 2 weeks"), so that a translator writes them once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import takewhile

from rapidfuzz.distance import OSA

from bot import days, offers
from bot.answer.turn import Turn
from bot.languages import SOURCE
from bot.model import How, Outcome, Reminding
from bot.text import fold, is_unspaced, words

_LONGEST = 80
"""Letters of a text that asks for a reminder and nothing else."""
_LONGEST_CHOICE = 24
_NONE = "0"
# Up to so many letters, another form of a word cannot be told from another word.
_SHORT = 3
_UNITS = {3: 1, 14: 7, 30: 30}
"""Days of the unit in which each choice is said: days, weeks, months."""


def cancelled(turn: Turn) -> Outcome | None:
    """To cancel a reminder may sound like a stop: it is none where a reminder is held, unless it is exactly a stop."""
    if not turn.remind_at or (turn.want.name == "stop" and turn.want.exact) or turn.sender.stopped_at:
        return None
    return chosen(turn, _NONE) if _asks(turn) and _has(turn, "cancel_words") else None


def asked(turn: Turn) -> Outcome | None:
    """A reminder in the person's own words: to be set at once where they say when, else offered."""
    if not turn.phrases.clinic.reminds:
        return None
    if _asks(turn):
        return chosen(turn, _days(turn))
    is_on_offer = any(each.startswith("remind:") for each in turn.sender.offered)
    said = _days(turn) if is_on_offer and len(turn.message.text) <= _LONGEST_CHOICE else ""
    return chosen(turn, said) if said else None


def _asks(turn: Turn) -> bool:
    return len(turn.message.text) <= _LONGEST and _has(turn, "remind_words")


def chosen(turn: Turn, wanted: str) -> Outcome:
    """What was chosen: "3", "14" or "30" days, "0" for no reminder; "" shows the choices, and what is set."""
    if not wanted:
        return _offered(turn)
    if wanted == _NONE:
        return _cancelled(turn)
    now = turn.message.sent_at
    due = days.decent(now + timedelta(days=int(wanted)), turn.message.country)
    text = turn.say("remind_on", date=_said(turn, due))
    sender = replace(turn.sender, remind_at=due, offered=())
    reminding = Reminding(due, turn.say("remind_due"), turn.reply(turn.say("failed")))
    return Outcome(turn.reply(text), sender, How.CONTROL, "remind", binding=True, reminding=reminding)


def _offered(turn: Turn) -> Outcome:
    date = _said(turn, turn.remind_at) if turn.remind_at else ""
    offer = offers.reminders(turn.language, turn.phrases, date)
    return Outcome(turn.reply_with(offer), replace(turn.sender, offered=offer.ids), How.CONTROL, "remind")


def _cancelled(turn: Turn) -> Outcome:
    sender = replace(turn.sender, remind_at=None, reminder="", offered=())
    outcome = Outcome(turn.reply(turn.say("remind_off")), sender, How.CONTROL, "remind", binding=True)
    if not turn.sender.reminder:
        return outcome
    return replace(outcome, reminding=Reminding(otherwise=turn.reply(turn.say("failed"))))


def _said(turn: Turn, due: datetime) -> str:
    return days.said(days.there(due, turn.message.country), turn.language)


def _has(turn: Turn, name: str) -> bool:
    text = _spaced(turn.message.text)
    return any(phrase in text for texts in turn.phrases.texts.values() for phrase in _phrases(texts.get(name, "")))


def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "


def _without(turn: Turn, name: str) -> str:
    """Return the text's words without the phrases that are listed under `name`, in whichever language."""
    text = _spaced(turn.message.text)
    for code in turn.phrases.languages:
        for phrase in _phrases(turn.phrases.texts[code].get(name, "")):
            if phrase in text:
                text = text.replace(phrase, "  ")
    return text


@lru_cache(maxsize=128)
def _phrases(listed: str) -> tuple[str, ...]:
    """Return the phrases that stand between commas, the longest first: a shorter one may be a part of it."""
    return tuple(sorted((_spaced(phrase) for phrase in listed.split(",") if phrase.strip()), key=len, reverse=True))


def _days(turn: Turn) -> str:
    """Return the choice that a text names by its unit, in the language of the talk or in English; "" for none.

    Where a number stands beside it, both must make one of the choices: nobody who says 5 days is reminded after 3.
    """
    left = _without(turn, "remind_words")
    folded, found = left.replace(" ", ""), left.split()
    numbers = [int(word[:4]) for word in found if word.isdecimal()]
    for code in dict.fromkeys((turn.language, turn.sender.language or turn.language, SOURCE)):
        named = {days for days, unit in _units(turn, code) if _stands(unit, folded, found)}
        if len(named) == 1:
            return _agreed(named.pop(), numbers)
    return ""


def _agreed(choice: int, numbers: list[int]) -> str:
    total = numbers[0] * _UNITS[choice] if numbers else choice
    return str(total) if total in _UNITS else ""


def _units(turn: Turn, language: str) -> Iterator[tuple[int, str]]:
    rows = [fold(turn.phrases.say(name, language)) for name in offers.REMIND_IN]
    yield from zip(offers.REMIND_IN.values(), _unlike(*rows), strict=True)


@lru_cache(maxsize=64)
def _unlike(*rows: str) -> tuple[str, ...]:
    """Return what is each row's own: the word, or the letters, that the others do not share, without numbers.

    >>> _unlike("in 3 days", "in 2 weeks", "in 1 month"), _unlike("3天后", "2周后", "1个月后")
    (('days', 'weeks', 'month'), ('天', '周', '个月'))
    """
    found = [[word for word in words(row) if not word.isdecimal()] for row in rows]
    if any(is_unspaced(word) for row in found for word in row):
        joined = ["".join(row) for row in found]
        start, end = _alike(joined), _alike([row[::-1] for row in joined])
        return tuple(row[start : len(row) - end] for row in joined)
    shared = set(found[0]).intersection(*found[1:])
    return tuple(" ".join(word for word in row if word not in shared) for row in found)


def _alike(rows: Iterable[str]) -> int:
    """Return with how many letters all rows begin alike."""
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*rows, strict=False)))


def _stands(unit: str, folded: str, found: list[str]) -> bool:
    """Tell whether a unit stands in a text: as it is or, of a word with spaces around it, in another form."""
    if is_unspaced(unit[0]):
        return unit in folded
    return any(word == unit or (len(unit) > _SHORT and OSA.distance(word, unit) <= 1) for word in found)
