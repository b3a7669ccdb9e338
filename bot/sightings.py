"""What stands in a text, in one language: its meanings, and the phrases that show a want by themselves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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


def with_guesses(places: Places, found: Sequence[str], known: Set[int], tongue: Tongue) -> None:
    """Add to `places` what the words of `found` at no `known` place may be."""
    for place, word in enumerate(found):
        if place not in known and (guesses := guessed(word, tongue)):
            places[place] = guesses


def meanings(places: Places, tongue: Tongue) -> list[Sighting]:
    """Return the meanings that stand at `places`."""
    language, forms = tongue.language, tongue.forms
    found = [
        Sighting(meaning, start, start + length, closeness, language)
        for start, spots in places.items()
        for key, length, closeness in spots.values()
        for meaning in forms.get(key, ())
    ]
    return [*found, *_longer(places, tongue)]


def _longer(places: Places, tongue: Tongue) -> Iterator[Sighting]:
    """Yield the meanings that are said in several words."""
    longer = tongue.longer
    for start, spots in places.items():
        for key, length, closeness in spots.values():
            # Few words begin a longer form: for the others, what follows is not worth a look.
            if (after := longer.get(key)) is None:
                continue
            for second in places.get(start + length, _NOWHERE).values():
                for meaning, *further in after.get(second.key, ()):
                    end, close = _follow(further, start + length, second, places)
                    if end:
                        yield Sighting(meaning, start, end, min(closeness, close), tongue.language)


def _follow(keys: Sequence[str], start: int, spot: Spot, places: Places) -> tuple[int, float]:
    """Return where `keys` end that follow `spot`, which stands at `start`, and how close the worst word is; (0, 0)
    where one is missing.
    """
    end, close = start + spot.length, spot.closeness
    for key in keys:
        following = places.get(end, _NOWHERE).get(key)
        if not following:
            return 0, 0.0
        end, close = end + following.length, min(close, following.closeness)
    return end, close


def outermost(sighted: Iterable[Sighting]) -> list[Sighting]:
    """Return what is meant: no meaning that stands inside a longer one, be that of another language."""
    found = list(sighted)
    spans = {(sighting.start, sighting.end) for sighting in found if sighting.end - sighting.start > 1}
    if not spans:
        return found
    inner = {
        (start, end)
        for start, end in {(sighting.start, sighting.end) for sighting in found}
        if any(left <= start and end <= right and (left, right) != (start, end) for left, right in spans)
    }
    return [sighting for sighting in found if (sighting.start, sighting.end) not in inner]


def phrases(places: Places, tongue: Tongue) -> list[Sighting]:
    """Return the wants that phrases of the language show."""
    calling = tongue.phrases
    called = {id(said): said for spots in places.values() for key in spots for said in calling.get(key, ())}
    keys = set().union(*places.values())
    possible = [said for said in called.values() if not any(map(keys.isdisjoint, said[1]))]
    standing = _standing(places) if possible else {}
    found = (_sighted(*said, places, standing, tongue.language) for said in possible)
    return [sighting for sighting in found if sighting]


def _standing(places: Places) -> Mapping[str, Sequence[int]]:
    """Return at which places each key stands."""
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for place, spots in places.items():
        for key in spots:
            standing[key].append(place)
    return standing


def _sighted(
    want: str, parts: Sequence[Sequence[str]], places: Places, standing: Mapping[str, Sequence[int]], language: str
) -> Sighting | None:
    gap = 0 if want in CONTROLS else _GAP
    best: Sighting | None = None
    for key in parts[0]:
        for start in standing.get(key, ()):
            chain = _chain(parts[1:], start, places[start][key], places, gap)
            if chain and (best is None or chain[1] > best.closeness):
                best = Sighting(want, start, *chain, language)
    return best


def _chain(
    parts: Sequence[Sequence[str]], start: int, spot: Spot, places: Places, gap: int
) -> tuple[int, float] | None:
    """Return the end and the worst closeness of the phrase that goes on behind `spot`, nearest words first."""
    end, close = start + spot.length, spot.closeness
    for part in parts:
        following = _nearest(part, end, places, gap)
        if following is None:
            return None
        end, close = following[0], min(close, following[1])
    return end, close


def _nearest(part: Sequence[str], end: int, places: Places, gap: int) -> tuple[int, float] | None:
    """Return where the nearest key of a part ends, and how close it is."""
    for start in range(end, end + gap + 1):
        spots = places.get(start, _NOWHERE)
        near = [spots[key] for key in part if key in spots]
        if near:
            nearest = max(near, key=lambda spot: spot.closeness)
            return start + nearest.length, nearest.closeness
    return None
