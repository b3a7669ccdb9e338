"""What CLDR says of a language, read through Babel; its names are kept, since they are needed at every start."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from babel import Locale, __version__

from bot import kept


class Called(NamedTuple):
    """What a language calls itself, or "", and what it calls every language, by code."""

    itself: str
    others: Mapping[str, str]


@lru_cache(maxsize=64)
def locale(code: str) -> Locale:
    """Return what Babel knows of `code`. Raise `ValueError` or `UnknownLocaleError` where that is nothing."""
    return Locale.parse(code)


@lru_cache(maxsize=64)
def called(speaker: str) -> Called:
    """Return the names of languages in the language `speaker`.

    Babel takes 15 ms to read all that CLDR has on one language, and holds all of it in memory from then on.

    >>> called("es").others["de"]
    'alemán'
    """

    def made() -> kept.Plain:
        names = locale(speaker)
        return names.get_display_name(speaker) or "", dict(names.languages)

    beside = Path(__file__).with_name(f"cldr_{speaker}")
    return Called(*kept.result(beside, [__version__.encode(), speaker.encode()], made))
