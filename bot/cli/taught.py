"""What staff have taught on their pages, taken into the keyword files."""

import click

from bot import database, keyword_files, settings, teaching
from bot.cli.refusing import refusing
from bot.store import Store


@click.group()
def keywords() -> None:
    """Keep the keywords that staff have taught."""


@keywords.command()
@click.option("--forget", is_flag=True, help="Take away what the files hold already; run it once they are deployed.")
@refusing
def export(forget: bool) -> None:
    """Write the keywords that staff have taught into content/keywords, to review in git."""
    engine = database.engine(settings.from_environment().database_url)
    database.check(engine)
    store = Store(engine)
    with store.transaction() as connection:
        lessons = [lesson for _, lesson in reversed(teaching.listed(connection))]
    if forget:
        known = keyword_files.standing(lessons)
        with store.transaction() as connection:
            teaching.unlearn_all(connection, known)
        click.echo(f"taken away: {len(known)}")
        return
    for lesson in keyword_files.add(lessons):
        click.echo(f"content/keywords/{lesson.language}.toml: {lesson.topic}: {lesson.phrase}")
    click.echo("run `skinline train` and `skinline check`, then review the change" if lessons else "nothing was taught")
