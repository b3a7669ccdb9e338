"""What a language's catalogues say of the English: the texts that may be sent, read by Babel once and kept.

A fuzzy translation, or one of an English text that has changed since, is not used: the reader gets English.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import babel
from babel.messages.catalog import Catalog, Message

from bot import catalogues, folding, kept, text
from bot.folding import fold
from bot.kept import Plain
from bot.problems import Problem, Refused
from bot.text import sendable

OPENING = 24
"""Folded letters by which a text of ours is known again."""
TYPED = "typed_"
"""How the name of a text begins that lists what people type."""
NEVER_SENT = ("page_", "poster_", TYPED)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Translation(NamedTuple):
    """What is said in one language, by msgctxt; who signed its catalogues; how its texts begin."""

    texts: Mapping[str, str]
    reviewed: str
    openings: frozenset[str]


def read(folder: Path, code: str, english: Mapping[str, str], problems: list[Problem]) -> Translation:
    """Return what the catalogues of language `code` in `folder` say of `english`; add to `problems` what is wrong."""
    paths = [folder / f"{domain}.po" for domain in catalogues.DOMAINS]

    def made() -> Plain:
        found = list(_catalogues(paths, code, problems))
        texts = _usable(found, english, problems)
        reviewed = next((who for path, _ in found if (who := catalogues.header(path, "X-Reviewed-By"))), "")
        return texts, reviewed, openings(texts)

    if not all(path.is_file() for path in paths):
        return Translation(*made())  # type: ignore[arg-type]
    return Translation(*kept.result(folder / "texts", _source(paths, english), made, problems))


def _source(paths: Sequence[Path], english: Mapping[str, str]) -> Iterator[bytes]:
    """Yield what a translation depends on: the files, the English, and the programs that read them."""
    yield from (path.read_bytes() for path in paths)
    yield json.dumps(dict(english)).encode()
    yield kept.program(folding, text, catalogues, sys.modules[__name__])
    yield babel.__version__.encode()


def openings(texts: Mapping[str, str]) -> frozenset[str]:
    """Return how texts of ours begin; short ones, and those that begin with the clinic's name, could be anyone's.

    What only stands on a page or a poster is never sent: whoever texts the question on the poster, asks.
    """
    sent = (text for name, text in texts.items() if not name.startswith(NEVER_SENT))
    folded = (fold(text.partition("{")[0]) for text in sent)
    return frozenset(text[:OPENING] for text in folded if len(text) >= OPENING)


def _catalogues(paths: Sequence[Path], code: str, problems: list[Problem]) -> Iterator[tuple[Path, Catalog]]:
    for path in paths:
        try:
            yield path, catalogues.read(path, code)
        except Refused as refused:
            problems.extend(refused.problems)


def _usable(
    found: Sequence[tuple[Path, Catalog]], english: Mapping[str, str], problems: list[Problem]
) -> dict[str, str]:
    usable: dict[str, str] = {}
    seen: set[str] = set()
    for path, catalogue in found:
        for name, message in _translated(catalogue, english):
            seen.add(name)
            if message.fuzzy or message.id != english[name]:
                continue
            same = placeholders(message.string) == placeholders(english[name])
            if same and not has_stray_braces(message.string):
                usable[name] = sendable(str(message.string))
            else:
                wanted = ", ".join(sorted(placeholders(english[name]))) or "none"
                problems.append(Problem(str(path), name, f"the words in braces must be those of the English: {wanted}"))
    if len(found) == len(catalogues.DOMAINS):
        where = str(found[0][0].parent)
        for name in sorted(english.keys() - seen):
            problems.append(Problem(where, name, "has no translation; add it, or leave the language out of LANGUAGES"))
    return usable


def _translated(catalogue: Catalog, english: Mapping[str, str]) -> Iterator[tuple[str, Message]]:
    for message in catalogue:
        if message.context and message.context in english and message.string:
            yield message.context, message


def has_stray_braces(text: object) -> bool:
    """Tell whether a brace stands elsewhere than around a single word: `str.format` would fail, or fill it oddly.

    >>> has_stray_braces("Ring {phone}"), has_stray_braces("Ring {phone")
    (False, True)
    """
    return not {"{", "}"}.isdisjoint(_PLACEHOLDER.sub("", str(text)))


def placeholders(text: object) -> frozenset[str]:
    """Return the words in braces.

    >>> placeholders("Ring {phone}")
    frozenset({'phone'})
    """
    return frozenset(_PLACEHOLDER.findall(str(text)))
