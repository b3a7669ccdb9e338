"""Which language a text is in, given what we know of its writer.

Three things speak for a language: its words and runs of letters, as learned; its script; and what is known of who
writes: the language of the talk so far, and the languages of their country, which decide where the words do not
("laser", an emoji).
"""

from collections.abc import Sequence
from functools import lru_cache

import regex

from bot.languages import is_latin, of_country, script
from bot.lexicon import Lexicon

_SCRIPT = 5.0
_COUNTRY = 5.0
_TALK = 5.5
_NOWHERE = 3.0
_FIRST = 0.1
"""The first served language wins where nothing else speaks: the order is the operator's."""


def tongues(found: Sequence[str], lexicon: Lexicon, country: str = "", talk: str = "") -> dict[str, float]:
    """Return for each language how much speaks for it, the loudest first.

    `found` are the words of the text, `talk` is the language of the talk so far.
    """
    languages = lexicon.languages
    learned = lexicon.letters.speak(found)
    scores = {code: learned.get(code, 0.0) for code in languages}
    shares = of_country(country, languages)
    scores[languages[0]] += _FIRST if shares else _NOWHERE
    for code, share in shares.items():
        scores[code] += _COUNTRY * share
    if talk in scores:
        scores[talk] += _TALK
    letters = "".join(found)
    if not letters.isascii():
        for code in languages:
            if _letters(code).search(letters):
                scores[code] += _SCRIPT
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


@lru_cache(maxsize=64)
def _letters(code: str) -> regex.Pattern[str]:
    """Find a letter in the script of `code`; Latin, which everybody types, speaks for nobody."""
    return regex.compile("(?!)" if is_latin(code) else f"[{script(code)}]")
