"""What the sender wants, how sure we are, and why: the language and the topic of a text, decided together.

Danger first, by phrases that alarm by themselves; then stop and start, which are acts and must be said exactly; then
a language by its name. Everything else is weighed: the meanings that stand in a text, whatever its language, speak
for each want as loudly as was learned from labelled messages.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from bot.content import Library
from bot.languages import named
from bot.model import ACTS, CONTROLS, DANGERS, UNKNOWN, Reading, Want
from bot.reading import Text, read
from bot.sightings import Sighting, by_place
from bot.spots import DOUBLED
from bot.text import is_picture, is_unspaced
from bot.weights import ONLY_GUESSED, Weights, features, parts_of

_ALARM = 0.5
"""How likely a danger must be for help to come at once, and (next) for a question to be asked."""
_DOUBT = 0.4
_PLAIN_LETTERS = 6
"""Letters of a script without spaces that are a phrase, and no word that may stand for something else."""
_LEAST_ALARM = {**dict.fromkeys(ACTS, 0.5), **dict.fromkeys(DANGERS, _DOUBT)}
"""How likely an act or a danger must be to be asked about."""
_SPEAKS = 0.3
"""What a meaning must weigh for a danger or an act to back it."""
_MOST_GUESSES = 3
_AS_LIKELY = 0.7
"""From this share of the best topic's likelihood on, that it is about something else counts more: silence is safer."""
_LEAST_LIKELY, _LEAST_GUESSED = 0.2, 0.8
"""How likely a topic must be to be answered, and where no word of it stands in the text as listed."""
_LONGEST_ASKING = 8
_ASKING = ("language", "more", "can", "want", "hello", "thanks")
"""What may stand beside the name of a language without asking for anything else."""
_LOUD = 0.1
"""What a meaning must add to a want, next to the loudest one, to be named as a reason."""


def understand(text: str, library: Library, country: str = "", talk: str = "") -> Reading:
    """Return what `text` wants. `country` is where it comes from, `talk` the language of the talk so far."""
    seen = read(text, library.lexicon, country, talk)
    want = _danger(seen) or _act(seen) or _named_language(seen, library)
    if want:
        return Reading(want)
    if not seen.meant and not seen.shown:
        return Reading(Want(UNKNOWN, seen.language, 0.0))
    return _weighed(seen, library)


def _danger(seen: Text) -> Want | None:
    sighted = [sighting for sighting in seen.shown if sighting.name in DANGERS]
    if not sighted:
        return None
    best = max(sighted, key=lambda sighting: (sighting.closeness, sighting.name == DANGERS[0]))
    exact = best.closeness >= DOUBLED
    language = seen.language if any(each.language in seen.languages for each in sighted) else best.language
    return Want(best.name, language, 1.0 if exact else 0.6, exact, partial(_said, seen, [best]))


def _act(seen: Text) -> Want | None:
    """Stop and start: the whole text, or a plainly worded phrase in it. Close to the whole text is worth a question."""
    whole = seen.lexicon.acts(" ".join(seen.found))
    # T alone unsubscribes in China; elsewhere it is a slip of the thumb.
    if whole and (seen.language in whole or len("".join(seen.found)) > 1):
        language = next((code for code in seen.languages if code in whole), next(iter(whole)))
        return Want(whole[language], language, 1.0, True, partial(tuple, seen.found))
    acts = [sighting for sighting in seen.shown if sighting.name in ACTS]
    for act in sorted(acts, key=lambda sighting: -sighting.closeness):
        alone = _alone(act, acts, seen)
        if act.closeness >= DOUBLED and (alone or _is_plainly_worded(act, seen)):
            return Want(act.name, _language_of(act, acts, seen), 1.0, True, partial(_said, seen, [act]))
        if alone and act.name == "stop":
            return Want(act.name, _language_of(act, acts, seen), 0.6, False, partial(_said, seen, [act]))
    return None


def _is_plainly_worded(act: Sighting, seen: Text) -> bool:
    least = _PLAIN_LETTERS if is_unspaced(seen.found[act.start]) else 2
    return act.end - act.start >= least


def _alone(act: Sighting, acts: Iterable[Sighting], seen: Text) -> bool:
    polite = seen.lexicon.tongues[act.language].polite
    said = {word for other in acts if other.name == act.name for word in seen.found[other.start : other.end]}
    return all(word in said or word in polite or is_picture(word) for word in seen.found)


def _language_of(act: Sighting, acts: Iterable[Sighting], seen: Text) -> str:
    """Prefer the language most plausible overall where the act is a word of it too: STOP is said in all of them."""
    same = {other.language for other in acts if other.name == act.name}
    return seen.language if seen.language in same else act.language


