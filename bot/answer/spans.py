"""How many days from now a text names: "in five days", "next week", "2週間後".

What people type stands in the catalogues. `typed_spans` holds days and words: "7 # weeks" is a unit of 7 days, where
# is a number, and "1 tomorrow" a span by itself. `typed_counts` holds numbers and their words: "5 five".
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.folding import plain
from bot.text import words

UNCLEAR = 0
_MARK = "#"
_TENS = 10
"""From here on a number that belongs to no unit may be a part of one: "twenty five days", "十四天"."""
_GONE = " | "
_DIGITS = re.compile(r"([0-9]+)")
_ENTRY = re.compile(r"([0-9]{1,3}) (.*\w.*)")


def named(text: str, spans: str, counts: str) -> int | None:
    """Return the days that `text` names, `UNCLEAR` where it names some but not how many, None where it names none.

    >>> spans, counts = "1 # day, 1 # days, 7 # weeks, 1 tomorrow", "1 a, 5 five, 20 twenty"
    >>> [named(each, spans, counts) for each in ("In five days!", "2weeks", "tomorrow", "hello")]
    [5, 14, 1, None]
    >>> [named(each, spans, counts) for each in ("some days", "a day or 2 weeks", "in twenty five days")]
    [0, 0, 0]
    """
    left, numbers, found = _spaced(text), _numbers(counts), set()
    for days, pattern in _patterns(spans, counts):
        found |= {days * _value(match, numbers) for match in pattern.finditer(left)}
        left = pattern.sub(_GONE, left)
    if not found:
        return UNCLEAR if any(f" {unit} " in left for unit in _units(spans)) else None
    others = [_as_number(match[0].strip(), numbers) for match in _count(counts).finditer(left)]
    return found.pop() if len(found) == 1 and max(others, default=0) < _TENS else UNCLEAR


def _spaced(text: str) -> str:
    apart = _DIGITS.sub(r" \1 ", " ".join(words(text)))
    return f" {_folded(apart)} "


def _folded(text: str) -> str:
    """Return the words of a text, without their accents in Vietnamese too, where few type all of them."""
    return " ".join(plain(word) for word in words(text))


def _value(match: re.Match[str], numbers: dict[str, int]) -> int:
    return _as_number(match[1], numbers) if match.re.groups else 1


def _as_number(word: str, numbers: dict[str, int]) -> int:
    return int(word[:4]) if word.isdecimal() else numbers[word]


@lru_cache(maxsize=64)
def _patterns(spans: str, counts: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """Return days and what names them: those with a number first, and the longer before what may be a part of them."""
    ordered = sorted(_entries(spans), key=lambda entry: (_MARK not in entry[1], -len(entry[1])))
    return tuple((days, re.compile(_pattern(phrase, counts))) for days, phrase in ordered)


def _pattern(phrase: str, counts: str) -> str:
    before, mark, after = phrase.partition(_MARK)
    count = [f"({_counted(counts)})"] if mark else []
    parts = [*map(re.escape, _folded(before).split()), *count, *map(re.escape, _folded(after).split())]
    return f" {' '.join(parts)}(?= )"


@lru_cache(maxsize=64)
def _count(counts: str) -> re.Pattern[str]:
    return re.compile(f" (?:{_counted(counts)})(?= )")


def _counted(counts: str) -> str:
    return "|".join(["[0-9]+", *map(re.escape, sorted(_numbers(counts), key=len, reverse=True))])


@lru_cache(maxsize=64)
def _numbers(counts: str) -> dict[str, int]:
    return {_folded(phrase): number for number, phrase in _entries(counts)}


@lru_cache(maxsize=64)
def _units(spans: str) -> tuple[str, ...]:
    return tuple({_folded(phrase.replace(_MARK, "")) for _, phrase in _entries(spans) if _MARK in phrase})


def unreadable(listed: str) -> list[str]:
    """Return the entries of a list that are no number followed by words; they are passed over.

    >>> unreadable("1 tomorrow, in a week")
    ['in a week']
    """
    return [entry for entry in _split(listed) if not _ENTRY.fullmatch(entry)]


def _entries(listed: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the phrase of each entry."""
    for found in filter(None, map(_ENTRY.fullmatch, _split(listed))):
        yield int(found[1]), found[2]


def _split(listed: str) -> list[str]:
    return list(filter(None, map(str.strip, listed.split(","))))
