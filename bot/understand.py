"""What the sender wants, how sure we are, and why: the language and the topic of a text, decided together.

Danger first, by phrases that alarm by themselves; then stop and start, which are acts and must be said exactly; then
a language by its name. Everything else is weighed: the meanings that stand in a text, whatever its language, speak
for each want as loudly as was learned from labelled messages.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from bot.acts import act
from bot.content import Library
from bot.keywords import LANGUAGE
from bot.languages import named
from bot.model import ACTS, CONTROLS, DANGERS, UNKNOWN, Reading, Want
from bot.reading import Text, read, said
from bot.sightings import Sighting, by_place
from bot.spots import DOUBLED
from bot.text import count
from bot.weights import Weights, features, parts_of

_ALARM = 0.5
"""How likely a danger must be for help to come at once, and (next) for a question to be asked."""
_DOUBT = 0.4
_LEAST_ALARM = {**dict.fromkeys(ACTS, 0.5), **dict.fromkeys(DANGERS, _DOUBT)}
"""How likely an act or a danger must be to be asked about."""
_SPEAKS, _SPEAKS_UP = 0.3, 3.0
"""What two meanings must weigh for a danger or an act to back it, and one of them: "not" and "want" alarm nobody."""
_MOST_GUESSES = 3
_AS_LIKELY = 0.5
"""From this share of the best topic's likelihood on, that it is about something else counts more: silence is safer."""
_LEAST_LIKELY, _SURE = 0.2, 0.5
_LONGEST_ASKING = 8
_ASKING = ("language", "more", "can", "want", "hello", "thanks")
"""What may stand beside the name of a language without asking for anything else."""
_SAID_WHOLE = frozenset(CONTROLS) - {*ACTS, "language"}
"""Controls that are sure where a listed phrase is the whole text; acts and languages have rules of their own."""
_TELLING = 3
"""Words of a control from which it tells the language that it is said in, whatever its letters look like."""
_LOUD = 0.1
"""What a meaning must add to a want, next to the loudest one, to be named as a reason."""


def understand(text: str, library: Library, country: str = "", talk: str = "") -> Reading:
    """Return what `text` wants. `country` is where it comes from, `talk` the language of the talk so far."""
    seen = read(text, library.lexicon, country, talk)
    want = _danger(seen) or act(seen) or _named_language(seen, library) or _whole(seen, library)
    if want:
        return Reading(want)
    if not seen.meant and not seen.shown:
        return Reading(Want(UNKNOWN, seen.language, 0.0))
    weighed = _weighed(seen, library)
    return weighed if weighed.best.sure >= _SURE else _both(seen, library) or weighed


def _danger(seen: Text) -> Want | None:
    sighted = [sighting for sighting in seen.shown if sighting.name in DANGERS and _is_meant(sighting, seen)]
    if not sighted:
        return None
    best = max(sighted, key=lambda sighting: (sighting.closeness, sighting.name == DANGERS[0]))
    exact = best.closeness >= DOUBLED
    return Want(best.name, _language_of(best, sighted, seen), 1.0 if exact else 0.6, exact, partial(said, seen, [best]))


def _language_of(danger: Sighting, sighted: Iterable[Sighting], seen: Text) -> str:
    """The text's own language, but that of a danger which is all of the text and no words of that language."""
    alarmed = {each.language for each in sighted}
    is_all = danger.end - danger.start == len(seen.found)
    is_own = seen.language in alarmed or (not is_all and alarmed.intersection(seen.languages))
    return seen.language if is_own else danger.language


def _is_meant(danger: Sighting, seen: Text) -> bool:
    """Tell whether a phrase of another language is no words of the text's own: "die" is German for the."""
    return danger.language == seen.language or not seen.knows((seen.found[danger.start], seen.found[danger.end - 1]))


def _named_language(seen: Text, library: Library) -> Want | None:
    """A language by its name, alone or among few words that only ask for it."""
    if count(seen.found) > _LONGEST_ASKING:
        return None
    found = _language_in(seen, library)
    if not found:
        return None
    code, places = found
    asking = {
        place for sighting in seen.meant for place in range(sighting.start, sighting.end) if sighting.name in _ASKING
    }
    heard = [seen.lexicon.tongues[code] for code in seen.languages]
    small = {word for word in seen.found for tongue in heard if word in tongue.common or word in tongue.polite}
    if all(place in places or place in asking or word in small for place, word in enumerate(seen.found)):
        return Want("language", code, 1.0, True, partial(tuple, seen.found[places.start : places.stop]))
    return None


def _language_in(seen: Text, library: Library) -> tuple[str, range] | None:
    """Return the served language that a text names, and where: as people call it, or as CLDR does."""
    for code, sighting in seen.named.items():
        places = range(sighting.start, sighting.end)
        if code in library.languages and (sighting.language == seen.language or not _is_else(places, seen)):
            return code, places
    found = named(seen.found, library.language_names)
    return None if found and _is_else(found[1], seen) else found