def _named_language(seen: Text, library: Library) -> Want | None:
    """A language by its name, alone or among few words that only ask for it."""
    if len(seen.found) > _LONGEST_ASKING:
        return None
    found = _language_in(seen, library)
    if not found:
        return None
    code, places = found
    asking = {
        place for sighting in seen.meant for place in range(sighting.start, sighting.end) if sighting.name in _ASKING
    }
    common = seen.lexicon.tongues[seen.language].common
    if all(place in places or place in asking or word in common for place, word in enumerate(seen.found)):
        return Want("language", code, 1.0, True, partial(tuple, seen.found[places.start : places.stop]))
    return None


def _language_in(seen: Text, library: Library) -> tuple[str, range] | None:
    """Return the served language that a text names, and where: as people call it, or as CLDR does."""
    for code, sighting in seen.named.items():
        if code in library.languages:
            return code, range(sighting.start, sighting.end)
    return named(seen.found, library.language_names)


def _weighed(seen: Text, library: Library) -> Reading:
    """Return wants by how likely they are; "unknown" where the text is about something else."""
    weighed = features(seen.meant, seen.shown, seen.strange, len(seen.found))
    likely = library.weights.judge(weighed)
    for want in (*ACTS, *DANGERS):
        if likely.get(want, 0.0) < _LEAST_ALARM[want] or not _is_backed(want, seen, library.weights):
            likely[want] = 0.0
    least = _LEAST_GUESSED if ONLY_GUESSED in weighed else _LEAST_LIKELY
    wants = [_want(name, likely[name], weighed, seen, library.weights) for name in _ranked(likely, least)]
    if wants[0].name == UNKNOWN:
        return Reading(wants[0])
    if wants[0].name == "language" and (asked := _language_in(seen, library)):
        wants[0] = replace(wants[0], language=asked[0])
    return Reading(wants[0], tuple(want for want in wants[1:] if want.name not in (*DANGERS, UNKNOWN)))


def _is_backed(want: str, seen: Text, weights: Weights) -> bool:
    """Tell whether suicide is named, or two words apart speak for a danger or an act: one alone may die of hunger."""
    if any(sighting.name == "suicide" for sighting in seen.meant):
        return want == "crisis"
    end, apart = -1, 0
    for sighting in sorted(seen.meant, key=by_place):
        if sighting.start > end and weights.speaks(sighting.name, want) > _SPEAKS:
            end, apart = sighting.end - 1, apart + 1
    return apart > 1


def _ranked(likely: Mapping[str, float], least: float) -> list[str]:
    """Return the likeliest wants; a danger goes before them on a doubt, and a topic must be `least` likely."""
    ranked = sorted(likely, key=likely.__getitem__, reverse=True)[:_MOST_GUESSES]
    alarm = max(DANGERS, key=lambda danger: likely[danger])
    if likely[alarm]:
        return [alarm, *(want for want in ranked if want != alarm)]
    best = ranked[0]
    is_topic = best not in CONTROLS
    elsewhere = is_topic and likely.get(UNKNOWN, 0.0) >= _AS_LIKELY * likely[best]
    return [UNKNOWN] if elsewhere or likely[best] < (least if is_topic else _LEAST_LIKELY) else ranked


def _want(name: str, likely: float, weighed: Mapping[str, float], seen: Text, weights: Weights) -> Want:
    exact = likely >= _ALARM if name in DANGERS else name not in ACTS
    return Want(name, seen.language, round(likely, 3), exact, partial(_why, name, weighed, seen, weights))


def _why(name: str, weighed: Mapping[str, float], seen: Text, weights: Weights) -> tuple[str, ...]:
    """Return the words of the text that speak loudest for a want, in the text's order and as folded."""
    spoken = {feature: value * weights.speaks(feature, name) for feature, value in weighed.items()}
    most = max(spoken.values(), default=0.0)
    reasons = {part for feature, loud in spoken.items() if loud > _LOUD * most for part in parts_of(feature)}
    return _said(seen, [sighting for sighting in (*seen.meant, *seen.shown) if sighting.name in reasons])


def _said(seen: Text, sightings: Iterable[Sighting]) -> tuple[str, ...]:
    places = sorted({place for sighting in sightings for place in range(sighting.start, sighting.end)})
    runs: list[str] = []
    for before, place in zip([-2, *places], places, strict=False):
        letter = seen.found[place]
        if place == before + 1 and is_unspaced(letter) and is_unspaced(seen.found[before]):
            runs[-1] += letter
        else:
            runs.append(letter)
    return tuple(dict.fromkeys(runs))
