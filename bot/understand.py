"""What the sender wants, how sure we are, and why.

Language and want are decided together, and every decision can be shown as words of the text. The order is that of
safety: danger, then stop and start, then a language by its name, then topics by what they gather; hello and thanks
count only where nothing else is asked.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from bot.content import Library
from bot.detect import tongues
from bot.hits import ACTS, Hit, find, gathered
from bot.keywords import OUTSIDE
from bot.model import DANGERS, Reading, Want
from bot.spots import Spot, spot
from bot.text import is_unspaced, words

MOST_WORDS = 250
_AUDIBLE = 0.25
"""How plausible a language must be for its keywords to count, next to the most plausible one."""
_ENOUGH = 0.55
"""What a topic must gather to be answered at all; one rare word is about 2.5, a word in every topic 0.5."""
_ENOUGH_OF_PARTS = 1.6
"""The same, where no keyword stands whole and as listed in the text."""
_ENOUGH_SHARE = 0.2
"""How many words the best topic must explain for each word of the text that its language does not know."""
_AMID_TOPICS = ("greeting", "thanks", "menu", "more", "language")
"""Controls that yield to a topic: "hello, what helps against pits?" asks about pits."""
_YIELDING = 0.45
_NEARLY_ALL = 0.8
_MOST_GUESSES = 4
_LONGEST_ASKING = 8
_LOUD = 0.5
_LONG_WORD = 8
_ONE_TYPO = 0.8
"""Closeness of a word with one slip in it, not at its beginning: "tainting" is no fainting."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with all that was found in it; `covered` are the places that speak for each want."""

    found: Sequence[str]
    spots: Sequence[Spot]
    language: str
    loudness: Mapping[str, float]
    hits: Sequence[Hit]
    covered: Mapping[str, Set[int]]
    library: Library


def understand(text: str, library: Library, country: str = "", talk: str = "") -> Reading:
    """Return what `text` wants. `country` is where it comes from, `talk` the language of the talk so far."""
    read = _read(text, library, country, talk)
    for step in (_danger, _act, _named_language):
        want = step(read)
        if want:
            return Reading(want, tuple(_ranked(read)))
    ranked = _ranked(read)
    if not ranked:
        return Reading(Want(OUTSIDE, read.language, 0.0))
    return Reading(ranked[0], tuple(ranked[1:]))


def _read(text: str, library: Library, country: str, talk: str) -> _Text:
    found = words(text)[:MOST_WORDS]
    spots = spot(found, library.lexicon)
    spoken = tongues(found, spots, library, country, talk)
    loudness = _loudness(spoken)
    hits = find(found, spots, library.lexicon, loudness.keys())
    covered: defaultdict[str, set[int]] = defaultdict(set)
    for hit in hits:
        covered[hit.want].update(hit.places)
    return _Text(found, spots, next(iter(spoken)), loudness, hits, covered, library)


def _loudness(spoken: Mapping[str, float]) -> dict[str, float]:
    """Turn what speaks for each language into 0 to 1, the most plausible one being 1."""
    most = max(spoken.values())
    plausible = {code: math.exp((score - most) / 4) for code, score in spoken.items()}
    return {code: value for code, value in plausible.items() if value >= _AUDIBLE or spoken[code] >= 1}


def _danger(read: _Text) -> Want | None:
    hits = [hit for hit in read.hits if hit.want in DANGERS and _is_believable(hit, read)]
    if not hits:
        return None
    exact = [hit for hit in hits if hit.exact]
    sums = gathered(exact or hits, read.loudness, read.library.lexicon)
    name = max(DANGERS, key=lambda danger: sums.get(danger, 0.0))
    return Want(name, read.language, 1.0 if exact else 0.6, bool(exact), _why(read, name))


def _is_believable(hit: Hit, read: _Text) -> bool:
    """Words of danger count in a language that may well be spoken here; a guess at a misspelling needs more.

    Lists of romanised words hold English ones: "red spreading" is Hindi's too, and must not alarm in English talk.
    """
    plausible = read.loudness[hit.language]
    if hit.exact:
        return plausible >= _AUDIBLE
    near = min(spot.closeness for spot in hit.spots) >= _ONE_TYPO
    return near and plausible >= _LOUD and (len(hit.spots) > 1 or len(hit.spots[0].word) >= _LONG_WORD)