def _is_else(places: range, seen: Text) -> bool:
    """Tell whether what names a language is an ordinary word of the text's own: "hindi" is Filipino for no."""
    forms = seen.lexicon.tongues[seen.language].forms
    said = [forms.get(seen.found[place]) for place in places]
    return all(said) and not any(meaning.startswith(LANGUAGE) for meant in said for meaning in meant or ())


def _whole(seen: Text, library: Library) -> Want | None:
    """A control that is all that a text says, in words that were listed for it ("how does this work"); or a topic."""
    whole = [each for each in seen.shown if each.end - each.start == len(seen.found) and each.closeness >= DOUBLED]
    # Between the words of a topic's phrase others may stand, which may say what matters: one word has none.
    sayable = _SAID_WHOLE if len(seen.found) > 1 else {*_SAID_WHOLE, *library.topics}
    said_for = {each.name: each for each in whole if each.name in sayable}
    if len(said_for) != 1:
        return None
    (phrase,) = said_for.values()
    spoken = {each.language for each in whole}
    language = seen.language if seen.language in spoken or len(seen.found) < _TELLING else phrase.language
    return Want(phrase.name, language, 1.0, True, partial(said, seen, [phrase]))


def _both(seen: Text, library: Library) -> Reading | None:
    """Two topics that are named, and nothing said of them: "laser or peels"."""
    named = {sighting.name: sighting for sighting in seen.meant}
    if len(named) != 2:
        return None
    alone = [_weighed(seen._replace(meant=[sighting], shown=[]), library).best for sighting in named.values()]
    first, second = alone
    if first.name == second.name or not all(want.name in library.topics and want.sure >= _SURE for want in alone):
        return None
    return Reading(first, (replace(second, sure=first.sure),))


def _weighed(seen: Text, library: Library) -> Reading:
    """Return wants by how likely they are; "unknown" where the text is about something else."""
    weighed = features(seen.meant, seen.shown, seen.strange, seen.found, seen.lexicon.ours)
    likely = library.weights.judge(weighed)
    for want in (*ACTS, *DANGERS):
        if likely.get(want, 0.0) < _LEAST_ALARM[want] or not _is_backed(want, seen, library.weights):
            likely.pop(want, None)
    wants = [_want(name, likely.get(name, 0.0), weighed, seen, library.weights) for name in _ranked(likely)]
    if wants[0].name == UNKNOWN:
        return Reading(wants[0])
    if wants[0].name == "language" and (asked := _language_in(seen, library)):
        wants[0] = replace(wants[0], language=asked[0])
    return Reading(wants[0], tuple(want for want in wants[1:] if want.name not in (*DANGERS, UNKNOWN)))


def _is_backed(want: str, seen: Text, weights: Weights) -> bool:
    """Tell whether suicide is named, or two meanings apart speak for a danger or an act: one may die of hunger."""
    if any(sighting.name == "suicide" for sighting in seen.meant):
        return want == "crisis"
    if want in ACTS and any(sighting.name == want and sighting.closeness >= DOUBLED for sighting in seen.meant):
        return True
    end, apart = -1, {}
    for sighting in sorted(seen.meant, key=by_place):
        if sighting.start > end and (loud := weights.speaks(sighting.name, want)) > _SPEAKS:
            end = sighting.end - 1
            apart[sighting.name] = loud
    return len(apart) > 1 and max(apart.values()) > _SPEAKS_UP


def _ranked(likely: Mapping[str, float]) -> list[str]:
    """Return the likeliest wants; a danger goes before them on a doubt, and a topic yields to one."""
    ranked = sorted(likely, key=likely.__getitem__, reverse=True)[:_MOST_GUESSES]
    alarm = max(DANGERS, key=lambda danger: likely.get(danger, 0.0))
    if alarm in likely:
        return [alarm, *(want for want in ranked if want != alarm)]
    best = ranked[0]
    is_topic = best not in CONTROLS
    elsewhere = is_topic and likely.get(UNKNOWN, 0.0) >= _AS_LIKELY * likely[best]
    return [UNKNOWN] if elsewhere or likely[best] < _LEAST_LIKELY else ranked


def _want(name: str, likely: float, weighed: Mapping[str, float], seen: Text, weights: Weights) -> Want:
    exact = likely >= _ALARM if name in DANGERS else name not in ACTS
    # What was weighed is never as sure as what was named.
    return Want(name, seen.language, min(round(likely, 3), 0.999), exact, partial(_why, name, weighed, seen, weights))


def _why(name: str, weighed: Mapping[str, float], seen: Text, weights: Weights) -> tuple[str, ...]:
    """Return the words of the text that speak loudest for a want, in the text's order and as folded."""
    spoken = {feature: value * weights.speaks(feature, name) for feature, value in weighed.items()}
    most = max(spoken.values(), default=0.0)
    reasons = {part for feature, loud in spoken.items() if loud > _LOUD * most for part in parts_of(feature)}
    return said(seen, [sighting for sighting in (*seen.meant, *seen.shown) if sighting.name in reasons])
