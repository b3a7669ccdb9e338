"""How hard an English text is to read: the US school grade by Flesch and Kincaid.

grade = 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid, Fishburne, Rogers and Chissom, Research Branch
Report 8-75, US Naval Technical Training, 1975). Excused words count as one syllable. Syllables are counted by rule: 98
in 100 of the 1,400 words of our fact sheet as in the CMU Pronouncing Dictionary. Libraries that count better download
a dictionary when first used, or may not be shipped under our licence. For English only.
"""

import re
from collections.abc import Set

# "findahelpline.com" is one word, a word in braces is filled in later and counts as short.
_WORD = re.compile(r"\{\w+\}|\w+(?:['.]\w+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_SPELLED_OUT = re.compile(r"[A-Z]{2,3}")
# Written and not spoken, at the end of a word or of its first half: care, makes, healed, safety, someone.
_SILENT = re.compile(
    r"(?<=[aeiouy][^aeiouylwh])e(?=(?:ty|ly|less|ful|ment|line|thing|times|one|day|ways?)s?$)"
    r"|(?<=[^aeiouytd])e(?=d$)"
    r"|(?<=[^aeioucgszx])(?<![cst]h)(?<![^aeiouyr]l)e(?=s$)"
    r"|(?<=[^aeiou])(?<![^aeiouyr]l)e$"
    r"|(?<=[gq]u)e$"
)
_VOWELS = re.compile(r"[aeiouy]+")
# Side by side and spoken apart: area, being, riot, science, easier, usual, fluid, layer.
_APART = re.compile(
    r"(?<![ctgs])i[ao]|[st]ia[^ln]|(?<=[^aeioucts])ie(?=[nt])|i(?=e(?:r|st|rs)$)|iu|eo(?!p)|ea$|creat"
    r"|[aeouy]ing|(?<![qg])ua|uo|ui(?=[^lst])|uici|[aeiou]y(?=[aeiou])"
)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`.

    >>> sentences("Burned? Rinse it. See findahelpline.com.")
    ['Burned?', 'Rinse it.', 'See findahelpline.com.']
    """
    return [sentence for sentence in _SENTENCE_END.split(text) if _WORD.search(sentence)]


def words(text: str) -> list[str]:
    """Return the words of `text` as they are written.

    >>> words("The body's {phone}: non-alkaline, 2 years")
    ['The', "body's", '{phone}', 'non', 'alkaline', '2', 'years']
    """
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Return the number of syllables of an English word; a number has one, an abbreviation one a letter.

    >>> [syllables(word) for word in ("scar", "laser", "collagen", "healed", "someone", "FDA", "2026")]
    [1, 2, 3, 1, 2, 3, 1]
    """
    if _SPELLED_OUT.fullmatch(word):
        return len(word)
    spoken = _SILENT.sub("", word.lower().replace("'", ""))
    return max(1, len(_VOWELS.findall(spoken)) + len(_APART.findall(spoken)))


def grade(text: str, excused: Set[str] = frozenset()) -> float:
    """Return the school grade of `text`; 0 for what holds no word. `excused` are lower-case words in the singular.

    >>> round(grade("Dermatologists treat scars. Ask one early."), 1)
    7.2
    >>> round(grade("Dermatologists treat scars. Ask one early.", {"dermatologist"}), 1)
    -0.7
    """
    found = words(text)
    if not found:
        return 0.0
    spoken = sum(1 if _is_excused(word.lower(), excused) else syllables(word) for word in found)
    return 0.39 * len(found) / len(sentences(text)) + 11.8 * spoken / len(found) - 15.59


def _is_excused(word: str, excused: Set[str]) -> bool:
    singulars = {word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)}
    return word.startswith("{") or not singulars.isdisjoint(excused)
