"""The index of a keyword file, and what was learned, as they are kept: to make an index takes a quarter of a second."""

from collections.abc import Collection, Iterator
from pathlib import Path

from bot import entries, folding, halves, kept, keywords, learned, lexicon, text, tones
from bot.kept import Plain
from bot.learned import Rows
from bot.lexicon import Tongue
from bot.problems import Problem


def tongue(path: Path, meanings: Collection[str], topics: Collection[str], problems: list[Problem]) -> Tongue:
    """Return the index of a keyword file, noting in `problems` whatever is wrong with the file."""

    def made() -> Plain:
        return lexicon.tongue(keywords.read(path, meanings, topics, problems)).plain

    return Tongue(*kept.result(path, _source(path, meanings, topics), made, problems))


def rows(path: Path, problems: list[Problem]) -> Rows:
    """Return what was learned, noting in `problems` whatever is wrong with its file."""
    if not path.exists():
        return learned.pack(learned.read(path, problems))

    def made() -> Plain:
        read = learned.pack(learned.read(path, problems))
        return read.names, read.packed

    return Rows(*kept.result(path, _source(path), made, problems))


def _source(path: Path, *besides: Collection[str]) -> Iterator[bytes]:
    """Yield what a result depends on: the file, the program that reads it, and names that it may use."""
    yield path.read_bytes()
    yield kept.program(folding, text, tones, entries, halves, keywords, lexicon, learned)
    for names in besides:
        yield "\n".join(sorted(names)).encode()
