"""Stop and start: what is acted upon, and must therefore be said exactly."""

from collections.abc import Iterable
from functools import partial

from bot.model import ACTS, Want
from bot.reading import Text, said
from bot.sightings import Sighting
from bot.spots import DOUBLED
from bot.text import is_far_east, is_picture, is_unspaced

_PLAIN_LETTERS, _PLAIN_SIGNS = 9, 6
"""Letters, or signs that are words themselves, of a script without spaces that are a phrase: one word may stand for
something else.
"""


def act(seen: Text) -> Want | None:
    """Stop and start: the whole text, or a plainly worded phrase in it. Close to the whole text is worth a question."""
    ended = seen.lexicon.acts(" ".join(seen.found))
    shown = [sighting for sighting in seen.shown if sighting.name in ACTS]
    if not ended and not shown:
        return None
    # "Fine" ends it in Italian, T alone in China: whoever writes another language, to which it is a word, means that.
    is_slip = len("".join(seen.found)) == 1 or seen.knows(seen.found)
    heard = [seen.language] if is_slip else seen.lexicon.languages
    whole = {code: want for code, want in ended.items() if code in heard}
    if whole:
        language = next((code for code in seen.languages if code in whole), next(iter(whole)))
        return Want(whole[language], language, 1.0, True, partial(tuple, seen.found))
    acts = [sighting for sighting in shown if sighting.language in heard]
    for sighted in sorted(acts, key=lambda sighting: (-sighting.closeness, not _is_after_a_stop(sighting, acts))):
        alone = _alone(sighted, acts, seen)
        if sighted.closeness >= DOUBLED and (alone or _is_plainly_worded(sighted, seen)):
            return Want(sighted.name, _language_of(sighted, acts, seen), 1.0, True, partial(said, seen, [sighted]))
        if alone and sighted.name == "stop":
            return Want(sighted.name, _language_of(sighted, acts, seen), 0.6, False, partial(said, seen, [sighted]))
    return None


def _is_after_a_stop(act: Sighting, acts: Iterable[Sighting]) -> bool:
    """Tell of a start whether the stop was before: "I had stopped, send me the texts again", not "do not send me"."""
    stops = [other.end for other in acts if other.name == "stop"]
    return act.name == "start" and bool(stops) and max(stops) <= act.start


def _is_plainly_worded(act: Sighting, seen: Text) -> bool:
    first = seen.found[act.start]
    least = 2 if not is_unspaced(first) else _PLAIN_SIGNS if is_far_east(first) else _PLAIN_LETTERS
    return act.end - act.start >= least


def _alone(act: Sighting, acts: Iterable[Sighting], seen: Text) -> bool:
    polite = seen.lexicon.tongues[act.language].polite
    spoken = {word for other in acts if other.name == act.name for word in seen.found[other.start : other.end]}
    return all(word in spoken or word in polite or is_picture(word) for word in seen.found)


def _language_of(act: Sighting, acts: Iterable[Sighting], seen: Text) -> str:
    """Prefer the language most plausible overall where the act is a word of it too: STOP is said in all of them."""
    same = {other.language for other in acts if other.name == act.name}
    return seen.language if seen.language in same else act.language
