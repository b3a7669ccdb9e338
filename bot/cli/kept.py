"""Keep the database, and what is remembered in it."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import Engine

from bot import backup as backups
from bot import database, settings
from bot.cli.refusing import refusing
from bot.identity import hashed
from bot.model import Sender
from bot.store import Store

_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@click.argument("number")
@refusing
def forget(number: str) -> None:
    """Delete what is kept of NUMBER, as Twilio writes it: +15551234567, whatsapp:+15551234567."""
    wanted = settings.from_environment()
    count = Store(_checked(wanted)).forget(_hashes(number, wanted))
    click.echo("deleted" if count else "nothing was kept")


@click.command()
@click.argument("number")
@refusing
def held(number: str) -> None:
    """Show as JSON all that is kept of NUMBER, for whoever asks what it is; times are UTC."""
    wanted = settings.from_environment()
    store = Store(_checked(wanted))
    found = [sender for each in _hashes(number, wanted) if (sender := _sender(store, each)) != Sender()]
    click.echo(json.dumps([asdict(sender) for sender in found], default=str, ensure_ascii=False, indent=2))


def _sender(store: Store, hash_: str) -> Sender:
    with store.turn([hash_]) as turn:
        return turn.sender()


def _hashes(number: str, wanted: settings.Settings) -> list[str]:
    return [hashed(number, key) for key in (wanted.key, *wanted.secret_key_fallbacks)]


@click.command()
@refusing
def purge() -> None:
    """Delete what is older than KEEP_DAYS, and answers kept for repeats older than a day. Run it every day."""
    wanted = settings.from_environment()
    for table, count in Store(_checked(wanted)).purge(datetime.now(UTC), wanted.keep_days).items():
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
