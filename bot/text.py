"""What a text is made of: characters that may be sent, words as they are compared, graphemes."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import regex

from bot.folding import fold

LONGEST = 1600
"""Characters of a text that are read; Twilio's own limit for a Body. The rest cannot cost time."""

_UNSENDABLE = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_PICTURES = r"[\p{Extended_Pictographic}\p{Sc}]"
_WORD = regex.compile(rf"(?V1){_UNSPACED}|{_PICTURES}|[[\p{{L}}\p{{M}}\p{{N}}]--{_UNSPACED}]+(?:'[\p{{L}}\p{{M}}]+)*")
# For what needs no look at Unicode's tables: half of all texts and keywords, at a fifth of the time.
_WORD_ASCII = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|\$")
_ONE_WORD = regex.compile(rf"(?V1){_UNSPACED}+|[[\p{{L}}\p{{M}}\p{{N}}]--{_UNSPACED}]+")
_PICTURE = regex.compile(_PICTURES)
_LONGEST_REMEMBERED = 30
"""Letters between two spaces up to which their division is remembered: most words of any talk are a few hundred."""
_FIRST_FAR, _FIRST_UNSPACED, _FIRST_FAR_EAST = "\u0370", "\u0e00", "\u2e80"
_UNSPACED_LETTER = regex.compile(_UNSPACED)
_ENGLISH_TAILS = frozenset({"t", "s", "m", "d", "ll", "ve", "re"})
_GRAPHEME = regex.compile(r"\X")


def sendable(text: str) -> str:
    """Return `text` in NFC without the characters that XML 1.0 cannot carry.

    >>> sendable("hola\\x00\\x1b[31m")
    'hola[31m'
    """
    return unicodedata.normalize("NFC", _UNSENDABLE.sub("", text))


def words(text: str) -> list[str]:
    """Return the folded words of `text`; scripts without spaces give one word a letter, and an emoji is a word.

    >>> words("J'ai des BOUTONS, don't I?"), words("痘坑 laser 😭"), words("비싸요ㅋㅠ")[0]
    (['j', 'ai', 'des', 'boutons', 'dont', 'i'], ['痘', '坑', 'laser', '😭'], '비싸요')
    """
    return split(fold(text[:LONGEST]))


def split(folded: str) -> list[str]:
    """Return the words of a text that is folded already."""
    found: list[str] = []
    for run in folded.split():
        found.extend(_divided(run) if len(run) <= _LONGEST_REMEMBERED else _divide(run))
    return found


def _divide(run: str) -> Sequence[str]:
    found = (_WORD_ASCII if run.isascii() else _WORD).findall(run)
    return [part for word in found for part in _without_apostrophes(word)] if "'" in run else found


_divided = lru_cache(maxsize=8192)(_divide)


def _without_apostrophes(word: str) -> list[str]:
    head, *tails = word.split("'")
    parts = [head]
    for tail in tails:
        if tail in _ENGLISH_TAILS:
            parts[-1] += tail
        else:
            parts.append(tail)
    return parts


def count(found: Iterable[str]) -> int:
    """Return how many words these are: two letters of a script without spaces are about one.

    >>> count(words("my scars")), count(words("我的疤痕"))
    (2, 2)
    """
    listed = list(found)
    if max(listed, default="") < _FIRST_UNSPACED:
        return len(listed)
    letters = sum(map(is_unspaced, listed))
    return len(listed) - letters + (letters + 1) // 2


def is_unspaced(word: str) -> bool:
    """Tell whether `word` is in a script written without spaces.

    >>> is_unspaced("疤"), is_unspaced("scar")
    (True, False)
    """
    # All such scripts stand behind Thai in Unicode: most words need no look at a table.
    return word >= _FIRST_UNSPACED and _is_unspaced_letter(word[0])


@lru_cache(maxsize=8192)
def _is_unspaced_letter(letter: str) -> bool:
    return bool(_UNSPACED_LETTER.match(letter))


def is_far_east(word: str) -> bool:
    """Tell whether an unspaced `word` is Chinese or Japanese, where a sign says as much as some letters of Thai.

    >>> is_far_east("疤"), is_far_east("ก")
    (True, False)
    """
    return word >= _FIRST_FAR_EAST


def is_picture(word: str) -> bool:
    """Tell whether `word` is an emoji or the sign of a currency.

    >>> is_picture("😭"), is_picture("ok")
    (True, False)
    """
    return len(word) == 1 and bool(_PICTURE.match(word))


def is_one_word(folded: str) -> bool:
    """Tell whether a folded text is a single word, or a run of a script without spaces.

    >>> is_one_word("गड्ढे"), is_one_word("痘坑"), is_one_word("l'eau"), is_one_word("痘laser")
    (True, True, False, False)
    """
    # Every word of every keyword file comes by here: most need no look at Unicode's tables.
    return (folded.isalnum() and max(folded) < _FIRST_UNSPACED) or bool(_ONE_WORD.fullmatch(folded))


def is_far_from_latin(folded: str) -> bool:
    """Tell whether all letters of a word are of an alphabet such as Greek, Cyrillic or Arabic.

    >>> is_far_from_latin("прыщ"), is_far_from_latin("đau"), is_far_from_latin("疤")
    (True, False, False)
    """
    return min(folded) >= _FIRST_FAR and max(folded) < _FIRST_UNSPACED


def graphemes(text: str) -> list[str]:
    """Return what a reader sees as single letters.

    >>> len(graphemes("हिन्दी")), len(graphemes("👩🏽‍⚕️"))
    (2, 1)
    """
    return _GRAPHEME.findall(text)
