"""Look into what a text is understood as."""

import json
import sys

import click

from bot import content, settings
from bot.cli.refusing import refusing
from bot.languages import own_name
from bot.model import Reading
from bot.problems import Problem, Refused
from bot.understand import understand as read_text


@click.command()
@click.argument("text", required=False)
@click.option("--jsonl", is_flag=True, help='Read {"text": …, "country": …} a line, write what was understood a line.')
@click.option("--country", default="", help="Where the text comes from, in two letters.")
@refusing
def understand(text: str | None, jsonl: bool, country: str) -> None:
    """Show how a text is understood, and why."""
    library = content.load(languages=settings.from_environment().languages)
    if jsonl:
        for line in filter(str.strip, sys.stdin):
            case = _case(line)
            reading = read_text(case["text"], library, case.get("country") or "")
            click.echo(json.dumps(_summary(reading), ensure_ascii=False))
        return
    if text is None:
        raise click.UsageError("give a text, or --jsonl")
    click.echo(_explained(read_text(text, library, country.upper())))


def _case(line: str) -> dict[str, str]:
    try:
        case = json.loads(line)
    except ValueError:
        case = None
    if not isinstance(case, dict) or not isinstance(case.get("text"), str):
        raise Refused([Problem("standard input", line[:40].strip(), 'is no object with a "text"; write one a line')])
    return case


def _summary(reading: Reading) -> dict[str, object]:
    best = reading.best
    return {"topic": best.name, "lang": best.language, "sure": best.sure, "why": list(best.why)}


def _explained(reading: Reading) -> str:
    best = reading.best
    lines = [f"{best.name} in {own_name(best.language)}, sure {best.sure:.2f}{'' if best.exact else ', with a guess'}"]
    lines.append(f"words that decided: {' '.join(best.why) or 'none'}")
    lines.extend(f"also: {other.name}, {other.sure:.2f} ({' '.join(other.why)})" for other in reading.others)
    return "\n".join(lines)
