"""One message in the middle of a talk, with all that a rule of the conversation may look at."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot import offers
from bot.content import Library
from bot.model import DANGERS, Message, Offer, Outcome, Reading, Reply, Sender, Want
from bot.phrases import Phrasebook
from bot.text import words

_LONGEST_NUMBER = 12
_PLACE = re.compile("[0-9]{1,3}")
_REMIND = re.compile("|".join(["", "0", *map(str, offers.REMIND_IN.values())]))
PAUSE = timedelta(hours=1)
"""After so long without a reply, a sender's budget of replies begins anew."""


class Turn(NamedTuple):
    """All that a rule may look at."""

    message: Message
    sender: Sender
    reading: Reading
    library: Library
    phrases: Phrasebook

    @property
    def want(self) -> Want:
        return self.reading.best

    @property
    def language(self) -> str:
        return self.reading.best.language

    def say(self, name: str, **values: str) -> str:
        return self.phrases.say(name, self.language, **values)

    def reply(self, *texts: str) -> Reply:
        return Reply(texts, self.language)

    def reply_with(self, offer: Offer) -> Reply:
        return Reply((offers.listed(offer),), self.language, offer if offer.rows else None)

    @property
    def today(self) -> date:
        return self.message.sent_at.date()

    @property
    def has_paused(self) -> bool:
        return self.has_passed(PAUSE)

    def has_passed(self, pause: timedelta) -> bool:
        """Tell whether so long has passed since replies are counted; a clock that was set back is no reason to wait."""
        since = self.sender.replies_since
        return since is None or abs(self.message.sent_at - since) >= pause

    @property
    def remind_at(self) -> datetime | None:
        """When the sender's reminder comes; None where none is held, or where it has come."""
        due = self.sender.remind_at
        return due if due and due > self.message.sent_at else None

    @property
    def chosen(self) -> str:
        """The id of what was chosen by number or tap, "" for none. A tap gives no rights: acts must be on offer."""
        offered, tap = self.sender.offered, self.message.tap.removeprefix("topic:")
        if tap and (tap in offered or self._is_free(tap)):
            return tap
        text = self.message.text.strip()
        typed = words(text) if len(text) <= _LONGEST_NUMBER else []
        if len(typed) != 1 or not typed[0].isdecimal():
            return ""
        number = int(typed[0][:4])
        return offered[number - 1] if 0 < number <= len(offered) else "menu:0"

    def _is_free(self, tap: str) -> bool:
        """Tell whether a row, of a list that may be months old, leads to something that anyone may have at any time."""
        name, _, rest = tap.partition(":")
        if name == "language":
            return rest in self.phrases.languages
        if name == "remind":
            return self.phrases.clinic.reminds and bool(_REMIND.fullmatch(rest))
        if name in ("menu", "languages"):
            return bool(_PLACE.fullmatch(rest))
        return tap in self.library.topics and tap not in DANGERS


Rule = Callable[[Turn], Outcome | None]
