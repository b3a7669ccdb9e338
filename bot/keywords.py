"""What people type for each topic and control, in one language: the file content/keywords/<lang>.toml.

A keyword is one or more parts separated by spaces; it is found when each part stands in the text, near the others, in
any order. `pit|pits|hole face` offers words for one part; `burst -spot|spots` is not found where one of those words
stands in the text. In scripts without spaces a part is any run of letters.
Stop and start are acts: their parts must stand in this order, side by side.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from bot.model import CONTROLS
from bot.problems import Problem
from bot.text import is_unspaced, words

OUTSIDE = "unknown"
"""What a keyword under `outside` stands for: a text about something else."""

_LISTS = ("common", "polite", "outside", "names_follow")
_TABLES = ("topics", "controls")


class Keyword(NamedTuple):
    """One keyword: for which want, in which language, per part the folded words that fill it, and what rules it out."""

    want: str
    language: str
    parts: tuple[frozenset[str], ...]
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Speech:
    """How one language is typed. `common` words tell the language alone; `polite` ones may stand beside a stop."""

    language: str
    keywords: tuple[Keyword, ...]
    common: frozenset[str]
    polite: frozenset[str]
    names_follow: tuple[str, ...]


def read(path: Path, topics: Iterable[str], problems: list[Problem]) -> Speech:
    """Read one keyword file, noting in `problems` whatever is wrong with it."""
    try:
        source = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(str(path), "", f"this is not TOML ({error}); mend that place"))
        source = {}
    else:
        problems.extend(_misshapen(path, source, frozenset(topics)))
    language = path.stem
    return Speech(
        language=language,
        keywords=tuple(_keywords(path, language, source, problems)),
        common=_words(_texts(source.get("common"))),
        polite=_words(_texts(source.get("polite"))),
        names_follow=_texts(source.get("names_follow")),
    )


def _texts(listed: object) -> tuple[str, ...]:
    """Return the texts of a list; what else stands there has been noted."""
    return tuple(entry for entry in listed if isinstance(entry, str)) if isinstance(listed, list) else ()


def _table(source: dict[str, Any], name: str) -> dict[str, Any]:
    table = source.get(name)
    return table if isinstance(table, dict) else {}


def _words(listed: Iterable[str]) -> frozenset[str]:
    return frozenset("".join(words(entry)) for entry in listed)


def _misshapen(path: Path, source: dict[str, Any], topics: frozenset[str]) -> Iterator[Problem]:
    for key in source:
        if key not in _LISTS + _TABLES:
            yield Problem(str(path), key, f"no such section; there are {', '.join(_LISTS + _TABLES)}")
    for table, known in (("topics", topics), ("controls", frozenset(CONTROLS))):
        if isinstance(source.get(table, {}), dict):
            yield from _wrong_wants(path, table, _table(source, table), known)
        else:
            yield Problem(str(path), table, f"this must be a table: [{table}], then a list for each")
    for key, value in _all_lists(source):
        if not isinstance(value, list) or len(_texts(value)) < len(value):
            yield Problem(str(path), key, 'this must be a list of texts, as in ["one", "two words"]')


def _wrong_wants(path: Path, table: str, listed: dict[str, Any], known: frozenset[str]) -> Iterator[Problem]:
    for want in sorted(listed.keys() - known):
        yield Problem(str(path), f"{table}.{want}", "no such topic or control; remove it or mend its name")
    for want in sorted(known - listed.keys()):
        yield Problem(str(path), f"{table}.{want}", "missing; list what people type for it")
    for want in sorted(want for want in listed.keys() & known if listed[want] == []):
        advice = f"nothing would be understood as {want}; list what people type for it"
        yield Problem(str(path), f"{table}.{want}", advice)


def _all_lists(source: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((key, source[key]) for key in _LISTS if key in source)
    for table in _TABLES:
        yield from ((f"{table}.{want}", entries) for want, entries in _table(source, table).items())


def _keywords(path: Path, language: str, source: dict[str, Any], problems: list[Problem]) -> Iterator[Keyword]:
    wants = {OUTSIDE: source.get("outside"), **_table(source, "topics"), **_table(source, "controls")}
    for want, entries in wants.items():
        for entry in dict.fromkeys(_texts(entries)):
            wanted = " ".join(part for part in entry.split() if not part.startswith("-"))
            ruled_out = " ".join(part[1:] for part in entry.split() if part.startswith("-"))
            parts = tuple(_parts(wanted))
            if parts and all(parts):
                yield Keyword(want, language, parts, frozenset().union(*_parts(ruled_out)))
            else:
                problems.append(Problem(str(path), want, f"{entry!r} has no letters to find; remove it"))


def _parts(entry: str) -> Iterator[frozenset[str]]:
    """Yield the parts of one keyword; a hyphen or an apostrophe may make several of one.

    >>> [sorted(part) for part in _parts("pit|pits c'est")]
    [['pit', 'pits'], ['c'], ['est']]
    """
    for part in entry.split():
        yield from _read_part(part)


# The same list of words stands in many keywords; reading it once halves the start and shares the memory.
@lru_cache(maxsize=65536)
def _read_part(part: str) -> tuple[frozenset[str], ...]:
    choices = [_read_choice(choice) for choice in part.split("|")]
    if len(choices) == 1:
        return tuple(frozenset({word}) for word in choices[0])
    return (frozenset(runs[-1] for runs in choices if runs),)


@lru_cache(maxsize=65536)
def _read_choice(choice: str) -> list[str]:
    return _runs(words(choice))


def _runs(found: list[str]) -> list[str]:
    """Join the letters of scripts without spaces: there the part is a run, not a word."""
    runs: list[str] = []
    joinable = False
    for word in found:
        unspaced = is_unspaced(word)
        if unspaced and joinable:
            runs[-1] += word
        else:
            runs.append(word)
        joinable = unspaced
    return runs
