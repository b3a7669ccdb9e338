"""Keep the database, and what is remembered in it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import Engine, select

from bot import backup as backups
from bot import database, settings
from bot.cli.refusing import refusing
from bot.identity import hashed
from bot.problems import Problem, Refused
from bot.rows import of_person, sender_of
from bot.send import api
from bot.send.held import cancel_all
from bot.send.held import held as reminders
from bot.store import Store
from bot.tables import senders

_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@click.argument("number")
@refusing
def forget(number: str) -> None:
    """Delete what is kept of NUMBER, as Twilio writes it: +15551234567, whatsapp:+15551234567."""
    wanted = settings.from_environment()
    store, hashes = Store(_checked(wanted)), _hashes(number, wanted)
    if not cancel_all(reminders(store, hashes), store, api.of(wanted)):
        advice = "the reminder that they asked for could not be cancelled; nothing was deleted, try again"
        raise Refused([Problem("forget", "Twilio", advice)])
    click.echo("deleted" if store.forget(hashes) else "nothing was kept")


@click.command()
@click.argument("number")
@refusing
def held(number: str) -> None:
    """Show as JSON all that is kept of NUMBER, for whoever asks what it is; times are UTC."""
    wanted = settings.from_environment()
    with Store(_checked(wanted)).transaction() as connection:
        named = senders.c.hash.in_(of_person(_hashes(number, wanted), connection))
        rows = connection.execute(select(senders).where(named).order_by(senders.c.hash)).all()
    found = [{"hash": row.hash, **sender_of(row)._asdict(), "linked": row.linked} for row in rows]
    click.echo(json.dumps(found, default=str, ensure_ascii=False, indent=2))


def _hashes(number: str, wanted: settings.Settings) -> list[str]:
    return [hashed(number, key) for key in (wanted.key, *wanted.secret_key_fallbacks)]


@click.command()
@refusing
def purge() -> None:
    """Delete what is older than KEEP_DAYS, and answers kept for repeats older than a day. Run it every day."""
    wanted = settings.from_environment()
    store = Store(_checked(wanted))
    cancel_all(reminders(store), store, api.of(wanted))
    for table, count in store.purge(datetime.now(UTC), wanted.keep_days).items():
        click.echo(f"{table}: {count}")


@click.group()
def db() -> None:
    """Keep the database."""


@db.command()
@refusing
def upgrade() -> None:
    """Bring the tables up to date."""
    database.upgrade(_opened(settings.from_environment()))
    click.echo("the tables are up to date")


@db.command()
@_file
@refusing
def backup(file: Path) -> None:
    """Write all that is kept to FILE, while the line runs; SQLite and PostgreSQL alike."""
    _copy(file, _checked, backups.write)


@db.command()
@_file
@refusing
def restore(file: Path) -> None:
    """Fill a new, empty database from FILE, of either kind, and bring it up to date."""
    _copy(file, _opened, backups.restore)


def _copy(file: Path, opened: Callable[[settings.Settings], Engine], act: Callable[[Engine, Path], int]) -> None:
    click.echo(f"{act(opened(settings.from_environment()), file)} rows")


def _opened(wanted: settings.Settings) -> Engine:
    return database.engine(wanted.database_url, patience=database.AT_LEISURE)


def _checked(wanted: settings.Settings) -> Engine:
    engine = _opened(wanted)
    database.check(engine)
    return engine
