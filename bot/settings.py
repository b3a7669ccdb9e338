"""What the operator decides: read from the environment once, refused with reasons.

Each setting's line of help below is also its line in the README; a test compares the two.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot import envfile, values
from bot.model import Clinic
from bot.problems import Problem, Refused
from bot.text import sendable

FOR_TRYING_OUT = "for trying out only: no account is set"
_OURS = ("TWILIO_", "CLINIC_", "SKINLINE_")
_WHERE = "settings"


def _setting(default: object, help_text: str, is_secret: bool = False) -> Any:
    return field(default=default, metadata={"help": help_text}, repr=not is_secret)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; the name in the environment is the field's in capitals."""

    twilio_account_sid: str = _setting("", "Account SID (AC…); empty: for trying out, without signatures")
    twilio_auth_token: tuple[str, ...] = _setting(
        (), "Auth Token; while rotating, old and new with a comma", is_secret=True
    )
    twilio_messaging_service_sid: str = _setting("", "Messaging Service SID (MG…), where one is used")
    public_url: str = _setting("", "the address that Twilio calls, as typed into its console, without /sms")
    database_url: str = _setting("sqlite:///skinline.sqlite3", "SQLite or PostgreSQL (postgresql://…)", is_secret=True)
    secret_key: str = _setting("", "at least 32 random letters; makes the codes that stand for numbers", is_secret=True)
    secret_key_fallbacks: tuple[str, ...] = _setting(
        (), "keys used before it, with commas: what was kept under them, stops above all, still holds", is_secret=True
    )
    clinic_name: str = _setting("", "the clinic's name, as patients know it")
    clinic_phone: str = _setting("", "its telephone number for people")
    clinic_address: str = _setting("", "where it is")
    clinic_hours: str = _setting("", "when it is open")
    clinic_booking_url: str = _setting("", "web page to book a visit")
    clinic_crisis_line: str = _setting("", "crisis line of its country, added to the answer to a crisis")
    clinic_country: str = _setting("", "two letters (US, MX, IN): the country of a sender where nothing tells")
    languages: tuple[str, ...] = _setting((), "languages served, with commas; empty: all that are complete")
    default_language: str = _setting("en", "language where nothing tells which")
    staff_password: str = _setting(
        "", "opens the staff's pages once an account is set; at least 12 letters", is_secret=True
    )
    metrics_token: str = _setting(
        "", "opens /metrics to Prometheus once an account is set; at least 16 letters", is_secret=True
    )
    twilio_handles_stop: bool = _setting(True, "yes, unless Twilio's own STOP, START and HELP are off")
    keep_days: int = _setting(90, "days after which a silent sender is forgotten")
    sms_plain_letters: tuple[str, ...] | None = _setting(
        None, "languages whose SMS go without á, ł, ş … where that is cheaper; none; empty: as content/plain.toml says"
    )
    prices: str = _setting("", "file with your own prices, written as content/prices.toml is; empty: its examples")
    mms_pictures: bool = _setting(False, "yes: pictures by MMS too, to US and Canadian numbers, each billed as an MMS")

    @property
    def is_live(self) -> bool:
        """Whether a Twilio account is set: then every request must be signed."""
        return bool(self.twilio_account_sid)

    @property
    def key(self) -> str:
        """The key that hashes are made with."""
        return self.secret_key or FOR_TRYING_OUT

    @property
    def clinic(self) -> Clinic:
        """What the texts may say of the clinic."""
        return Clinic(
            name=self.clinic_name,
            phone=self.clinic_phone,
            address=self.clinic_address,
            hours=self.clinic_hours,
            booking_url=self.clinic_booking_url,
            crisis_line=self.clinic_crisis_line,
            country=self.clinic_country,
            keep_days=self.keep_days,
            reminds=bool(self.is_live and self.twilio_messaging_service_sid),
        )


