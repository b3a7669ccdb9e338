"""The command line: run the line, look into what was understood, check, read and sign the texts, keep the database."""

import click

from bot.cli.costs import cost
from bot.cli.kept import db, forget, held, purge
from bot.cli.run import serve, talk
from bot.cli.texts import booklet_of_content, check, languages, sign
from bot.cli.training import train
from bot.cli.understood import understand


@click.group()
def main() -> None:
    """A clinic's text-message line about acne scars."""


for _command in (
    booklet_of_content,
    check,
    cost,
    db,
    forget,
    held,
    languages,
    purge,
    serve,
    sign,
    talk,
    train,
    understand,
):
    main.add_command(_command)
