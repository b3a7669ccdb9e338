"""Keep the database, and what is remembered in it."""

from datetime import UTC, datetime

import click

from bot import database, settings
from bot.cli.refusing import refusing
from bot.identity import hashed
from bot.problems import Problem, Refused
from bot.send import api
from bot.send.held import cancel_all, held
from bot.store import Store


@click.command()
@click.argument("number")
@refusing
def forget(number: str) -> None:
    """Delete what is kept of NUMBER, as Twilio writes it: +15551234567, whatsapp:+15551234567."""
    wanted = settings.from_environment()
    store, hashes = _store(wanted), [hashed(number, wanted.secret_key or settings.FOR_TRYING_OUT)]
    if not cancel_all(held(store, hashes), store, api.of(wanted)):
        advice = "the reminder that they asked for could not be cancelled; nothing was deleted, try again"
        raise Refused([Problem("forget", "Twilio", advice)])
    click.echo("deleted" if store.forget(hashes) else "nothing was kept")


@click.command()
@refusing
def purge() -> None:
    """Delete what is older than KEEP_DAYS, and answers kept for repeats older than a day. Run it every day."""
    wanted = settings.from_environment()
    store = _store(wanted)
    cancel_all(held(store), store, api.of(wanted))
    for table, count in store.purge(datetime.now(UTC), wanted.keep_days).items():
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
