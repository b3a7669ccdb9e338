"""Ordinary words of every language, which nobody asks us about: what CLDR calls places, money, units and months, and
the words that people use most.

That a text only looks like one of our words is learned from them, and how a language looks; the tests keep some aside.
"""

import random
from collections.abc import Iterator, Sequence
from zlib import crc32

from babel import Locale
from babel.localedata import LocaleDataDict

from bot.text import is_unspaced

_ASIDE = 4
_MOST_USED = 12_000
_LONGEST_CHATTER = 9
_COUNTED_AS = {"zh_Hans": "zh"}
"""How the word counts call a language where its code is another."""


def names(language: str) -> list[str]:
    """Return what CLDR calls things in a language, in one order.

    >>> {"Tuesday", "Peru", "kilometers"} <= set(names("en"))
    True
    """
    locale = Locale.parse(language)
    units = (unit for unit in _texts(locale.unit_display_names))
    places = (name for code, name in locale.territories.items() if len(code) == 2)
    days, months = locale.days["format"]["wide"].values(), locale.months["format"]["wide"].values()
    return sorted({*places, *locale.currencies.values(), *days, *months, *units})


def _texts(values: object) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict | LocaleDataDict):
        for value in values.values():
            yield from _texts(value)


def is_aside(name: str) -> bool:
    """Tell whether a name is kept for testing."""
    return crc32(name.encode()) % _ASIDE == 0


def most_used(language: str) -> list[str]:
    """Return the words that people use most in a language, the commonest first; none where nobody has counted them."""
    # Only who trains needs it: 60 MB of counts.
    from wordfreq import available_languages, top_n_list

    counted = _COUNTED_AS.get(language, language)
    return top_n_list(counted, _MOST_USED) if counted in available_languages() else []


def chatter(used: Sequence[str], count: int) -> Iterator[str]:
    """Yield texts of a few of the words, in no order, the commonest words most often; the same in every run.

    >>> list(chatter(["no", "yes"], 2)) == list(chatter(["no", "yes"], 2))
    True
    """
    chance = random.Random(1)  # noqa: S311  not a secret: which words make up a text
    for _ in range(count if used else 0):
        said = [used[int((len(used) + 1) ** chance.random()) - 1] for _ in range(chance.randint(2, _LONGEST_CHATTER))]
        yield ("" if is_unspaced(said[0][0]) else " ").join(said)
