"""What stands in a text, in one language: its meanings, and the phrases that show a want by themselves."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.lexicon import Tongue
from bot.model import CONTROLS
from bot.spots import Places, Spot, guessed

_GAP = 2
"""Words that may stand between two places of a phrase about a topic; an act must be said word by word."""


_NOWHERE: Mapping[str, Spot] = {}


class Sighting(NamedTuple):
    """A meaning, or the want that a phrase shows, from word `start` up to `end` of a text in `language`."""

    name: str
    start: int
    end: int
    closeness: float
    language: str


def by_place(sighting: Sighting) -> tuple[int, int]:
    """Return what sightings are sorted by: where they begin, then where they end."""
    return sighting.start, sighting.end


def with_guesses(places: Places, found: Sequence[str], known: set[int], tongue: Tongue) -> None:
    """Add to `places` what the words of `found` at no `known` place may be."""
    for place, word in enumerate(found):
        if place not in known:
            for spot in guessed(word, place, tongue):
                places.setdefault(place, {})[spot.key] = spot


def meanings(places: Places, tongue: Tongue) -> list[Sighting]:
    """Return the meanings that stand at `places`; one that stands inside a longer one is not meant."""
    language = tongue.language
    found = [
        Sighting(meaning, start, spot.end, spot.closeness, language)
        for start, keys in places.items()
        for spot in keys.values()
        for meaning in tongue.forms.get(spot.key, ())
    ]
    longer = list(_longer(places, tongue))
    if not longer and not tongue.runs:
        return found
    return _outermost([*found, *longer])


def _longer(places: Places, tongue: Tongue) -> Iterator[Sighting]:
    """Yield the meanings that are said in several words."""
    for start, keys in places.items():
        for spot in keys.values():
            continued = tongue.longer.get(spot.key)
            following = places.get(spot.end)
            if not continued or not following:
                continue
            for second in following:
                for meaning, form in continued.get(second, ()):
                    end, close = _follow(form, spot, places)
                    if end:
                        yield Sighting(meaning, start, end, close, tongue.language)


def _follow(keys: Sequence[str], spot: Spot, places: Places) -> tuple[int, float]:
    """Return where a form ends that begins at `spot`, and how close its worst word is; (0, 0) where one is missing."""
    end, close = spot.end, spot.closeness
    for key in keys[1:]:
        following = places.get(end, _NOWHERE).get(key)
        if not following:
            return 0, 0.0
        end, close = following.end, min(close, following.closeness)
    return end, close


def _outermost(found: Sequence[Sighting]) -> list[Sighting]:
    spans = {(sighting.start, sighting.end) for sighting in found if sighting.end - sighting.start > 1}
    inner = {
        (start, end)
        for start, end in {(sighting.start, sighting.end) for sighting in found}
        if any(left <= start and end <= right and (left, right) != (start, end) for left, right in spans)
    }
    return [sighting for sighting in found if (sighting.start, sighting.end) not in inner]


def phrases(places: Places, tongue: Tongue) -> list[Sighting]:
    """Return the wants that phrases of the language show."""
    standing: defaultdict[str, list[Spot]] = defaultdict(list)
    for keys in places.values():
        for spot in keys.values():
            standing[spot.key].append(spot)
    called = {id(phrase): phrase for key in standing for phrase in tongue.phrases.get(key, ())}
    found = (_sighted(*phrase, places, standing, tongue.language) for phrase in called.values())
    return [sighting for sighting in found if sighting]


def _sighted(
    want: str, parts: Sequence[frozenset[str]], places: Places, standing: Mapping[str, Sequence[Spot]], language: str
) -> Sighting | None:
    gap = 0 if want in CONTROLS else _GAP
    best: Sighting | None = None
    for key in _ordered(parts[0], standing):
        for spot in standing[key]:
            chain = _chain(parts[1:], spot, places, gap)
            if chain and (best is None or chain[1] > best.closeness):
                best = Sighting(want, spot.start, *chain, language)
    return best


def _ordered(part: frozenset[str], standing: Mapping[str, object]) -> Sequence[str]:
    """Return the keys of a part that stand there. Sets have no order, and one text is always read the same."""
    return sorted(part & standing.keys())


def _chain(parts: Sequence[frozenset[str]], spot: Spot, places: Places, gap: int) -> tuple[int, float] | None:
    """Return the end and the worst closeness of the phrase that goes on behind `spot`, nearest words first."""
    end, close = spot.end, spot.closeness
    for part in parts:
        following = _nearest(part, end, places, gap)
        if following is None:
            return None
        end, close = following.end, min(close, following.closeness)
    return end, close


def _nearest(part: frozenset[str], end: int, places: Places, gap: int) -> Spot | None:
    for start in range(end, end + gap + 1):
        keys = places.get(start)
        if keys:
            near = _ordered(part, keys)
            if near:
                return max((keys[key] for key in near), key=lambda spot: spot.closeness)
    return None
