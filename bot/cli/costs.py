"""What the texts cost: segments by language and topic, and the letters that make a text dear."""

from collections import Counter
from statistics import median

import click

from bot import content, phrases, settings
from bot.check.replies import replies_of
from bot.cli.refusing import refusing
from bot.content import Library
from bot.phrases import Phrasebook
from bot.segments import Encoding, encoding, foreign, segments

_LETTERS = 6


@click.command()
@click.option("--language", help="Show every text of one language, such as es.")
@refusing
def cost(language: str | None) -> None:
    """Show how many segments the replies take in each language, and which letters force UCS-2."""
    library = content.load()
    book = phrases.load(library.topics.values(), settings.from_environment().clinic, library.languages)
    if language is None:
        _list_languages(library, book)
    elif language in book.languages:
        _list_texts(language, library, book)
    else:
        raise click.BadParameter(f"{language!r} is not served; there are {', '.join(book.languages)}")


def _replies(language: str, library: Library, book: Phrasebook) -> dict[str, str]:
    found = (reply for topic in library.topics.values() for reply in replies_of(topic, language, book))
    return dict(found)


def _list_languages(library: Library, book: Phrasebook) -> None:
    click.echo(
        "language  answer: median  highest  page: median  highest  UCS-2  letters outside GSM-7, most frequent first"
    )
    for code in book.languages:
        said = _replies(code, library, book)
        answers = [segments(text) for name, text in said.items() if name.endswith(".answer")]
        pages = [segments(text) for name, text in said.items() if not name.endswith(".answer")]
        dear = [text for text in said.values() if encoding(text) is Encoding.UCS2]
        letters = sum((_foreign_letters(text) for text in dear), Counter[str]())
        click.echo(
            f"{code:9} {median(answers):14g} {max(answers):8} {median(pages):13g} {max(pages):8}"
            f" {100 * len(dear) // len(said):4} %  {' '.join(letter for letter, _ in letters.most_common(_LETTERS))}"
        )


def _foreign_letters(text: str) -> Counter[str]:
    outside = set(foreign(text))
    return Counter(letter for letter in text if letter in outside)


def _list_texts(language: str, library: Library, book: Phrasebook) -> None:
    for name, text in _replies(language, library, book).items():
        click.echo(f"{name:24} {segments(text)}  {encoding(text)}  {' '.join(foreign(text)[:_LETTERS])}".rstrip())
