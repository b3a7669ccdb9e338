"""Run the line: as a server, or in this terminal."""

import os
import secrets
import socket
import sys
from datetime import UTC, datetime

import click

from bot import database, settings
from bot.cli.refusing import refusing
from bot.line import put_together
from bot.model import Channel, Message
from bot.problems import Problem, Refused
from bot.receive import Arrival, receive


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True)
@refusing
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


@click.command()
@click.option("--country", default="US", show_default=True, help="Where you text from, in two letters.")
@click.option("--channel", type=click.Choice([each.value for each in Channel]), default="sms", show_default=True)
@refusing
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
