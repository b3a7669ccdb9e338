"""Connect a number to the line, and look whether everything that messages pass through is sound."""

import sys

import click

from bot import settings
from bot.cli import soundness
from bot.cli.asking import asked, opened, outside
from bot.cli.refusing import refusing
from bot.problems import Problem, Refused
from bot.send import wiring
from bot.send.api import Api
from bot.send.wiring import Place


@click.command()
@click.option("--number", default="", help="A number of the account, such as +15551234567; else the Messaging Service.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@refusing
def connect(number: str, dry_run: bool) -> None:
    """Have Twilio bring messages to PUBLIC_URL; shows what was set before."""
    wanted = settings.from_environment()
    twilio = opened(wanted)
    _refuse_what_would_lose_messages(wanted.public_url)
    place = _place(number, wanted, twilio)
    before, after = asked(twilio, place.read), wiring.wanted(wanted.public_url, has_status=not number)
    if number and before.overruled:
        advice = f"{before.overruled} goes before its addresses; take it off the number in Twilio's console"
        raise Refused([Problem("connect", number, advice)])
    changes = wiring.changes(before, after)
    click.echo(place.name)
    for name, old, new in changes:
        click.echo(f"  {name}: {old or 'nothing'} -> {new or 'nothing'}")
    if changes and not dry_run:
        asked(twilio, lambda client: place.write(client, after))
    click.echo("connected already" if not changes else "nothing was changed" if dry_run else "connected")


def _refuse_what_would_lose_messages(public_url: str) -> None:
    reason = wiring.why_unreachable(public_url)
    if not reason and outside().reach(f"{public_url}/healthz").status != soundness.OK:
        reason = f"{public_url}/healthz does not answer; start the line there first"
    if reason:
        raise Refused([Problem("settings", "PUBLIC_URL", f"{reason}; nothing was changed")])


def _place(number: str, wanted: settings.Settings, twilio: Api) -> Place:
    if number:
        sid = asked(twilio, lambda client: wiring.sid_of(client, number))
        if not sid:
            raise Refused(
                [Problem("connect", "--number", f"{number} is no number of this account; see Twilio's console")]
            )
        return wiring.number(sid)
    if not wanted.twilio_messaging_service_sid:
        advice = "missing; set it, or name a number with --number"
        raise Refused([Problem("settings", "TWILIO_MESSAGING_SERVICE_SID", advice)])
    return wiring.service(wanted.twilio_messaging_service_sid)


@click.command()
@refusing
def doctor() -> None:
    """Look whether account, address, signature, webhook, clock, database and texts are sound; say what to do."""
    wanted = settings.from_environment()
    found = list(soundness.findings(wanted, opened(wanted), outside().reach))
    for each in found:
        click.echo(f"{'ok  ' if each.is_sound else 'mend'}  {each.what:10} {each.said}")
    if not all(each.is_sound for each in found):
        sys.exit(1)
