"""What people type, in one language: the file content/keywords/<lang>.toml.

Under `[words]` it lists, for each meaning that content/meanings.toml names, the words that people of this language
use for it; under `[names]`, for a language's code, what they call it. Under `[topics]` and `[controls]` stand phrases
that show by themselves what is wanted. Every list is one text, its entries separated by commas and written as
`entries` says.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bot.entries import entries, is_accented, keys_of, variants
from bot.folding import plain
from bot.languages import is_known
from bot.model import CONTROLS, DANGERS
from bot.problems import Problem
from bot.text import is_far_from_latin

_LISTS = ("common", "polite", "prefixes")
_TABLES = ("words", "topics", "controls", "names")
_SECTIONS = ("names_follow", *_LISTS, *_TABLES)


LANGUAGE = "language"
"""The meaning of a language's name, beside the language that it names."""
_NAMED = f"{LANGUAGE} "


def language_named(meaning: str) -> str:
    """Return the code of the language whose name a form is, or "".

    >>> language_named("language zh_Hans"), language_named("scar")
    ('zh_Hans', '')
    """
    return meaning.removeprefix(_NAMED) if meaning.startswith(_NAMED) else ""


class Form(NamedTuple):
    """One way to say a meaning: the keys of its words, one after another. A language's name means "language <code>"."""

    meaning: str
    keys: tuple[str, ...]


class Phrase(NamedTuple):
    """What shows a want by itself: for each place the keys that may stand there, in this order."""

    want: str
    parts: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """How one language is typed. `common` words tell the language alone; `polite` ones may stand beside a stop;
    `prefixes` are written onto words, as articles are in Arabic: the longest first.
    """

    language: str
    forms: tuple[Form, ...]
    phrases: tuple[Phrase, ...]
    common: frozenset[str]
    polite: frozenset[str]
    prefixes: tuple[str, ...]
    names_follow: tuple[str, ...]


def read(path: Path, meanings: Collection[str], topics: Collection[str], problems: list[Problem]) -> Speech:
    """Read one keyword file, noting in `problems` whatever is wrong with it."""
    try:
        source = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(str(path), "", f"this is not TOML ({error}); mend that place"))
        source = {}
    else:
        known = {"words": meanings, "topics": topics, "controls": CONTROLS, "names": _languages(source)}
        problems.extend(_misshapen(path, source, known))
    said = {**_table(source, "topics"), **_table(source, "controls")}
    return Speech(
        language=path.stem,
        forms=tuple(_forms(path, _table(source, "words") | _names(source), problems)),
        phrases=tuple(_phrases(path, said, problems)),
        common=_keys(source, "common"),
        polite=_keys(source, "polite"),
        prefixes=tuple(sorted(_keys(source, "prefixes"), key=lambda prefix: (-len(prefix), prefix))),
        names_follow=tuple(_texts(source.get("names_follow"))),
    )


def _texts(listed: object) -> Iterator[str]:
    yield from (text for text in listed if isinstance(text, str)) if isinstance(listed, list) else ()


def _table(source: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return the texts of a table; what else stands there has been noted."""
    table = source.get(name)
    if not isinstance(table, dict):
        return {}
    return {key: value for key, value in table.items() if isinstance(value, str)}


def _names(source: Mapping[str, Any]) -> dict[str, str]:
    return {f"{_NAMED}{code}": text for code, text in _table(source, "names").items()}


def _languages(source: Mapping[str, Any]) -> list[str]:
    return [code for code in _table(source, "names") if is_known(code)]


def _keys(source: Mapping[str, Any], name: str) -> frozenset[str]:
    listed = source.get(name)
    keys = {key for entry in entries(listed) for key in keys_of(entry)} if isinstance(listed, str) else set()
    return frozenset(keys | {plain(key) for key in keys if is_accented(key)})


def _misshapen(path: Path, source: dict[str, Any], known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    for key in source.keys() - set(_SECTIONS):
        yield Problem(str(path), key, f"no such section; there are {', '.join(_SECTIONS)}")
    follow = source.get("names_follow", [])
    if not isinstance(follow, list) or not all(isinstance(text, str) for text in follow):
        yield Problem(str(path), "names_follow", 'this must be a list of texts, as in ["my name is", "i am"]')
    for table in _TABLES:
        if isinstance(source.get(table, {}), dict):
            yield from _wrong_names(path, table, source.get(table, {}), known[table])
        else:
            yield Problem(str(path), table, f"this must be a table: [{table}], then a text for each")
    for key, value in _all_lists(source):
        if not isinstance(value, str):
            yield Problem(str(path), key, "this must be one text with commas, as in '''one, two words, three'''")
        elif not value.strip(" ,\n") and key not in _LISTS:
            yield Problem(str(path), key, "empty; list what people type for it")


def _wrong_names(path: Path, table: str, listed: Mapping[str, Any], known: Collection[str]) -> Iterator[Problem]:
    for name in sorted(listed.keys() - set(known)):
        yield Problem(str(path), f"{table}.{name}", "no such name; remove it or mend it")
    for name in sorted((DANGERS if table == "topics" else known) - listed.keys()):
        yield Problem(str(path), f"{table}.{name}", "missing; list what people type for it")


def _all_lists(source: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((key, source[key]) for key in _LISTS if key in source)
    for table in _TABLES:
        if isinstance(source.get(table), dict):
            yield from ((f"{table}.{name}", value) for name, value in source[table].items())


def _forms(path: Path, listed: Mapping[str, str], problems: list[Problem]) -> Iterator[Form]:
    for meaning, text in listed.items():
        for entry in entries(text):
            # Nine entries of ten are a plain word: they cost a tenth of the others.
            if entry.isalnum() and (entry.isascii() or is_far_from_latin(entry)):
                yield Form(meaning, (entry,))
            else:
                yield from _unusual(path, meaning, entry, problems)


def _unusual(path: Path, meaning: str, entry: str, problems: list[Problem]) -> Iterator[Form]:
    keys = keys_of(entry)
    if "|" in entry:
        problems.append(Problem(str(path), f"words.{meaning}", f"{entry!r}: only phrases have choices; write out each"))
    elif keys:
        yield Form(meaning, keys)
        if is_accented(entry):
            yield Form(meaning, tuple(map(plain, keys)))
    else:
        problems.append(Problem(str(path), f"words.{meaning}", f"{entry!r} has no letters to find; remove it"))


def _phrases(path: Path, listed: Mapping[str, str], problems: list[Problem]) -> Iterator[Phrase]:
    for want, text in listed.items():
        for entry in entries(text):
            read = list(variants(entry))
            yield from (Phrase(want, parts) for parts in read)
            if is_accented(entry):
                yield from (Phrase(want, tuple(frozenset(map(plain, part)) for part in parts)) for parts in read)
            if not read:
                problems.append(Problem(str(path), want, f"{entry!r} has no letters to find; remove it"))
