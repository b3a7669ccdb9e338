"""Which language a text is in, given what we know of its writer.

Three things speak for a language: its words and runs of letters, as learned; its script; and what is known of who
writes: the language of the talk so far, and the languages of their country, which decide where the words do not
("laser", an emoji).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import regex

from bot.languages import is_latin, of_country, script
from bot.learned import UNITS
from bot.lexicon import Lexicon

_SCRIPT = 9.0
_COUNTRY = 5.0
_TALK = 7.0
_NOWHERE = 3.0
_AUDIBLE = 5.0
"""How far a language may lie behind the most plausible one for its words to count: mixed texts have two."""
_MOST_AUDIBLE = 3
_FIRST = 0.1
"""The first served language wins where nothing else speaks: the order is the operator's."""


def tongues(found: Sequence[str], lexicon: Lexicon, country: str = "", talk: str = "", text: str = "") -> list[str]:
    """Return the languages that `text` may be in, whose words are `found`: the most plausible one first.

    `talk` is the language of the talk so far.
    """
    learned = lexicon.letters.speak(found, text)
    expected = _expected(lexicon.languages, country, talk)
    scores = {code: learned.get(code, 0) / UNITS + before for code, before in expected.items()}
    letters = {word[0] for word in found if not word.isascii()}
    for code in {code for letter in letters for code in _written_in(letter, lexicon.languages)}:
        scores[code] += _SCRIPT
    least = max(scores.values(), default=0.0) - _AUDIBLE
    audible = [code for code, score in scores.items() if score > least]
    return sorted(audible, key=scores.__getitem__, reverse=True)[:_MOST_AUDIBLE]


@lru_cache(maxsize=512)
def _expected(languages: Sequence[str], country: str, talk: str) -> Mapping[str, float]:
    """Return what speaks for each language before a word is read."""
    shares = of_country(country, tuple(languages))
    expected = {code: _COUNTRY * shares.get(code, 0.0) + _TALK * (code == talk) for code in languages}
    expected[languages[0]] += _FIRST if shares else _NOWHERE
    return expected


@lru_cache(maxsize=4096)
def _written_in(letter: str, languages: Sequence[str]) -> Sequence[str]:
    """Return the languages in whose script a letter is; Latin, which everybody types, speaks for nobody."""
    return [code for code in languages if not is_latin(code) and _letters(code).match(letter)]


@lru_cache(maxsize=64)
def _letters(code: str) -> regex.Pattern[str]:
    return regex.compile(f"[{script(code)}]")
