"""What goes before all answers: danger, stop, and the machines and floods that would never end."""

from datetime import timedelta

import regex

from bot import compose, offers
from bot.answer.turn import Turn
from bot.model import DANGERS, How, Outcome, Reminding, Reply, Sender

BUDGET = 20
"""Replies to one sender until they pause. Twilio itself cuts a loop at 30 in 30 seconds (error 14107)."""
CEILING = 2 * BUDGET
"""Replies until they pause where danger, stop and start are counted too, which the budget lets through."""
AGAIN = timedelta(minutes=5)
"""Above the ceiling danger alone is answered, no more often than this: another machine may speak of danger too."""
# How phones send a reaction to an SMS: a few words, then the whole text that was liked, in quotes.
_TAPBACK = regex.compile(r"^\s*(?:\S+\s+){1,4}?[\"“„«「](.+)[\"”“»」]\s*$", regex.DOTALL)


def already_answered(turn: Turn) -> Outcome | None:
    """Twilio has answered STOP, START or HELP by itself: note it, add nothing."""
    kind = turn.message.opt_out
    if not kind:
        return None
    stopped_at = {"STOP": turn.message.sent_at, "START": None}.get(kind.value, turn.sender.stopped_at)
    sender = turn.sender._replace(stopped_at=stopped_at)
    outcome = Outcome(None, sender, How.SILENT, kind.value.lower(), binding=kind.value != "HELP")
    return without_reminder(outcome) if kind.value == "STOP" else outcome


def without_reminder(outcome: Outcome, otherwise: Reply | None = None) -> Outcome:
    """Return `outcome` with the sender's reminder, where there is one, cancelled; `otherwise` as in `Reminding`."""
    if not outcome.sender.reminder:
        return outcome
    sender = outcome.sender._replace(remind_at=None, reminder="")
    return outcome._replace(sender=sender, reminding=Reminding(otherwise=otherwise))


def echo(turn: Turn) -> Outcome | None:
    """Our own words come back: a tapback, or another machine. Never answered, so that no loop begins."""
    text = turn.message.text
    quoted = _TAPBACK.match(text)
    if turn.phrases.is_ours(text) or (quoted and turn.phrases.is_ours(quoted[1])):
        return Outcome(None, turn.sender, How.SILENT)
    return None


def danger(turn: Turn) -> Outcome | None:
    if turn.want.name not in DANGERS:
        return None
    return give_help(turn, turn.want.name) if turn.want.exact else _ask(turn, f"ask_{turn.want.name}", turn.want.name)


def give_help(turn: Turn, danger: str) -> Outcome:
    text = compose.topic(turn.library.topics[danger], turn.language, turn.phrases)
    return Outcome(turn.reply(text), turn.sender._replace(offered=()), How.DANGER, danger)


def _ask(turn: Turn, question: str, act: str) -> Outcome:
    offer = offers.question(question, act, turn.language, turn.phrases)
    return Outcome(turn.reply_with(offer), turn.sender._replace(offered=offer.ids), How.ASKED, act)


def asked_about_danger(turn: Turn) -> Outcome | None:
    """Whoever was asked whether they are in danger gets help for any answer but a clear other one."""
    if turn.sender.offered not in [(danger, "go_on") for danger in DANGERS]:
        return None
    if turn.chosen or turn.want.name not in ("unknown", "start", "greeting", "thanks", "menu"):
        return None
    return give_help(turn, turn.sender.offered[0])


def stop(turn: Turn) -> Outcome | None:
    if turn.want.name != "stop" or turn.sender.stopped_at:
        return None
    return stopped_now(turn) if turn.want.exact else _ask(turn, "ask_stop", "stop")


def stopped_now(turn: Turn) -> Outcome:
    sender = turn.sender._replace(stopped_at=turn.message.sent_at, offered=())
    return without_reminder(Outcome(turn.reply(turn.say("stopped")), sender, How.CONTROL, "stop", binding=True))


def said_stop(turn: Turn) -> Outcome | None:
    return Outcome(None, turn.sender, How.SILENT, turn.want.name) if turn.sender.stopped_at else None


def machine(turn: Turn) -> Outcome | None:
    return None if turn.message.from_person else Outcome(None, turn.sender, How.SILENT)


def flood(turn: Turn) -> Outcome | None:
    sender = turn.sender
    if sender.replies < BUDGET - 1 or turn.has_paused:
        return None
    if sender.replies < BUDGET:
        return Outcome(turn.reply(turn.say("loop")), sender, How.LOOP)
    return Outcome(None, sender._replace(replies_since=turn.message.sent_at), How.LOOP)


def left_of(sender: Sender) -> Sender:
    """Return what stays of somebody who is forgotten: the count of replies, or to be forgotten would begin it anew."""
    return Sender(replies=sender.replies, replies_since=sender.replies_since)


def rationed(outcome: Outcome, turn: Turn) -> Outcome:
    """Leave out the reply above the ceiling. What was decided is remembered all the same: a stop is a stop."""
    if outcome.reply is None or turn.sender.replies < CEILING or turn.has_paused:
        return outcome
    if outcome.how is How.DANGER and turn.has_passed(AGAIN):
        return outcome._replace(sender=outcome.sender._replace(replies_since=turn.message.sent_at))
    return outcome._replace(reply=None, how=How.LOOP)
