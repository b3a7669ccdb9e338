"""Make the poster: a file to print or to hand on."""

from pathlib import Path

import click

from bot import phrases, poster, printing, settings, topics
from bot.cli.refusing import refusing
from bot.model import Channel
from bot.values import known_languages


@click.command(name="poster")
@click.option("--number", required=True, help="The number that people text, such as +15557654321, or a short code.")
@click.option("--language", "languages", multiple=True, help="Repeat for up to four; the default language if left out.")
@click.option("--channel", "channels", type=click.Choice([each.value for each in poster.CHANNELS]), multiple=True)
@click.option("--paper", type=click.Choice([each.value for each in poster.Paper]), default="a4", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default="poster.pdf", show_default=True)
@refusing
def make_poster(number: str, languages: tuple[str, ...], channels: tuple[str, ...], paper: str, out: Path) -> None:
    """Make a poster for the waiting room, as PDF or PNG, in one to four languages."""
    make = printing.MAKERS.get(out.suffix.lower().removeprefix("."))
    if make is None:
        raise click.BadParameter("end its name in .pdf or .png", param_hint="--out")
    wanted = settings.from_environment()
    reached = [Channel(channel) for channel in channels] or list(poster.CHANNELS)
    try:
        chosen = known_languages(",".join(languages or (wanted.default_language,)))
        book = phrases.load(topics.load().values(), wanted.clinic, chosen)
        shown = poster.poster(number, chosen, book, reached, poster.Paper(paper))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    made = make(poster.render(shown, book))
    try:
        out.write_bytes(made)
    except OSError as error:
        raise click.BadParameter(f"{out} cannot be written ({error.strerror})", param_hint="--out") from None
    click.echo(f"{out}: {', '.join(ask.language for ask in shown.asks)}, {shown.shown}")
