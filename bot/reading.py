"""A text as read: its words, the languages it may be in, and what stands in it in each of them."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from bot.detect import tongues
from bot.keywords import LANGUAGE, language_named
from bot.lexicon import Lexicon
from bot.model import DANGERS
from bot.sightings import Sighting, meanings, outermost, phrases, with_guesses
from bot.spots import Places, spot
from bot.text import LONGEST, is_picture, is_unspaced, words

MOST_WORDS = 250
_PLAINLY = 2
"""Words that a danger must take, in a language that was not expected: one alone may be a word of another language."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with all that was found in it. `languages` are those it may be in, the most plausible one first; `named`
    are the names of languages that stand in it, the sighting of each by its code.
    """

    found: Sequence[str]
    languages: Sequence[str]
    meant: Sequence[Sighting]
    shown: Sequence[Sighting]
    named: Mapping[str, Sighting]
    strange: int
    lexicon: Lexicon

    @property
    def language(self) -> str:
        return self.languages[0]


def read(text: str, lexicon: Lexicon, country: str = "", talk: str = "") -> Text:
    """Read `text` as somebody from `country` may have meant it; `talk` is the language of the talk so far."""
    found = words(text)[:MOST_WORDS]
    languages = tongues(found, lexicon, country, talk, text[:LONGEST])
    first = languages[0]
    places = {code: spot(found, lexicon.tongues[code]) for code in languages}
    known = {place for own in places.values() for place in _covered(own)}
    with_guesses(places[first], found, known, lexicon.tongues[first])
    known |= _covered(places[first])
    heard = [(places[code], lexicon.tongues[code]) for code in languages]
    meant = [sighting for own, tongue in heard for sighting in meanings(own, tongue)]
    return Text(
        found,
        languages,
        outermost(map(_general, meant)),
        [sighting for own, tongue in heard for sighting in phrases(own, tongue)]
        + _overheard(found, languages, lexicon),
        {code: sighting for sighting in reversed(meant) if (code := language_named(sighting.name))},
        _strange(found, known),
        lexicon,
    )


def _overheard(found: Sequence[str], languages: Sequence[str], lexicon: Lexicon) -> list[Sighting]:
    """Return the dangers that stand in a text, word by word, in a language that it did not seem to be in."""
    alarmed = {code for word in found for code in lexicon.alarming.get(word, ())}.difference(languages)
    shown = (
        each for code in sorted(alarmed) for each in phrases(spot(found, lexicon.tongues[code]), lexicon.tongues[code])
    )
    return [each for each in shown if each.name in DANGERS and each.end - each.start >= _PLAINLY]


def _general(sighting: Sighting) -> Sighting:
    """Return what is weighed of a sighting: of a language's name, that it is one."""
    return sighting._replace(name=LANGUAGE) if language_named(sighting.name) else sighting


def _covered(places: Places) -> set[int]:
    covered = set(places)
    for start, spots in places.items():
        for _, length, _ in spots.values():
            if length > 1:
                covered.update(range(start, start + length))
    return covered


def _strange(found: Sequence[str], known: Set[int]) -> int:
    """Return how many words are unknown; two letters of a script without spaces are about a word."""
    unknown = [word for place, word in enumerate(found) if place not in known and _is_word(word)]
    letters = sum(map(is_unspaced, unknown))
    return len(unknown) - letters + (letters + 1) // 2


def _is_word(word: str) -> bool:
    return not word.isdecimal() and not is_picture(word)
