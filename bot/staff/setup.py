"""First run: what is set, what is missing, and the next step on the way to a clinic's own number.

No secret is shown, only whether there is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Blueprint
from sqlalchemy import Connection, select

from bot.languages import SOURCE
from bot.rows import microseconds
from bot.settings import Settings
from bot.staff.layout import Desk
from bot.staff.words import N_
from bot.tables import messages, tallies
from bot.totals import TRIALS

_OVERDUE = timedelta(days=3)
"""Age of a kept message from which it is plain that `skinline purge` does not run every day."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, once. `names` are the settings or commands that it is done with, `shown` what stands there."""

    title: str
    why: str
    is_done: bool
    names: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What is so already: topics unsigned, languages unread by a clinician, whether patients wrote, and purge runs."""

    unsigned: int
    unread: int
    was_heard: bool
    is_purged: bool


def add(site: Blueprint, desk: Desk) -> None:
    """Add the page."""

    @site.get("/setup")
    def setup() -> str:
        with desk.line.store.transaction() as connection:
            found = list(steps(desk.settings, _state(desk, connection)))
        following = next((step for step in found if not step.is_done), None)
        done = sum(step.is_done for step in found)
        return desk.render("setup.html", steps=found, following=following, done=done, kind=_kind(desk.settings))


def steps(settings: Settings, state: State) -> Iterator[Step]:
    """Yield the steps in the order in which they are best done."""
    yield Step(
        N_("Say who the clinic is"),
        N_("Replies name the clinic and whom to call. Without, they say “our clinic”."),
        bool(settings.clinic_name and settings.clinic_phone),
        ("CLINIC_NAME", "CLINIC_PHONE", "CLINIC_HOURS", "CLINIC_ADDRESS"),
        tuple(filter(None, (settings.clinic_name, settings.clinic_phone))),
    )
    yield Step(
        N_("Name a crisis line of your country"),
        N_("Whoever writes of ending their life is told this number at once."),
        bool(settings.clinic_crisis_line),
        ("CLINIC_CRISIS_LINE", "CLINIC_COUNTRY"),
        tuple(filter(None, (settings.clinic_crisis_line, settings.clinic_country))),
    )
    yield Step(
        N_("Have a clinician read and sign the texts"),
        N_("They were written from named sources and await a signature."),
        not state.unsigned,
        ("skinline content --out texts.html", "skinline sign"),
    )
    yield Step(
        N_("Have clinicians read the translations that you serve"),
        N_("They are drafts until somebody who speaks the language has signed them. Serve only those that you trust."),
        not state.unread,
        ("skinline languages", "LANGUAGES"),
    )
    yield from _connecting(settings, state)


def _connecting(settings: Settings, state: State) -> Iterator[Step]:
    yield Step(
        N_("Choose a key and a password"),
        N_("The key makes the codes that stand for numbers; the password opens these pages once patients can write."),
        bool(settings.secret_key and settings.staff_password),
        ("SECRET_KEY", "STAFF_PASSWORD"),
    )
    yield Step(
        N_("Enter the Twilio account and your address"),
        N_("From then on only requests that Twilio has signed are answered."),
        bool(settings.is_live and settings.public_url),
        ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PUBLIC_URL"),
        tuple(filter(None, (settings.public_url,))),
    )
    address = settings.public_url or "https://your.host"
    yield Step(
        N_("Tell Twilio where to send messages, and text the number"),
        N_("The command sets the addresses of incoming messages, fallback and callbacks; Twilio's console does too."),
        state.was_heard,
        (
            "skinline connect",
            f"{address}/sms#rc=2&rp=ct,rt,5xx&rt=7000",
            f"{address}/sms/fallback",
            f"{address}/status",
        ),
    )
    yield Step(
        N_("Let it tidy up every day"),
        N_("What is older than it may be kept is deleted then, and what was counted comes into the insights."),
        state.was_heard and state.is_purged,
        ("skinline purge",),
    )


def _state(desk: Desk, connection: Connection) -> State:
    now = datetime.now(UTC)
    patients = select(messages.c.sid).where(messages.c.channel.not_in(TRIALS)).limit(1)
    stale = select(messages.c.sid).where(messages.c.received_at < microseconds(now - _OVERDUE)).limit(1)
    reviewed = desk.line.phrases.reviewed
    return State(
        unsigned=sum(topic.reviewed is None for topic in desk.line.library.topics.values()),
        unread=sum(not who for language, who in reviewed.items() if language != SOURCE),
        was_heard=connection.execute(patients).first() is not None or _was_counted(connection),
        is_purged=connection.execute(stale).first() is None,
    )


def _was_counted(connection: Connection) -> bool:
    counted = select(tallies.c.day).where(tallies.c.channel.not_in(TRIALS)).limit(1)
    return connection.execute(counted).first() is not None


def _kind(settings: Settings) -> str:
    return "SQLite" if settings.database_url.startswith("sqlite") else "PostgreSQL"
