"""Where a text touches the lexicon: the keys that stand in it, and those that are a typing error away."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.folding import plain, squeezed
from bot.halves import SHORTEST_TYPO, look_alikes, spelled
from bot.lexicon import Tongue
from bot.text import is_unspaced

TWO_TYPOS = 9
"""Letters from which two typing errors are allowed for."""
_SHORTEST_STEM = 2
_LONGEST_WORD = 30
DOUBLED = 0.95
"""Closeness of a word that differs in doubled letters alone: as good as the word itself."""
_ONE_EDIT, _TWO_EDITS, _FIRST_LETTER = 0.85, 0.7, 0.1
_SHORTEST_PART = 3
_REMEMBERED = 10_000
"""Words, each in one language, whose look-up is remembered: most words of any talk are a few hundred."""

Guess = tuple[str, float]
"""A key, and how close a word is to it."""


class Spot(NamedTuple):
    """A key that stands somewhere, `length` words long. `closeness` is 1 but for a misspelling."""

    key: str
    length: int = 1
    closeness: float = 1.0


Places = dict[int, Mapping[str, Spot]]
"""The spots that begin at each place of a text, by their keys."""


def spot(found: Sequence[str], tongue: Tongue) -> Places:
    """Return every place where `found`, the words of a text, touches a language as written."""
    places: Places = {}
    for place, word in enumerate(found):
        spots = _runs(found, place, tongue) if is_unspaced(word) else _spots(word, tongue)
        if spots:
            places[place] = spots
    return places


def _runs(found: Sequence[str], start: int, tongue: Tongue) -> Mapping[str, Spot]:
    letter = found[start]
    spots = {letter: Spot(letter)} if letter in tongue.forms else {}
    pair = letter + found[start + 1] if start + 1 < len(found) else letter
    run = letter
    for end in range(start + 1, min(start + tongue.runs.get(pair, 0), len(found))):
        if not is_unspaced(found[end]):
            break
        run += found[end]
        if run in tongue.forms:
            spots[run] = Spot(run, end + 1 - start)
    return spots


@lru_cache(maxsize=_REMEMBERED)
def _spots(word: str, tongue: Tongue) -> Mapping[str, Spot]:
    return {key: Spot(key) for key in _keys(word[:_LONGEST_WORD], tongue)}


def _keys(word: str, tongue: Tongue) -> Sequence[str]:
    keys = _whole_and_stems(word, tongue)
    if not keys and (bare := plain(word)) != word:
        keys = _whole_and_stems(bare, tongue)
    if bare := without_prefix(word, tongue):
        keys.extend(_whole_and_stems(bare, tongue))
    if tongue.inside_lengths and not tongue.forms.get(word):
        keys.extend(_insides(word, tongue))
    return keys


def without_prefix(word: str, tongue: Tongue) -> str:
    """Return a word without what its language writes onto words, or "" where nothing is, or too little would stay."""
    rests = (word[len(prefix) :] for prefix in tongue.prefixes if word.startswith(prefix))
    return next((rest for rest in rests if len(rest) >= _SHORTEST_PART), "")


def _whole_and_stems(word: str, tongue: Tongue) -> list[str]:
    stems = tongue.stems
    keys = [word[:end] + "*" for end in range(_SHORTEST_STEM, len(word) + 1) if word[:end] in stems]
    if word in tongue.forms:
        keys.append(word)
    return keys


def _insides(word: str, tongue: Tongue) -> Iterator[str]:
    """Yield the `*part*` that stand inside `word`, as compounds are written, and the `*end`."""
    known = tongue.forms
    for length in tongue.inside_lengths:
        for start in range(len(word) - length + 1):
            key = f"*{word[start : start + length]}*"
            if key in known:
                yield key
        ending = f"*{word[-length:]}"
        if length <= len(word) and ending in known:
            yield ending


@lru_cache(maxsize=_REMEMBERED)
def guessed(word: str, tongue: Tongue) -> Mapping[str, Spot]:
    """Return what `word`, unknown in a language, may be: one or two slips away, or two words run together."""
    if is_unspaced(word) or word.isdecimal():
        return {}
    bare = without_prefix(word, tongue)
    guesses = _doubled(word, tongue) or _misspelled(word, tongue) or (_misspelled(bare, tongue) if bare else [])
    return {
        key: Spot(key, closeness=close)
        for meant, close in guesses or _run_together(word, tongue)
        for key in _with_stems(meant, tongue)
    }


def _with_stems(key: str, tongue: Tongue) -> Sequence[str]:
    """Return a guessed key with the beginnings of words that it holds: what it means may stand with those alone."""
    return [key] if key.endswith("*") else _whole_and_stems(key, tongue)


def _doubled(word: str, tongue: Tongue) -> list[Guess]:
    """Return what `word` is with the letters doubled or not, as they are in no two people's spelling."""
    short = squeezed(word)
    key = short if short in tongue.forms else tongue.squeezed.get(short)
    return [(key, DOUBLED)] if key else []


def _misspelled(word: str, tongue: Tongue) -> list[Guess]:
    strokes = spelled(word[:_LONGEST_WORD])
    if len(strokes) < SHORTEST_TYPO:
        return []
    near: dict[str, float] = {}
    for key in look_alikes(strokes, tongue.halves, tongue.forms):
        if key not in near:
            near[key] = closeness(strokes, key)
    best = max(near.values(), default=0.0)
    return [(key, close) for key, close in near.items() if close == best and close]


def closeness(strokes: str, key: str) -> float:
    """Return 1 less what the edits between a typed word and a key cost, or 0 where they are too far apart."""
    bare = spelled(key.strip("*"))
    typed = [strokes]
    if key.endswith("*"):
        typed = [strokes[: len(bare) + slip] for slip in (-1, 0, 1)]
    allowed = 2 if len(bare) >= TWO_TYPOS else 1
    edits = min(int(OSA.distance(part, bare, score_cutoff=allowed)) for part in typed)
    if edits > allowed:
        return 0.0
    close = _ONE_EDIT if edits <= 1 else _TWO_EDITS
    return close - (_FIRST_LETTER if strokes[0] != bare[0] else 0.0)


def _run_together(word: str, tongue: Tongue) -> list[Guess]:
    """Return the two words that "acnescars" or "howlong" is made of."""
    for end in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        if word[:end] in tongue.forms and word[end:] in tongue.forms:
            return [(word[:end], _TWO_EDITS), (word[end:], _TWO_EDITS)]
    return []
