"""The nouns of a conversation: what came in, what we know of who wrote it, and what it leads to.

All are values that never change. A step makes a new one with `_replace`; nothing here acts, stores or sends. Tuples
with names cost a third of frozen dataclasses, and a message makes some twenty.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Channel(StrEnum):
    """The ways a message reaches us. MMS is SMS with an attachment."""

    SMS = "sms"
    WHATSAPP = "whatsapp"
    RCS = "rcs"
    MESSENGER = "messenger"


class Attachment(StrEnum):
    """What a message carried beside its text. Its content is never fetched."""

    PICTURE = "picture"
    VOICE = "voice"
    OTHER = "other"


class OptOut(StrEnum):
    """What Twilio has already answered by itself; the values are those of its parameter OptOutType."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


class How(StrEnum):
    """How a message was dealt with: the last word of every log line, and a column of the tallies."""

    DANGER = "danger"
    SURE = "sure"
    ASKED = "asked"
    CONTROL = "control"
    CHOSEN = "chosen"
    ATTACHMENT = "attachment"
    UNKNOWN = "unknown"
    LOOP = "loop"
    SILENT = "silent"


UNKNOWN = "unknown"
"""What a text wants that is about something else."""
DANGERS = ("crisis", "urgent")
ACTS = ("stop", "start")
"""Controls that change what somebody gets from us: done only when plainly said."""
CONTROLS = ("greeting", "menu", "language", "more", "thanks", "stop", "start", "privacy")


class Message(NamedTuple):
    """What one person texted, once.

    `tap` is the id behind a tapped list row or button ("topic:laser"), `country` an ISO 3166 code or "",
    `sent_at` an aware UTC time, `from_person` false for short codes and alphanumeric senders: other machines.
    """

    text: str
    channel: Channel
    sent_at: datetime
    country: str = ""
    tap: str = ""
    attachment: Attachment | None = None
    opt_out: OptOut | None = None
    from_person: bool = True


class Sender(NamedTuple):
    """What we remember of who texted; never a number or a name.

    `offered` holds what the numbers of the last list stand for: `offered[0]` is what "1" means.
    `replies` counts what was sent since `replies_since`, so that two machines cannot talk for ever.
    `remind_at` is when the one reminder comes that they asked for, `reminder` the id under which Twilio holds it.
    """

    language: str = ""
    topic: str = ""
    page: int = 0
    offered: tuple[str, ...] = ()
    stopped_at: datetime | None = None
    last_seen: datetime | None = None
    replies: int = 0
    replies_since: datetime | None = None
    remind_at: datetime | None = None
    reminder: str = ""


@dataclass(frozen=True, slots=True)
class Want:
    """What a text asks for: a topic, a control or "unknown", and in which language to answer.

    `sure` is 0 to 1. `exact` says that the words stood there as listed, with no guess at a misspelling.
    `why` holds the words of the text that decided; they are looked up when they are asked for.
    """

    name: str
    language: str
    sure: float = 1.0
    exact: bool = True
    reasons: Callable[[], tuple[str, ...]] = field(default=tuple, compare=False, repr=False)

    @property
    def why(self) -> tuple[str, ...]:
        return self.reasons()


class Reading(NamedTuple):
    """A text as understood: the best want, then the others by how sure we are of them."""

    best: Want
    others: tuple[Want, ...] = ()


class Row(NamedTuple):
    """One thing to choose: what it stands for ("laser", "menu:6", "remind:14"), and how it is named to people."""

    id: str
    title: str


class Offer(NamedTuple):
    """A list to choose from: what stands above it, its rows, what stands below it."""

    heading: str
    rows: tuple[Row, ...]
    foot: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(row.id for row in self.rows)


class Reply(NamedTuple):
    """What goes back: texts, each a message; `offer` is what the first lists, `picture` the drawing with it."""

    texts: tuple[str, ...]
    language: str
    offer: Offer | None = None
    picture: str = ""


class Reminding(NamedTuple):
    """What becomes of the sender's reminder: sent at `due` (aware UTC) with `text`, or (None) cancelled.

    `otherwise` is the reply where that fails; None where the outcome holds all the same, as a stop does.
    """

    due: datetime | None = None
    text: str = ""
    otherwise: Reply | None = None


class Outcome(NamedTuple):
    """What a message leads to: a reply or (None) silence, and the sender as we now know them.

    `want` names the topic or control answered. `binding` is true where what we remember must be on disk before we
    answer: a stop, a start, a deletion. `unanswered` is a redacted text for the staff to read. `sender` is told as it
    will be once `reminding` is done.
    """

    reply: Reply | None
    sender: Sender
    how: How
    want: str = "unknown"
    reading: Reading | None = None
    binding: bool = False
    forget: bool = False
    unanswered: str = ""
    reminding: Reminding | None = None


@dataclass(frozen=True, slots=True)
class Clinic:
    """What the clinic says of itself; every text may be empty. `reminds` tells whether it can send reminders."""

    name: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    booking_url: str = ""
    crisis_line: str = ""
    country: str = ""
    keep_days: int = 90
    reminds: bool = False
