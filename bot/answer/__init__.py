"""The whole conversation: one message and what we know of its sender lead to one outcome.

`RULES` is the order of precedence; the first that has something to say wins. Danger is answered first, whoever
writes; a stop is honoured before anything else is read; a doubtful reading never stops, deletes or alarms: it asks.
"""

from bot.answer import reminders, safety, wishes
from bot.answer.turn import Rule, Turn
from bot.content import Library
from bot.model import How, Message, Outcome, Reading, Sender
from bot.phrases import Phrasebook
from bot.understand import understand

RULES: tuple[Rule, ...] = (
    safety.already_answered,
    safety.echo,
    safety.danger,
    safety.asked_about_danger,
    reminders.cancelled,
    safety.stop,
    wishes.start,
    safety.said_stop,
    safety.machine,
    safety.flood,
    wishes.choice,
    wishes.attached,
    reminders.asked,
    wishes.control,
    wishes.topic,
    wishes.unknown,
)


def answer(message: Message, sender: Sender, library: Library, phrases: Phrasebook) -> Outcome:
    """Return what `message` leads to. Pure: the same arguments give the same outcome."""
    reading = understand(message.text, library, message.country, sender.language)
    return answer_as_read(reading, message, sender, library, phrases)


def answer_as_read(
    reading: Reading, message: Message, sender: Sender, library: Library, phrases: Phrasebook
) -> Outcome:
    """Return what `message` leads to, understood as `reading` says."""
    turn = Turn(message, sender, reading, library, phrases)
    outcome = next(outcome for rule in RULES if (outcome := rule(turn)))
    return _remembered(safety.rationed(outcome, turn), turn)


def _remembered(outcome: Outcome, turn: Turn) -> Outcome:
    """Note language, time and the reply; say once, to someone new, what this line is and how to stop."""
    reply, now = outcome.reply, turn.message.sent_at
    if reply is None:
        return outcome._replace(sender=outcome.sender._replace(last_seen=now), reading=turn.reading)
    fresh = turn.has_paused
    sender = outcome.sender
    sender = sender._replace(
        last_seen=now,
        language=reply.language,
        replies=1 if fresh else sender.replies + 1,
        replies_since=now if fresh else sender.replies_since,
    )
    if turn.sender.last_seen is None and outcome.how is not How.DANGER and outcome.want not in ("greeting", "stop"):
        reply = reply._replace(texts=(*reply.texts, turn.phrases.say("notice", reply.language)))
    return outcome._replace(sender=sender, reply=reply, reading=turn.reading)
