"""Keep the database, and what is remembered in it."""

from datetime import UTC, datetime

import click

from bot import database, settings
from bot.cli.refusing import refusing
from bot.identity import hashed
from bot.store import Store


@click.command()
@click.argument("number")
@refusing
def forget(number: str) -> None:
    """Delete what is kept of NUMBER, as Twilio writes it: +15551234567, whatsapp:+15551234567."""
    wanted = settings.from_environment()
    store = _store(wanted)
    count = store.forget([hashed(number, wanted.secret_key or settings.FOR_TRYING_OUT)])
    click.echo("deleted" if count else "nothing was kept")


@click.command()
@refusing
def purge() -> None:
    """Delete what is older than KEEP_DAYS, and answers kept for repeats older than a day. Run it every day."""
    wanted = settings.from_environment()
    for table, count in _store(wanted).purge(datetime.now(UTC), wanted.keep_days).items():
        click.echo(f"{table}: {count}")


def _store(wanted: settings.Settings) -> Store:
    engine = database.engine(wanted.database_url)
    database.check(engine)
    return Store(engine)


@click.group()
def db() -> None:
    """Keep the database."""


@db.command()
@refusing
def upgrade() -> None:
    """Bring the tables up to date."""
    database.upgrade(database.engine(settings.from_environment().database_url))
    click.echo("the tables are up to date")
