"""Ordinary words of every language, from CLDR: names of places, money, units and months, which nobody asks us about.

A text that only looks like one of our words is learned from them; the tests keep some aside.
"""

from collections.abc import Iterator
from zlib import crc32

from babel import Locale
from babel.localedata import LocaleDataDict

_ASIDE = 4


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
