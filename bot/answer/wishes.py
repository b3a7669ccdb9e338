"""What people wish for: an answer, more of it, a menu, another language, to begin again, to be forgotten."""

from collections.abc import Callable

from bot import compose, offers
from bot.answer import reminders
from bot.answer.safety import give_help, stopped_now, without_reminder
from bot.answer.turn import Turn
from bot.model import DANGERS, Attachment, How, Offer, Outcome, Reading, Reply, Want
from bot.redact import redact

_CLOSE = 0.45
"""From this share of the best want's sureness on, a second best that rests on other words is offered beside it."""


def start(turn: Turn) -> Outcome | None:
    if turn.want.name != "start" or not turn.want.exact:
        return None
    if not turn.sender.stopped_at:
        # Binding all the same: without a database nobody knows whether this sender had stopped.
        return greeting(turn)._replace(binding=True)
    sender = turn.sender._replace(stopped_at=None, offered=())
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
        return _language(turn._replace(reading=Reading(Want("language", rest))))
    if name == "remind":
        return reminders.chosen(turn, rest)
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
    close = (want for want in turn.reading.others if want.name in topics and want.sure >= _CLOSE * turn.want.sure)
    rival = next((want for want in close if not set(want.why) <= set(turn.want.why)), None)
    if rival:
        return _which(turn, turn.want.name, rival.name)
    return _topic_answer(turn, turn.want.name, How.SURE)


def _which(turn: Turn, *topics: str) -> Outcome:
    offer = offers.of_topics("which", topics, turn.language, turn.phrases)
    return Outcome(turn.reply_with(offer), turn.sender._replace(offered=topics), How.ASKED, topics[0])


def _topic_answer(turn: Turn, topic: str, how: How) -> Outcome:
    subject, page = turn.library.topics[topic], 0
    if subject.is_withdrawn(turn.today):
        reply = turn.reply(compose.withdrawn(subject, turn.language, turn.phrases))
    else:
        said = compose.rich_topic if turn.message.channel in compose.RICH else compose.short_topic
        text, page = said(subject, turn.language, turn.phrases)
        reply = Reply((text,), turn.language, picture=subject.picture)
    return Outcome(reply, turn.sender._replace(topic=topic, page=page), how, topic)


def unknown(turn: Turn) -> Outcome:
    """Say so, offer menu and reminder, keep the redacted text for the staff; an empty text just gets the menu."""
    if not any(map(str.isalnum, turn.message.text)):
        return _menu_from(turn, 0)
    offer = offers.not_understood(turn.language, turn.library, turn.phrases, turn.message.channel)
    names_follow = turn.library.lexicon.tongues[turn.language].names_follow
    return _menu_page(turn, offer)._replace(
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
    offer = offers.thanks(turn.language, turn.phrases, turn.phrases.clinic.reminds and not turn.remind_at)
    sender = turn.sender._replace(offered=offer.ids or turn.sender.offered)
    return Outcome(turn.reply_with(offer), sender, How.CONTROL, "thanks")


def _menu(turn: Turn) -> Outcome:
    return _menu_page(turn, offers.help_and_menu(turn.language, turn.library, turn.phrases, turn.message.channel))


def _menu_from(turn: Turn, start: int) -> Outcome:
    return _menu_page(turn, offers.menu(start, turn.language, turn.library, turn.phrases, turn.message.channel))


def _menu_page(turn: Turn, offer: Offer) -> Outcome:
    sender = turn.sender._replace(offered=offer.ids, topic="", page=0)
    return Outcome(turn.reply_with(offer), sender, How.CONTROL, "menu")


def _more(turn: Turn) -> Outcome:
    subject = turn.library.topics.get(turn.sender.topic)
    if subject is None:
        following = next((offer for offer in turn.sender.offered if offer.startswith("menu:")), "menu:0")
        return _menu_from(turn, int(following.partition(":")[2]))
    number = turn.sender.page + 1
    if number <= len(subject.more) and not subject.is_withdrawn(turn.today):
        text = compose.page(subject, number, turn.language, turn.phrases)
        return Outcome(turn.reply(text), turn.sender._replace(page=number), How.CONTROL, "more")
    offer = offers.of_topics("no_more", subject.related, turn.language, turn.phrases)
    return Outcome(turn.reply_with(offer), turn.sender._replace(offered=offer.ids), How.CONTROL, "more")


def _language(turn: Turn) -> Outcome:
    """Change to the language named; asked for another one without a name, offer them all."""
    if turn.want.sure == 1.0:
        return Outcome(turn.reply(turn.say("language_changed")), turn.sender, How.CONTROL, "language")
    return _languages_from(turn, 0)


def _languages_from(turn: Turn, start: int) -> Outcome:
    offer = offers.languages(start, turn.language, turn.phrases, turn.message.channel)
    return Outcome(turn.reply_with(offer), turn.sender._replace(offered=offer.ids), How.CONTROL, "language")


def _privacy(turn: Turn) -> Outcome:
    offer = offers.privacy(turn.language, turn.phrases)
    return Outcome(turn.reply_with(offer), turn.sender._replace(offered=offer.ids), How.CONTROL, "privacy")


def _forget(turn: Turn) -> Outcome:
    reply = turn.reply(turn.say("forgotten"))
    outcome = Outcome(reply, turn.sender, How.CONTROL, "privacy", binding=True, forget=True)
    return without_reminder(outcome, otherwise=turn.reply(turn.say("failed")))


_CHOICES: dict[str, Callable[[Turn], Outcome]] = {"forget": _forget, "stop": stopped_now, "go_on": _menu}
_CONTROLS: dict[str, Callable[[Turn], Outcome]] = {
    "greeting": greeting,
    "thanks": _thanks,
    "menu": _menu,
    "more": _more,
    "language": _language,
    "privacy": _privacy,
}
