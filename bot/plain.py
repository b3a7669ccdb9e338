"""Letters that GSM-7 has in place of those it lacks, where a segment is saved and the reader reads the same.

Quotes, dashes and spaces of typography go first: nobody misses them in an SMS. Letters lose their marks only in
languages that content/plain.toml names and the operator has not taken out. A text that would stay UCS-2 all the same,
or costs no segment less, is left as it is written, joiners, marks of direction and all.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.problems import Problem, Refused, toml
from bot.segments import BASIC, EXTENSION, foreign, segments
from bot.topics import CONTENT

# What Twilio's Smart Encoding does to the same, without its mistakes: one space stays one space, joiners stay.
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´‹›", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\t\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
        **dict.fromkeys("•▪●", "-"),
        "…": "...",
        "×": "x",
    }
)
_SPACED_QUOTES = (("«\u00a0", "«"), ("«\u202f", "«"), ("\u00a0»", "»"), ("\u202f»", "»"))
# Letters whose mark is a part of them in Unicode.
_STROKED = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "œ": "oe", "Œ": "OE", "ẞ": "SS"}
_GSM7 = BASIC | EXTENSION
_WORD = re.compile(r"\w+")
_KEYS = {"default": bool, "why": str, "alike": list, "keep": list}


@dataclass(frozen=True, slots=True)
class Rule:
    """How one language bears plain letters; words are in lower case. See content/plain.toml."""

    default: bool
    why: str
    alike: frozenset[str]
    keep: frozenset[str]


def load(folder: Path = CONTENT) -> dict[str, Rule]:
    """Read content/plain.toml by language. Raise `Refused` with every mistake."""
    path = folder / "plain.toml"
    source = toml(path)
    problems = [*_wrong_with(str(path), source)]
    if problems:
        raise Refused(problems)
    return {
        code: Rule(table["default"], table["why"], frozenset(table["alike"]), frozenset(table["keep"]))
        for code, table in source.items()
    }


def chosen(wanted: tuple[str, ...] | None, rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """Return the rules of the languages `wanted`, or (None) those by default. Raise `Refused` for one without."""
    if wanted is None:
        return {code: rule for code, rule in rules.items() if rule.default}
    if unreadable := [code for code in wanted if code not in rules]:
        advice = f"{', '.join(unreadable)} cannot be read in plain letters; choose from {', '.join(rules)}, or none"
        raise Refused([Problem("settings", "SMS_PLAIN_LETTERS", advice)])
    return {code: rules[code] for code in wanted}


def _wrong_with(where: str, source: Mapping[str, Any]) -> Iterator[Problem]:
    for code, table in source.items():
        if not (isinstance(table, dict) and table.keys() == _KEYS.keys()):
            yield Problem(where, code, f"needs {', '.join(_KEYS)}, and nothing else")
            continue
        for key, kind in _KEYS.items():
            if not isinstance(table[key], kind) or (kind is list and not all(isinstance(w, str) for w in table[key])):
                yield Problem(where, f"{code}.{key}", f"must be a {kind.__name__}{' of words' if kind is list else ''}")


@lru_cache(maxsize=4096)
def cheapest(text: str, rule: Rule | None = None) -> str:
    """Return `text` as it goes out by SMS; without a `rule` letters keep their marks.

    >>> cheapest("“Scars” – what’s that?")
    '"Scars" - what\\'s that?'
    """
    if not foreign(text):
        return text
    plain = _typeset_simply(text)
    if not foreign(plain):
        return plain
    if rule is None or not rule.keep.isdisjoint(written_words(plain)):
        return text
    plain = unmarked(plain)
    return plain if not foreign(plain) and segments(plain) < segments(text) else text


def _typeset_simply(text: str) -> str:
    for spaced, alone in _SPACED_QUOTES:
        text = text.replace(spaced, alone)
    return text.translate(_TYPOGRAPHY)


def unmarked(text: str) -> str:
    """Return `text` with the base of each Latin letter that GSM-7 lacks.

    >>> unmarked("más, año, łyżka, 疤")
    'mas, año, lyzka, 疤'
    """
    return "".join(letter if letter in _GSM7 else _base(letter) for letter in text)


def _base(letter: str) -> str:
    base = _STROKED.get(letter) or unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def written_words(text: str) -> list[str]:
    """Return the words of `text` in lower case, letters as they are.

    >>> written_words("Sí, 3 días.")
    ['sí', '3', 'días']
    """
    return _WORD.findall(text.lower())
