"""A text as read: its words, the languages it may be in, and what stands in it in each of them."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from bot.detect import tongues
from bot.keywords import LANGUAGE, language_named
from bot.lexicon import Lexicon
from bot.model import DANGERS
from bot.sightings import Sighting, meanings, outermost, phrases, with_guesses
from bot.spots import DOUBLED, Places, spot
from bot.text import LONGEST, count, is_picture, is_unspaced, words

MOST_WORDS = 250
_BESIDE = 3
"""Words of a language's name within which a negation is meant for it."""
_PLAINLY = 2
"""Words that a danger must take, in a language that was not expected: one alone may be a word of another language."""


class Text(NamedTuple):
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

    def knows(self, words: Iterable[str]) -> bool:
        """Tell whether all of these are words of the language that the text is in."""
        known = self.lexicon.tongues[self.language].forms
        return all(word in known for word in words)


def read(text: str, lexicon: Lexicon, country: str = "", talk: str = "") -> Text:
    """Read `text` as somebody from `country` may have meant it; `talk` is the language of the talk so far."""
    found = words(text)[:MOST_WORDS]
    languages = tongues(found, lexicon, country, talk, text[:LONGEST])
    first = languages[0]
    places = {code: spot(found, lexicon.tongues[code]) for code in languages}
    covered = {code: _covered(own) for code, own in places.items()}
    known = set().union(*covered.values())
    with_guesses(places[first], found, known, lexicon.tongues[first])
    owned = covered[first].union(places[first])
    known |= owned
    overheard = _overheard(found, known, languages, lexicon)
    heard = [(places[code], lexicon.tongues[code]) for code in languages]
    meant = [
        sighting
        for own, tongue in heard
        for sighting in meanings(own, tongue)
        if tongue.language == first or not owned.issuperset(range(sighting.start, sighting.end))
    ]
    named = _named(meant)
    shown = [sighting for own, tongue in heard for sighting in phrases(own, tongue)] + overheard
    return Text(
        found,
        languages,
        outermost(map(_general, meant) if named else meant),
        _not_elsewhere(shown, meant, lexicon) if shown else shown,
        named,
        _strange(found, known),
        lexicon,
    )


def _named(meant: Iterable[Sighting]) -> dict[str, Sighting]:
    """Return the languages that are named, the last first ("no English, Spanish please") but for those beside which a
    negation stands ("she knows no Arabic"), and of names that end together the longest ("bahasa arab").
    """
    naming = [sighting for sighting in meant if language_named(sighting.name)]
    denied = [sighting for sighting in meant if sighting.name == "not"] if len(naming) > 1 else []

    def order(name: Sighting) -> tuple[bool, int, int]:
        is_denied = any(-_BESIDE <= other.start - name.end < _BESIDE - 1 for other in denied)
        return is_denied, -name.end, name.start

    named: dict[str, Sighting] = {}
    for sighting in sorted(naming, key=order):
        named.setdefault(language_named(sighting.name), sighting)
    return named


def _overheard(found: Sequence[str], known: Set[int], languages: Sequence[str], lexicon: Lexicon) -> list[Sighting]:
    """Return the dangers that stand, in unknown words, in a language that the text did not seem to be in."""
    unknown = {place: word for place, word in enumerate(found) if place not in known}
    alarmed = {code for word in unknown.values() for code in lexicon.alarming.get(word, ())}.difference(languages)
    if not alarmed:
        return []
    tongues_alarmed = [lexicon.tongues[code] for code in sorted(alarmed)]
    shown = (each for tongue in tongues_alarmed for each in phrases(spot(found, tongue), tongue))
    return [
        each
        for each in shown
        if each.name in DANGERS
        and each.end - each.start >= _PLAINLY
        and unknown.keys() >= {*range(each.start, each.end)}
    ]


def _not_elsewhere(shown: Sequence[Sighting], meant: Iterable[Sighting], lexicon: Lexicon) -> list[Sighting]:
    """Return the phrases that are no part of a longer form of something else: "cut myself" in "cut myself shaving"."""
    elsewhere = [each for each in meant if each.name in lexicon.outside and each.closeness >= DOUBLED]
    return [
        phrase
        for phrase in shown
        if not any(
            each.start <= phrase.start and phrase.end <= each.end and each.end - each.start > phrase.end - phrase.start
            for each in elsewhere
        )
    ]


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
    """Return how many words are unknown."""
    return count(word for place, word in enumerate(found) if place not in known and _is_word(word))


def _is_word(word: str) -> bool:
    return not word.isdecimal() and not is_picture(word)


def said(seen: Text, sightings: Iterable[Sighting]) -> tuple[str, ...]:
    """Return the words at which sightings stand, in the text's order and as folded."""
    places = sorted({place for sighting in sightings for place in range(sighting.start, sighting.end)})
    runs: list[str] = []
    for before, place in zip([-2, *places], places, strict=False):
        letter = seen.found[place]
        if place == before + 1 and is_unspaced(letter) and is_unspaced(seen.found[before]):
            runs[-1] += letter
        else:
            runs.append(letter)
    return tuple(dict.fromkeys(runs))
