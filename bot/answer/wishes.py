"""What people wish for: an answer, more of it, a menu, another language, to begin again, to be forgotten."""

from collections.abc import Callable
from dataclasses import replace

from bot import compose
from bot.answer.safety import give_help, stopped_now
from bot.answer.turn import Turn
from bot.model import DANGERS, Attachment, How, Outcome, Reading, Want
from bot.redact import redact

_CLOSE = 0.6
"""From this share of the best want's sureness on, a second best that rests on other words is offered beside it."""


def start(turn: Turn) -> Outcome | None:
    if turn.want.name != "start" or not turn.want.exact:
        return None
    if not turn.sender.stopped_at:
        # Binding all the same: without a database nobody knows whether this sender had stopped.
        return replace(greeting(turn), binding=True)
    sender = replace(turn.sender, stopped_at=None, offered=())
    return Outcome(turn.reply(turn.say("started")), sender, How.CONTROL, "start", binding=True)


def choice(turn: Turn) -> Outcome | None:
    """A number, or a tap, on what was last offered."""
    chosen = turn.chosen
    if not chosen:
        return None
    name, _, rest = chosen.partition(":")
    if name == "menu":
        return _menu_from(turn, int(rest))
    if name == "languages":
        return _languages_from(turn, int(rest))
    if name == "language":
        return _language(replace(turn, reading=Reading(Want("language", rest))))
    if name in DANGERS:
        return give_help(turn, name)
    if name in turn.library.topics:
        return _topic_answer(turn, name, How.CHOSEN)
    return _CHOICES[name](turn)


def attached(turn: Turn) -> Outcome | None:
    """A picture cannot be judged, whatever is written beside it; a voice note cannot be heard."""
    kind = turn.message.attachment
    if kind is None or (kind is not Attachment.PICTURE and turn.want.name in turn.library.topics):
        return None
    if kind is Attachment.PICTURE:
        return _topic_answer(turn, "photo", How.ATTACHMENT)
    text = turn.say("voice" if kind is Attachment.VOICE else "text_only")
    return Outcome(turn.reply(text), turn.sender, How.ATTACHMENT)


def topic(turn: Turn) -> Outcome | None:
    topics = turn.library.topics
    if turn.want.name not in topics:
        return None
    rival = next((want for want in turn.reading.others if want.name in topics), None)
    if rival and rival.sure >= _CLOSE * turn.want.sure and not set(rival.why) <= set(turn.want.why):
        return _which(turn, turn.want.name, rival.name)
    return _topic_answer(turn, turn.want.name, How.SURE)


def _which(turn: Turn, *topics: str) -> Outcome:
    rows = [compose.title(topic, turn.language, turn.phrases) for topic in topics]
    text = compose.listed(turn.say("which"), rows)
    return Outcome(turn.reply(text), replace(turn.sender, offered=topics), How.ASKED, topics[0])


def _topic_answer(turn: Turn, topic: str, how: How) -> Outcome:
    subject = turn.library.topics[topic]
    if subject.is_withdrawn(turn.today):
        reply = turn.reply(compose.withdrawn(subject, turn.language, turn.phrases))
    else:
        reply = replace(turn.reply(compose.topic(subject, turn.language, turn.phrases)), picture=subject.picture)
    return Outcome(reply, replace(turn.sender, topic=topic, page=0), how, topic)


def unknown(turn: Turn) -> Outcome:
    """Say so, offer menu and reminder, keep the redacted text for the staff; an empty text just gets the menu."""
    shown, text = _menu_page(turn, 0)
    if not any(map(str.isalnum, turn.message.text)):
        return shown
    names_follow = turn.library.lexicon.tongues[turn.language].names_follow
    return replace(
        shown,
        reply=turn.reply(compose.regretting(text, turn.language, turn.phrases)),
        how=How.UNKNOWN,
        want="unknown",
        unanswered=redact(turn.message.text, names_follow),
    )


def control(turn: Turn) -> Outcome | None:
    control = _CONTROLS.get(turn.want.name)
    return control(turn) if control else None


def greeting(turn: Turn) -> Outcome:
    name = "hello_again" if turn.sender.last_seen else "welcome"
    return Outcome(turn.reply(turn.say(name)), turn.sender, How.CONTROL, "greeting")


def _thanks(turn: Turn) -> Outcome:
    text = f"{turn.say('thanks')}\n{turn.say('reminder')}"
    return Outcome(turn.reply(text), turn.sender, How.CONTROL, "thanks")


def _menu(turn: Turn) -> Outcome:
    shown, text = _menu_page(turn, 0)
    return replace(shown, reply=turn.reply(compose.footed(text, turn.language, turn.phrases)))


def _menu_from(turn: Turn, start: int) -> Outcome:
    return _menu_page(turn, start)[0]


def _menu_page(turn: Turn, start: int) -> tuple[Outcome, str]:
    text, offered = compose.menu(start, turn.language, turn.library, turn.phrases)
    sender = replace(turn.sender, offered=offered, topic="", page=0)
    return Outcome(turn.reply(text), sender, How.CONTROL, "menu"), text


def _more(turn: Turn) -> Outcome:
    subject = turn.library.topics.get(turn.sender.topic)
    if subject is None:
        following = next((offer for offer in turn.sender.offered if offer.startswith("menu:")), "menu:0")
        return _menu_from(turn, int(following.partition(":")[2]))
    number = turn.sender.page + 1
    if number <= len(subject.more) and not subject.is_withdrawn(turn.today):
        text = compose.page(subject, number, turn.language, turn.phrases)
        return Outcome(turn.reply(text), replace(turn.sender, page=number), How.CONTROL, "more")
    rows = [compose.title(topic, turn.language, turn.phrases) for topic in subject.related]
    text = compose.listed(turn.say("no_more"), rows)
    return Outcome(turn.reply(text), replace(turn.sender, offered=subject.related), How.CONTROL, "more")


def _language(turn: Turn) -> Outcome:
    """Change to the language named; asked for another one without a name, offer them all."""
    if turn.want.sure == 1.0:
        return Outcome(turn.reply(turn.say("language_changed")), turn.sender, How.CONTROL, "language")
    return _languages_from(turn, 0)


def _languages_from(turn: Turn, start: int) -> Outcome:
    text, offered = compose.languages(start, turn.language, turn.phrases)
    return Outcome(turn.reply(text), replace(turn.sender, offered=offered), How.CONTROL, "language")


def _privacy(turn: Turn) -> Outcome:
    text = compose.listed(turn.say("privacy"), [turn.say("forget")])
    return Outcome(turn.reply(text), replace(turn.sender, offered=("forget",)), How.CONTROL, "privacy")


def _forget(turn: Turn) -> Outcome:
    reply = turn.reply(turn.say("forgotten"))
    return Outcome(reply, turn.sender, How.CONTROL, "privacy", binding=True, forget=True)


_CHOICES: dict[str, Callable[[Turn], Outcome]] = {"forget": _forget, "stop": stopped_now, "go_on": _menu}
_CONTROLS: dict[str, Callable[[Turn], Outcome]] = {
    "greeting": greeting,
    "thanks": _thanks,
    "menu": _menu,
    "more": _more,
    "language": _language,
    "privacy": _privacy,
}
