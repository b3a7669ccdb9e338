"""The command line: run the line, look into what it understands, check, sign and hang up texts, keep the database."""

import click

from bot.cli.connecting import connect, doctor
from bot.cli.costs import cost
from bot.cli.delivered import deliveries
from bot.cli.kept import db, forget, held, purge
from bot.cli.posters import make_poster
from bot.cli.run import serve, talk
from bot.cli.spoken import languages
from bot.cli.taught import keywords
from bot.cli.templates import templates
from bot.cli.texts import booklet_of_content, check, sign
from bot.cli.training import train
from bot.cli.understood import understand


@click.group()
def main() -> None:
    """A clinic's text-message line about acne scars."""


for _command in (
    booklet_of_content,
    check,
    connect,
    cost,
    db,
    deliveries,
    doctor,
    forget,
    held,
    keywords,
    languages,
    make_poster,
    purge,
    serve,
    sign,
    talk,
    templates,
    train,
    understand,
):
    main.add_command(_command)
