"""Bring the lists, buttons and reminders of WhatsApp to Twilio, and through Meta's approval."""

from functools import partial

import click

from bot import content, database, phrases, pickers, settings
from bot.cli.asking import asked, opened
from bot.cli.refusing import refusing
from bot.pickers import Kind
from bot.send import registry
from bot.send import templates as held_there
from bot.send.api import Api
from bot.send.registry import UNSUBMITTED, Held
from bot.store import Store


@click.group()
def templates() -> None:
    """Keep the lists, buttons and reminders of WhatsApp at Twilio."""


@templates.command()
@click.option("--dry-run", is_flag=True, help="Show what would be made and removed, and do nothing.")
@refusing
def sync(dry_run: bool) -> None:
    """Make the templates that the texts need, remove stale ones; may be run again at any time."""
    wanted, store, twilio = _opened()
    library = content.load(languages=wanted.languages)
    needed = pickers.needed(library, phrases.load(library.topics.values(), wanted.clinic, library.languages))
    known = registry.held(store)
    plan = held_there.plan(needed, asked(twilio, partial(held_there.present, known=known)))
    for template in plan.making:
        click.echo(f"make    {template.name:44} {held_there.cost(template)}")
    for held in plan.removing:
        click.echo(f"remove  {held.name:44} {held.sid}")
    if not dry_run:
        _carry_out(plan, store, twilio)
    said = "would be " if dry_run else ""
    click.echo(
        f"{len(plan.making)} {said}made, {len(plan.removing)} {said}removed, {len(plan.leaving)} left as they are"
    )


def _carry_out(plan: held_there.Plan, store: Store, twilio: Api) -> None:
    """Note each template as it is made: what is done when one fails need not be done again."""
    present = list(plan.leaving)
    registry.keep(store, present)
    for template in plan.making:
        present.append(asked(twilio, lambda client, each=template: held_there.make(client, each)))  # type: ignore[misc]
        registry.keep(store, present)
    for held in plan.removing:
        asked(twilio, partial(held_there.remove, held=held))


@templates.command()
@refusing
def submit() -> None:
    """Ask Meta to approve the templates of reminders, which come later than 24 hours after a text."""
    _, store, twilio = _opened()
    known = registry.held(store)
    for held in [each for each in known.values() if _is_reminder(each) and each.status == UNSUBMITTED]:
        if _language(held) in held_there.NOT_AT_META:
            click.echo(f"{held.name:44} Meta approves none in this language: no reminders on WhatsApp in it")
            continue
        known[held.name] = asked(twilio, partial(held_there.submit, held=held))
        registry.keep(store, known.values())
        click.echo(f"{held.name:44} submitted")


@templates.command()
@refusing
def status() -> None:
    """Ask how far Meta's approval of each reminder is."""
    _, store, twilio = _opened()
    known = registry.held(store)
    for held in [each for each in known.values() if _is_reminder(each)]:
        known[held.name] = asked(twilio, partial(held_there.approval, held=held))
        click.echo(f"{held.name:44} {known[held.name].status}")
    registry.keep(store, known.values())


def _is_reminder(held: Held) -> bool:
    return f"_{Kind.REMINDER}_" in held.name


def _language(held: Held) -> str:
    return held.name.removeprefix(pickers.PREFIX).partition(f"_{Kind.REMINDER}_")[0]


def _opened() -> tuple[settings.Settings, Store, Api]:
    wanted = settings.from_environment()
    twilio = opened(wanted)
    engine = database.engine(wanted.database_url)
    database.check(engine)
    return wanted, Store(engine), twilio
