"""What became of the messages that were sent: by channel, country and Twilio's code, with the code's title."""

import json

import click

from bot import database, settings
from bot.cli.refusing import refusing
from bot.deliveries import Fate, totals
from bot.store import Store
from bot.topics import CONTENT


@click.command()
@refusing
def deliveries() -> None:
    """Count what became of the messages sent: by channel, country and Twilio's error code."""
    engine = database.engine(settings.from_environment().database_url)
    database.check(engine)
    with Store(engine).transaction() as connection:
        counts = totals(connection)
    told: dict[Fate, int] = {}
    for fate, count in counts.items():
        whenever = fate._replace(day="")
        told[whenever] = told.get(whenever, 0) + count
    titles = json.loads((CONTENT / "error_codes.json").read_text(encoding="utf-8"))
    for fate, count in sorted(told.items(), key=lambda each: (-each[1], each[0])):
        title = f"{fate.code} {titles.get(str(fate.code), 'see twilio.com/docs/api/errors')}" if fate.code else ""
        click.echo(f"{count:6}  {fate.channel:9} {fate.country or '--':3} {fate.state:12} {title}".rstrip())
    if not told:
        click.echo("nothing was told yet; Twilio tells what becomes of messages where its status URL is set")
