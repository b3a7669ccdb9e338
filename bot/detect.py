"""Which language a text is in, given what we know of its writer.

Three things speak for a language: the words that it knows (the fewer languages know a word, the louder), the script,
and, quietly, what is known of the writer: the language of the talk so far, and the languages of their country. The
quiet ones decide where the words do not ("laser", "dermapen", an emoji).
"""

from collections.abc import Sequence
from functools import lru_cache

import regex

from bot.content import Library
from bot.languages import is_latin, of_country, script
from bot.spots import Spot

_SCRIPT = 3.0
_COUNTRY = 1.0
_TALK = 1.5
_FIRST = 0.1
"""The first served language wins where nothing else speaks: the order is the operator's."""


def tongues(
    found: Sequence[str], spots: Sequence[Spot], library: Library, country: str = "", talk: str = ""
) -> dict[str, float]:
    """Return for each language how much speaks for it, the loudest first.

    `found` are the words of the text, `spots` where they touch the lexicon, `talk` the language of the talk so far.
    """
    scores = dict.fromkeys(library.languages, 0.0)
    scores[next(iter(scores))] += _FIRST
    for code, share in of_country(country, library.languages).items():
        scores[code] += _COUNTRY * share
    if talk in scores:
        scores[talk] += _TALK
    letters = "".join(found)
    for code in scores:
        if not letters.isascii() and _letters(code).search(letters):
            scores[code] += _SCRIPT
    for code, loudness in _from_words(spots, library).items():
        scores[code] += loudness
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


@lru_cache(maxsize=64)
def _letters(code: str) -> regex.Pattern[str]:
    """Find a letter in the script of `code`; Latin, which everybody types, speaks for nobody."""
    return regex.compile("(?!)" if is_latin(code) else f"[{script(code)}]")


def _from_words(spots: Sequence[Spot], library: Library) -> dict[str, float]:
    """Sum over the words of the text; each place of the text speaks once for a language, as loudly as it can."""
    loudest: dict[tuple[str, int], float] = {}
    for spot in spots:
        for code, loudness in library.lexicon.spoken[spot.word].items():
            key, said = (code, spot.start), loudness * spot.closeness
            if said > loudest.get(key, 0.0):
                loudest[key] = said
    totals: dict[str, float] = {}
    for (code, _), loudness in loudest.items():
        totals[code] = totals.get(code, 0.0) + loudness
    return totals
