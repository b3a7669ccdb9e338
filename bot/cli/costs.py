"""What the texts cost: a conversation by language, channel and country, and the letters that make a text dear."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from bot import content, costs, phrases, plain, prices, settings
from bot.check.replies import replies_of
from bot.cli.refusing import refusing
from bot.content import Library
from bot.costs import Cost
from bot.model import Channel
from bot.phrases import Phrasebook
from bot.plain import Rule, cheapest
from bot.prices import ANYWHERE, Prices
from bot.segments import encoding, foreign, segments

_LETTERS = 6
_PLAIN = {None: "-", True: "yes", False: "no"}


@click.command()
@click.option("--language", help="Show every text of one language, such as es.")
@click.option("--country", "countries", multiple=True, help="In two letters; again for another. All priced where none.")
@click.option(
    "--prices", "table", type=click.Path(path_type=Path), help="Your own table of prices, in place of PRICES."
)
@refusing
def cost(language: str | None, countries: tuple[str, ...], table: Path | None) -> None:
    """Show what a conversation costs in each language, channel and country, and which letters make it dear."""
    wanted = settings.from_environment()
    library = content.load(languages=wanted.languages)
    book = phrases.load(library.topics.values(), wanted.clinic, library.languages)
    rules = plain.load()
    chosen = plain.chosen(wanted.sms_plain_letters, rules)
    if language is None:
        table = table or prices.chosen(wanted.prices)
        listed = prices.load(table)
        found = [costs.cost(code, costs.kinds(code, library, book), listed, chosen, rules) for code in book.languages]
        _list_languages(found, listed, tuple(country.upper() for country in countries), table)
        if wanted.mms_pictures:
            click.echo("MMS_PICTURES: an answer with a picture is billed as an MMS instead, which is not counted here")
    elif language in book.languages:
        _list_texts(language, library, book, chosen)
    else:
        raise click.BadParameter(f"{language!r} is not served; there are {', '.join(book.languages)}")


def _list_languages(found: list[Cost], listed: Prices, countries: tuple[str, ...], table: Path) -> None:
    columns = list(_columns(listed, countries))
    for line in _about(listed, table):
        click.echo(line)
    heads = "".join(f"{'SMS ' + country if channel is Channel.SMS else channel:>10}" for channel, country in columns)
    click.echo(f"{'':9}segments an answer            a conversation")
    click.echo(f"language  written unfolded  sent plain  segments{heads}   saved  letters")
    for each in found:
        amounts = "".join(f"{_money(each, each.conversation, listed, *column)}" for column in columns)
        click.echo(
            f"{each.language:9}{each.as_written:8.2f}{each.simply_set:9.2f}{each.as_sent:6.2f}{_PLAIN[each.plain]:>6}"
            f"{each.conversation:10.2f}{amounts}{_saved(each):>8}  {' '.join(each.letters[:_LETTERS])}".rstrip()
        )
    click.echo("saved: by plain letters, of the segments of a conversation; in brackets what they would save")
    click.echo("not counted: a reminder, for which Meta charges on WhatsApp; taxes; messages that fail")


def _about(listed: Prices, table: Path) -> Iterator[str]:
    kind = "EXAMPLES, not your prices" if listed.examples else "your prices"
    yield f"{listed.currency} of {listed.dated}, {kind}: {listed.source} ({table.name})"
    sent = ", ".join(f"{count} {kind}" for kind, count in listed.sent.items())
    yield f"a conversation: {listed.received} received; sent: {sent}"


def _columns(listed: Prices, countries: tuple[str, ...]) -> Iterator[tuple[Channel, str]]:
    """Yield each channel with each country asked for, or with each that has a price."""
    for channel, by_country in listed.by_channel.items():
        named = countries if channel is Channel.SMS or ANYWHERE not in by_country else ()
        yield from ((channel, country) for country in named or by_country)


def _money(each: Cost, sent: float, listed: Prices, channel: Channel, country: str) -> str:
    price = listed.of(channel, country)
    return f"{costs.money(sent, listed, price, channel):10.3f}" if price else f"{'no price':>10}"


def _saved(each: Cost) -> str:
    """Return the share that plain letters save, in brackets where the operator has not chosen them."""
    share = f"{100 * (1 - each.conversation_plain / each.conversation_marked):.0f} %"
    return share if each.plain else "" if each.plain is None else f"({share})"


def _list_texts(language: str, library: Library, book: Phrasebook, chosen: Mapping[str, Rule]) -> None:
    for topic in library.topics.values():
        for name, written in replies_of(topic, language, book):
            text = cheapest(written, chosen.get(language))
            letters = " ".join(foreign(text)[:_LETTERS])
            click.echo(f"{name:24} {segments(text)}  {encoding(text)}  {letters}".rstrip())
