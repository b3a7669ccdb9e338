"""All languages side by side: the answer of one topic, or what one text gets in each."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot import compose
from bot.answer import answer_as_read
from bot.fit import fit
from bot.line import Line
from bot.model import Channel, Message, Outcome, Reply, Sender, Want
from bot.simulator import Bubble, bubble
from bot.topics import Topic
from bot.understand import understand


def everywhere(topic: Topic, channel: Channel, line: Line, now: datetime) -> list[tuple[str, Bubble]]:
    """Return the reply of a topic in every language, as somebody gets it `now` who has written before."""

    def said(language: str) -> Bubble:
        text = _said(topic, language, channel, line, now)
        sent = fit(Reply((text,), language), Message("", channel, now), line.terms).texts
        return bubble(sent[0], language, channel)

    return [(code, said(code)) for code in line.phrases.languages]


def _said(topic: Topic, language: str, channel: Channel, line: Line, now: datetime) -> str:
    if topic.is_withdrawn(now.date()):
        return compose.withdrawn(topic, language, line.phrases)
    write = compose.rich_topic if channel in compose.RICH else compose.short_topic
    return write(topic, language, line.phrases)[0]


@dataclass(frozen=True, slots=True)
class There:
    """What a text gets from the line in one language, and what it is understood as there; no `replies` is silence."""

    language: str
    replies: tuple[Bubble, ...]
    want: str


def same_text(message: Message, line: Line) -> tuple[Want, Outcome, list[There]]:
    """Return what a text of somebody new wants, what it leads to, and what it gets in each language.

    In a talk in a language a word may mean something else: French "pain" is bread. Where such a text is not heard as
    one of that language at all, the reply to somebody new is told in it.
    """
    library, phrases = line.shelf.known(line.library), line.phrases
    reading = understand(message.text, library, message.country)

    def told(language: str) -> There:
        heard = understand(message.text, library, message.country, language)
        if heard.best.language != language:
            heard = reading._replace(best=replace(reading.best, language=language))
        sender = Sender(language, last_seen=message.sent_at)
        sent = fit(answer_as_read(heard, message, sender, library, phrases).reply, message, line.terms)
        replies = tuple(bubble(text, language, message.channel) for text in sent.texts)
        return There(language, replies, heard.best.name)

    outcome = answer_as_read(reading, message, Sender(), library, phrases)
    return reading.best, outcome, [told(language) for language in phrases.languages]