def _act(read: _Text) -> Want | None:
    """Stop and start: the whole text, or a plainly worded phrase in it. Close to the whole text is worth a question."""
    for hit in sorted((hit for hit in read.hits if hit.want in ACTS), key=lambda hit: not hit.exact):
        if len(hit.spots) == 1 and not _alone(hit, read):
            continue
        if hit.exact:
            return Want(hit.want, _language_of(hit, read), 1.0, True, _why(read, hit.want))
        if _alone(hit, read) and hit.want == "stop":
            return Want(hit.want, _language_of(hit, read), 0.6, False, _why(read, hit.want))
    return None


def _alone(hit: Hit, read: _Text) -> bool:
    speech = read.library.speeches[hit.language]
    said, places = {spot.word for spot in hit.spots}, set(hit.places)
    rest = [word for place, word in enumerate(read.found) if place not in places]
    return all(word in speech.polite or word in said for word in rest)


def _language_of(hit: Hit, read: _Text) -> str:
    """Prefer the language most plausible overall where the act is a word of it too: STOP is said in all of them."""
    same = {other.language for other in read.hits if other.want == hit.want}
    return read.language if read.language in same else hit.language


def _named_language(read: _Text) -> Want | None:
    """A language by its name, alone or among few words that only ask for it."""
    if len(read.found) > _LONGEST_ASKING:
        return None
    for length in (5, 4, 3, 2, 1):
        for start in range(len(read.found) - length + 1):
            code = read.library.language_names.get(tuple(read.found[start : start + length]))
            rest = [*read.found[:start], *read.found[start + length :]]
            if code and all(_asks_for_language(word, read.library) for word in rest):
                return Want("language", code, 1.0, True, tuple(read.found[start : start + length]))
    return None


def _asks_for_language(word: str, library: Library) -> bool:
    asking = (
        word in part
        for speech in library.speeches.values()
        for keyword in speech.keywords
        if keyword.want == "language"
        for part in keyword.parts
    )
    return any(word in s.common or word in s.polite for s in library.speeches.values()) or any(asking)


def _ranked(read: _Text) -> list[Want]:
    """Return topics and controls by what they gather; empty where the text is about nothing we know."""
    hits = [hit for hit in read.hits if hit.want not in (*DANGERS, *ACTS)]
    sums = gathered(hits, read.loudness, read.library.lexicon)
    for control in _AMID_TOPICS:
        if control in sums and len(read.covered[control]) < _NEARLY_ALL * len(read.found):
            sums[control] *= _YIELDING
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][0] == OUTSIDE or not _explains(*ranked[0], read):
        return []
    total = sum(score for _, score in ranked[:3]) + 0.3
    return [
        Want(name, read.language, round(score / total, 3), True, _why(read, name))
        for name, score in ranked[:_MOST_GUESSES]
        if name != OUTSIDE
    ]


def _explains(best: str, score: float, read: _Text) -> bool:
    """Tell whether the best want says enough: nearly the whole text, or something weighty and whole in it."""
    explained = len(read.covered[best])
    if explained >= _NEARLY_ALL * len(read.found):
        return True
    hits = [hit for hit in read.hits if hit.want == best]
    whole = any(hit.exact or (hit.share == 1.0 and len(hit.spots) > 1) for hit in hits)
    known = {place for spot in read.spots for place in range(spot.start, spot.end)}
    enough = _ENOUGH if whole else _ENOUGH_OF_PARTS
    return score >= enough and explained >= _ENOUGH_SHARE * (len(read.found) - len(known))


def _why(read: _Text, want: str) -> tuple[str, ...]:
    """Return the words of the text that speak for `want`, in the text's order and as folded."""
    places = sorted(read.covered[want])
    runs: list[str] = []
    for before, place in zip([-2, *places], places, strict=False):
        letter = read.found[place]
        if place == before + 1 and is_unspaced(letter) and is_unspaced(read.found[before]):
            runs[-1] += letter
        else:
            runs.append(letter)
    return tuple(dict.fromkeys(runs))
