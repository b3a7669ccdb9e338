"""All languages side by side: the answer of one topic, or what one text gets in each."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot import compose
from bot.answer import answer_as_read
from bot.fit import fit
from bot.line import Line
from bot.model import Channel, Message, Outcome, Sender, Want
from bot.simulator import Bubble, bubble
from bot.topics import Topic
from bot.understand import understand


def everywhere(topic: Topic, channel: Channel, line: Line, now: datetime) -> list[tuple[str, Bubble]]:
    """Return the reply of a topic in every language, as somebody gets it `now` who has written before."""
    write = compose.withdrawn if topic.is_withdrawn(now.date()) else compose.topic
    return [(code, bubble(write(topic, code, line.phrases), code, channel)) for code in line.phrases.languages]


@dataclass(frozen=True, slots=True)
class There:
    """What a text gets from the line in one language: no `replies` is silence.

    `want` is what it is understood as in a talk in that language: a word may mean something else there.
    """

    language: str
    replies: tuple[Bubble, ...]
    want: str


def same_text(message: Message, line: Line) -> tuple[Want, Outcome, list[There]]:
    """Return what a text of somebody new wants, what it leads to, and the same reply in each language."""
    library, phrases = line.shelf.known(line.library), line.phrases
    reading = understand(message.text, library, message.country)

    def told(language: str) -> There:
        sender = Sender(language, last_seen=message.sent_at)
        read = replace(reading, best=replace(reading.best, language=language))
        sent = fit(answer_as_read(read, message, sender, library, phrases).reply, message, line.terms)
        heard = understand(message.text, library, message.country, language).best
        return There(language, tuple(bubble(text, language, message.channel) for text in sent.texts), heard.name)

    outcome = answer_as_read(reading, message, Sender(), library, phrases)
    return reading.best, outcome, [told(language) for language in phrases.languages]
