"""What each language has: texts, words, costs, how much of it is understood, and who has signed."""

from collections.abc import Sequence
from statistics import mean

import click

from bot import catalogues, content, learn, phrases, settings
from bot.check.replies import replies_of
from bot.cli.refusing import refusing
from bot.content import Library
from bot.languages import SOURCE, own_name
from bot.phrases import LOCALES, Phrasebook
from bot.segments import segments
from bot.topics import CONTENT
from bot.understand import understand


@click.command()
@refusing
def languages() -> None:
    """List the languages: texts, keywords, segments, messages kept aside that are understood, and who signed."""
    library = content.load()
    book = phrases.load(library.topics.values(), settings.from_environment().clinic, library.languages)
    found = learn.examples(sorted((CONTENT / "examples").glob("*.jsonl")))
    aside = [example for example in found if example.is_aside]
    for code in book.languages:
        click.echo(_line(code, library, book, [each for each in aside if each.languages[0] == code]))


def _line(code: str, library: Library, book: Phrasebook, tried: Sequence[learn.Example]) -> str:
    tongue = library.lexicon.tongues[code]
    cost = mean(segments(text) for topic in library.topics.values() for _, text in replies_of(topic, code, book))
    right = [_is_understood(example, library) for example in tried]
    columns = [
        f"{code:8} {own_name(code):16}",
        f"{len(book.texts[code])}/{len(book.english)} texts",
        f"{_fuzzy(code)} fuzzy",
        f"{cost:.1f} segments",
        f"{tongue.size:5} keywords",
        f"{sum(right)} of {len(right)} understood".ljust(20),
        book.reviewed[code] or ("source text" if code == SOURCE else "machine-drafted, no signature"),
    ]
    return "  ".join(columns)


def _fuzzy(code: str) -> int:
    if code == SOURCE:
        return 0
    read = (catalogues.read(LOCALES / code / "LC_MESSAGES" / f"{domain}.po", code) for domain in catalogues.DOMAINS)
    return sum(message.fuzzy for catalogue in read for message in catalogue if message.id)


def _is_understood(example: learn.Example, library: Library) -> bool:
    best = understand(example.text, library, example.country).best
    return best.name in example.topics and best.language in example.languages
