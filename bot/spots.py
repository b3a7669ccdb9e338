"""Where a text touches the lexicon: the keys that stand in it, and those that are a typing error away."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.lexicon import SHORTEST_TYPO, Tongue, look_alikes, spelled
from bot.text import is_unspaced, plain, squeezed, stem

TWO_TYPOS = 9
"""Letters from which two typing errors are allowed for."""
_SHORTEST_STEM = 2
_LONGEST_WORD = 30
DOUBLED = 0.95
"""Closeness of a word that differs in doubled letters alone: as good as the word itself."""
_ONE_EDIT, _TWO_EDITS, _FIRST_LETTER = 0.85, 0.7, 0.1
_SHORTEST_PART = 3


class Spot(NamedTuple):
    """A place of a text where a key stands: from word `start` up to `end`. `closeness` is 1 but for a misspelling."""

    key: str
    start: int
    end: int
    closeness: float = 1.0


Places = dict[int, dict[str, Spot]]
"""The spots that begin at each place of a text, by their keys."""


def spot(found: Sequence[str], tongue: Tongue) -> Places:
    """Return every place where `found`, the words of a text, touches a language as written."""
    places: Places = {}
    for place, word in enumerate(found):
        if is_unspaced(word):
            spots = _runs(found, place, tongue)
        else:
            spots = {key: Spot(key, place, place + 1) for key in _keys(word[:_LONGEST_WORD], tongue)}
        if spots:
            places[place] = spots
    return places


def _runs(found: Sequence[str], start: int, tongue: Tongue) -> dict[str, Spot]:
    run = ""
    spots: dict[str, Spot] = {}
    for end in range(start, min(start + tongue.runs.get(found[start], 0), len(found))):
        if not is_unspaced(found[end]):
            break
        run += found[end]
        if run in tongue.forms:
            spots[run] = Spot(run, start, end + 1)
    return spots


def _keys(word: str, tongue: Tongue) -> list[str]:
    keys = _whole_and_stems(word, tongue)
    if not keys and (bare := plain(word)) != word:
        keys = _whole_and_stems(bare, tongue)
    light = stem(word)
    if light != word:
        keys.extend(_whole_and_stems(light, tongue))
    if tongue.inside_lengths and not tongue.forms.get(word):
        keys.extend(_insides(word, tongue))
    return keys


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


def guessed(word: str, place: int, tongue: Tongue) -> list[Spot]:
    """Return what `word`, unknown in a language, may be there: one or two slips away, or two words run together."""
    if is_unspaced(word) or word.isdecimal():
        return []
    return _doubled(word, place, tongue) or _misspelled(word, place, tongue) or _run_together(word, place, tongue)


def _doubled(word: str, place: int, tongue: Tongue) -> list[Spot]:
    """Return what `word` is with the letters doubled or not, as they are in no two people's spelling."""
    short = squeezed(word)
    key = short if short in tongue.forms else tongue.squeezed.get(short)
    return [Spot(key, place, place + 1, DOUBLED)] if key else []


def _misspelled(word: str, place: int, tongue: Tongue) -> list[Spot]:
    strokes = spelled(word[:_LONGEST_WORD])
    if len(strokes) < SHORTEST_TYPO:
        return []
    near: dict[str, float] = {}
    for key in look_alikes(strokes, tongue):
        if key not in near:
            near[key] = _closeness(strokes, key)
    best = max(near.values(), default=0.0)
    return [Spot(key, place, place + 1, close) for key, close in near.items() if close == best and close]


def _closeness(strokes: str, key: str) -> float:
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


def _run_together(word: str, place: int, tongue: Tongue) -> list[Spot]:
    """Return the two words that "acnescars" or "howlong" is made of."""
    for end in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        if word[:end] in tongue.forms and word[end:] in tongue.forms:
            return [Spot(part, place, place + 1, _TWO_EDITS) for part in (word[:end], word[end:])]
    return []