def read(environment: Mapping[str, str], found: Iterable[Problem] = ()) -> Settings:
    """Read settings from name and text. Raise `Refused` with every mistake, those `found` before among them.

    >>> read({"KEEP_DAYS": "30"}).keep_days
    30
    """
    problems = [*found, *_misspelled(environment)]
    given = {
        name: sendable(environment[name.upper()]).strip()
        for name in _NAMES
        if environment.get(name.upper(), "").strip()
    }
    parsed: dict[str, Any] = {}
    for name, text in given.items():
        try:
            parsed[name] = _PARSERS.get(name, str)(text)
        except ValueError as error:
            problems.append(Problem(_WHERE, name.upper(), str(error)))
    settings = Settings(**parsed)
    problems.extend(_wrong_together(settings, given))
    if problems:
        raise Refused(problems)
    return settings


def from_environment(folder: Path | None = None) -> Settings:
    """Read settings from the environment and, below it, from `.env` in `folder` (the working folder)."""
    file = (folder or Path.cwd()) / ".env"
    written_lines, found = envfile.lines(file)
    values_of = dotenv_values(stream=StringIO("".join(line.original.string for line in written_lines)))
    found.extend(
        Problem(str(file), name, f"no such setting{_did_you_mean(name)}") for name in values_of if not _is_known(name)
    )
    written = {name: value or "" for name, value in values_of.items() if _is_known(name)}
    return read({**written, **os.environ}, found)


def help_lines() -> Iterator[tuple[str, str, str]]:
    """Yield each setting's name, its default as one would write it, and its line of help."""
    for each in fields(Settings):
        default = {True: "yes", False: "no", (): "", None: ""}.get(each.default, each.default)
        yield each.name.upper(), str(default), each.metadata["help"]


_NAMES = tuple(each.name for each in fields(Settings))


def _is_known(name: str) -> bool:
    return name.isupper() and name.lower() in _NAMES


def _did_you_mean(name: str) -> str:
    near = get_close_matches(name.upper(), [known.upper() for known in _NAMES], n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _misspelled(environment: Mapping[str, str]) -> Iterator[Problem]:
    for name in sorted(environment):
        if name.upper().startswith(_OURS) and not _is_known(name):
            yield Problem(_WHERE, name, f"no such setting{_did_you_mean(name) or '; remove it'}")


_PARSERS: dict[str, Callable[[str], object]] = {
    "twilio_account_sid": values.sid("AC"),
    "twilio_auth_token": values.listed,
    "secret_key_fallbacks": values.listed,
    "twilio_messaging_service_sid": values.sid("MG"),
    "public_url": values.url,
    "database_url": values.database,
    "clinic_booking_url": values.url,
    "clinic_country": values.country,
    "languages": values.known_languages,
    "twilio_handles_stop": values.yes_or_no,
    "keep_days": values.days,
    "sms_plain_letters": values.languages_or_none,
    "mms_pictures": values.yes_or_no,
}


def _wrong_together(settings: Settings, given: Mapping[str, str]) -> Iterator[Problem]:
    if settings.languages and settings.default_language not in settings.languages:
        yield Problem(_WHERE, "DEFAULT_LANGUAGE", "must be one of LANGUAGES")
    if settings.secret_key and len(settings.secret_key) < 32:
        yield Problem(_WHERE, "SECRET_KEY", "too short; write at least 32 random letters")
    if any(len(key) < 32 for key in settings.secret_key_fallbacks):
        yield Problem(_WHERE, "SECRET_KEY_FALLBACKS", "one is too short to have been a key; write each whole")
    if settings.metrics_token and len(settings.metrics_token) < 16:
        yield Problem(_WHERE, "METRICS_TOKEN", "too short; write at least 16 random letters")
    if settings.staff_password and len(settings.staff_password) < 12:
        yield Problem(_WHERE, "STAFF_PASSWORD", "too short; write at least 12 letters")
    if "twilio_account_sid" not in given:
        return
    for name in ("twilio_auth_token", "public_url", "secret_key"):
        if name not in given:
            yield Problem(_WHERE, name.upper(), "missing; needed as soon as TWILIO_ACCOUNT_SID is set")
