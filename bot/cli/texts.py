"""What a clinician and an editor do with the texts: check, read, sign, see who has signed."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from bot import booklet, database, phrases, plain, settings, topics
from bot import check as checks
from bot import sign as signing
from bot.check import drawings, reviews, rules, spelling
from bot.cli.refusing import refusing
from bot.languages import SOURCE
from bot.line import put_together
from bot.review import Review


def _today() -> date:
    # The day on the clinician's own calendar.
    return datetime.now().astimezone().date()


@click.command()
@refusing
def check() -> None:
    """Check settings, content, keywords and catalogues; say what to mend."""
    line = put_together(settings.from_environment(), database.engine("sqlite://"))
    kept = rules.load()
    found = [
        *checks.findings(line.library, line.phrases, kept, _today()),
        *drawings.findings(line.pictures.drawings, line.phrases),
        *spelling.findings(plain.load(), line.library, line.phrases),
    ]
    mistakes = [str(each) for each in found if not each.is_warning]
    warnings = [f"warning: {each}" for each in found if each.is_warning]
    for said in (*warnings, *mistakes):
        click.echo(said, err=True)
    if mistakes:
        sys.exit(1)
    for said in checks.figures(line.library, line.phrases, kept):
        click.echo(said)
    click.echo(f"{len(line.library.topics)} topics in {len(line.phrases.languages)} languages: nothing to mend")


@click.command(name="content")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write, such as texts.html.")
@refusing
def booklet_of_content(out: Path | None) -> None:
    """Write every English text as one HTML page to read, print and sign."""
    found = topics.load()
    book = phrases.load(found.values(), settings.from_environment().clinic, (SOURCE,))
    page = booklet.render(found, book, rules.load(), _today())
    if out is None:
        click.echo(page)
        return
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise click.BadParameter(
            f"{out} cannot be written ({error.strerror}); choose another", param_hint="--out"
        ) from None
    click.echo(f"{out}: {len(found)} topics")


_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("topic", required=False)
@click.option("--by", default="", help="Who has read the text: the clinician's name.")
@click.option("--on", type=_DAY, help="The day of signing, as 2026-12-01; today where it is left out.")
@click.option("--expires", type=_DAY, help="The last day on which the text may be sent; none where it is left out.")
@click.option("--list", "listing", is_flag=True, help="Show who has signed what.")
@refusing
def sign(topic: str | None, by: str, on: datetime | None, expires: datetime | None, listing: bool) -> None:
    """Sign the texts of TOPIC for a clinician; without TOPIC, show who has signed what."""
    if topic is None or listing:
        _list_signatures()
        return
    today = _today()
    review = Review(by, on.date() if on else today, expires.date() if expires else None)
    path = signing.sign(topic, review, today)
    click.echo(f"{path}: {reviews.state(topics.load()[topic], today)}")


def _list_signatures() -> None:
    today = _today()
    for topic in topics.in_menu_order(topics.load().values()):
        click.echo(f"{topic.id:14} {reviews.state(topic, today)}")
