"""The command line: serve, talk in a terminal, look into what was understood, check, forget, keep the database."""

import json
import os
import secrets
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import click

from bot import check as checks
from bot import content, database, phrases, settings
from bot.identity import hashed
from bot.languages import own_name
from bot.model import Channel, Message, Reading
from bot.problems import Problem, Refused
from bot.receive import Arrival, put_together, receive
from bot.store import Store, Unavailable
from bot.understand import understand as read_text


def _refusing(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a refusal into its lines and exit status 1: nobody should have to read a stack trace."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except Refused as refused:
            click.echo(str(refused), err=True)
            sys.exit(1)
        except Unavailable:
            click.echo("database: DATABASE_URL: it does not answer; start it, or try again when it is free", err=True)
            sys.exit(1)

    return wrapped


@click.group()
def main() -> None:
    """A clinic's text-message line about acne scars."""


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True)
@_refusing
def serve(port: int) -> None:
    """Serve the webhooks and the simulator page under gunicorn."""
    wanted = settings.from_environment()
    database.check(database.engine(wanted.database_url))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104 - as the server will
        except OSError:
            advice = f"{port} is in use; stop what uses it, or choose another with --port"
            raise Refused([Problem("serve", "port", advice)]) from None
    click.echo(f"Skinline: the simulator is at http://localhost:{port}/  (Ctrl-C stops)")
    sys.stdout.flush()
    os.environ["PORT"] = str(port)
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:bot.serving", "bot.wsgi:app"]
    os.execv(sys.executable, gunicorn)  # noqa: S606 - our own server, fixed arguments


@main.command()
@click.option("--country", default="US", show_default=True, help="Where you text from, in two letters.")
@click.option("--channel", type=click.Choice([each.value for each in Channel]), default="sms", show_default=True)
@_refusing
def talk(country: str, channel: str) -> None:
    """Text the bot in this terminal; nothing is kept."""
    engine = database.engine("sqlite://")
    database.upgrade(engine)
    line = put_together(settings.from_environment(), engine)
    for text in iter(_typed, None):
        message = Message(text, Channel(channel), datetime.now(UTC), country.upper())
        sid = f"talk{secrets.token_hex(8)}"
        answered = receive(Arrival(message, sid, ["terminal"], "terminal", for_staff=False), line)
        for reply in answered.texts or ("(silence)",):
            click.echo("\n".join(f"< {part}" for part in reply.splitlines()))


def _typed() -> str | None:
    try:
        return input("> " if sys.stdin.isatty() else "")
    except (EOFError, KeyboardInterrupt):
        return None


@main.command()
@click.argument("text", required=False)
@click.option("--jsonl", is_flag=True, help='Read {"text": …, "country": …} a line, write what was understood a line.')
@click.option("--country", default="", help="Where the text comes from, in two letters.")
@_refusing
def understand(text: str | None, jsonl: bool, country: str) -> None:
    """Show how a text is understood, and why."""
    library = content.load(languages=settings.from_environment().languages)
    if jsonl:
        for line in filter(str.strip, sys.stdin):
            case = _case(line)
            reading = read_text(case["text"], library, case.get("country") or "")
            click.echo(json.dumps(_summary(reading), ensure_ascii=False))
        return
    if text is None:
        raise click.UsageError("give a text, or --jsonl")
    click.echo(_explained(read_text(text, library, country.upper())))


def _case(line: str) -> dict[str, str]:
    try:
        case = json.loads(line)
    except ValueError:
        case = None
    if not isinstance(case, dict) or not isinstance(case.get("text"), str):
        raise Refused([Problem("standard input", line[:40].strip(), 'is no object with a "text"; write one a line')])
    return case


def _summary(reading: Reading) -> dict[str, object]:
    best = reading.best
    return {"topic": best.name, "lang": best.language, "sure": best.sure, "why": list(best.why)}


def _explained(reading: Reading) -> str:
    best = reading.best
    lines = [f"{best.name} in {own_name(best.language)}, sure {best.sure:.2f}{'' if best.exact else ', with a guess'}"]
    lines.append(f"words that decided: {' '.join(best.why) or 'none'}")
    lines.extend(f"also: {other.name}, {other.sure:.2f} ({' '.join(other.why)})" for other in reading.others)
    return "\n".join(lines)


@main.command()
@_refusing
def check() -> None:
    """Check settings, content, keywords and catalogues; say what to mend."""
    line = put_together(settings.from_environment(), database.engine("sqlite://"))
    found = list(checks.findings(line.library, line.phrases))
    if found:
        raise Refused(found)
    click.echo(f"{len(line.library.topics)} topics in {len(line.phrases.languages)} languages: nothing to mend")


@main.command()
@_refusing
def languages() -> None:
    """List the languages: texts translated, keywords, and who signed."""
    library = content.load()
    book = phrases.load(library.topics.values(), settings.from_environment().clinic, library.languages)
    for code in book.languages:
        texts, speech = len(book.texts[code]), library.speeches[code]
        signed = book.reviewed[code] or ("source text" if code == "en" else "machine-drafted, no signature")
        translated = f"{texts}/{len(book.english)} texts"
        click.echo(f"{code:8} {own_name(code):12} {translated:14} {len(speech.keywords):4} keywords  {signed}")


@main.command()
@click.argument("number")
@_refusing
def forget(number: str) -> None:
    """Delete what is kept of NUMBER, as Twilio writes it: +15551234567, whatsapp:+15551234567."""
    wanted = settings.from_environment()
    store = _store(wanted)
    count = store.forget([hashed(number, wanted.secret_key or settings.FOR_TRYING_OUT)])
    click.echo("deleted" if count else "nothing was kept")


@main.command()
@_refusing
def purge() -> None:
    """Delete what is older than KEEP_DAYS, and answers kept for repeats older than a day. Run it every day."""
    wanted = settings.from_environment()
    for table, count in _store(wanted).purge(datetime.now(UTC), wanted.keep_days).items():
        click.echo(f"{table}: {count}")


def _store(wanted: settings.Settings) -> Store:
    engine = database.engine(wanted.database_url)
    database.check(engine)
    return Store(engine)


@main.group()
def db() -> None:
    """Keep the database."""


@db.command()
@_refusing
def upgrade() -> None:
    """Bring the tables up to date."""
    database.upgrade(database.engine(settings.from_environment().database_url))
    click.echo("the tables are up to date")
