"""What topics, wishes, languages, channels and countries are called on the staff's pages."""

from babel import Locale

from bot.languages import SOURCE
from bot.model import UNKNOWN
from bot.staff.layout import Desk
from bot.staff.words import N_

CHANNELS = {"sms": "SMS", "whatsapp": "WhatsApp", "rcs": "RCS", "messenger": "Messenger"}
WISHES = {
    "greeting": N_("Greeting"),
    "menu": N_("Menu"),
    "language": N_("Another language"),
    "more": N_("More on a topic"),
    "thanks": N_("Thanks"),
    "stop": N_("No more messages"),
    "start": N_("Messages again"),
    "privacy": N_("Privacy"),
    "remind": N_("A reminder"),
    UNKNOWN: N_("Not understood"),
}


class Names:
    """The names of things in the language of the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._locale = Locale.parse(desk.language())

    def want(self, name: str) -> str:
        """Return the title of a topic, what a wish is called, or what is neither by its own name."""
        if name in WISHES:
            return self._desk.say(WISHES[name])
        line, page = self._desk.line, self._desk.language()
        known = page if page in line.phrases.languages else SOURCE
        return line.phrases.say(f"{name}.title", known) if name in line.library.topics else name

    def language(self, code: str) -> str:
        return str(self._locale.languages.get(code, code)) if code else self._desk.say(N_("None yet"))

    def channel(self, name: str) -> str:
        return CHANNELS.get(name) or self._desk.say(N_("Tried on these pages"))

    def country(self, code: str) -> str:
        return str(self._locale.territories.get(code, code))

    def of(self, kind: str, name: str) -> str:
        """Return the name of a "language", "channel" or "topic" that was counted."""
        return {"language": self.language, "channel": self.channel}.get(kind, self.want)(name)
