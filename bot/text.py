"""What people type, made comparable: case, width, accents, look-alike letters, digits, words, graphemes.

`fold` is lossy on purpose and is applied to both sides, the text and the keyword: "CICATRÍZ" and "cicatriz" become
one word. What is sent to people is never folded.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import regex

from bot.tones import moved

LONGEST = 1600
"""Characters of a text that are read; Twilio's own limit for a Body. The rest cannot cost time."""

# Letters that Unicode does not decompose, and Arabic-script letters that keyboards of different countries
# use for one another.
_ALIKE = str.maketrans(
    {
        **dict(zip("ıđðłøħŧʼ’‘`´ʻ", "iddloht''''''", strict=True)),
        **{"æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ґ": "г"},
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیېۍےۓ", "ي"),
        **dict.fromkeys("ةہھەۀۂۃ", "ه"),
        **{"ँ": "ं", "ঁ": "ং"},
        **{"ک": "ك", "ڪ": "ك", "ؤ": "و", "ئ": "ي", "ـ": ""},
        **{chr(c): str(unicodedata.decimal(chr(c))) for c in range(0x80, 0x10000) if chr(c).isdecimal()},
        # Katakana are typed where hiragana would do, and the other way round.
        **{chr(c): chr(c - 0x60) for c in range(0x30A1, 0x30F7)},
    }
)
# Accents on Latin, Greek and Cyrillic; Arabic vowel signs; the nukta of Indic scripts. Vowel signs of Indic and
# Thai scripts are marks too (Mn), but they are letters to their readers and stay.
_MARKS = regex.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc\u0a3c]+")
# Joiners, direction marks, variation selectors, soft hyphen: seen by no one, typed by keyboards.
_UNSEEN = regex.compile(r"[\p{Cf}\p{Me}\ufe00-\ufe0f]+")
_UNSENDABLE = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# In Vietnamese an accent makes another word (mặt, face; mắt, eye): where somebody types them, they are kept.
_VIETNAMESE = re.compile("[ăđơưạ-ỹ]")
# Jamo typed behind a syllable are laughter or tears, and no part of it; NFKC would put them together.
_BESIDE_JAMO = re.compile("(?<=[가-힣])(?=[\u3131-\u318e])|(?<=[\u3131-\u318e])(?=[가-힣])")
_REPEATED = regex.compile(r"(\p{L})\1{2,}")
# Thai has doubled letters where words meet; drawn out, the last letter of a word must not become the next word's.
_DRAWN_OUT = regex.compile(r"([\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])\1{2,}")
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_PICTURES = r"[\p{Extended_Pictographic}\p{Sc}]"
_WORD = regex.compile(rf"(?V1){_UNSPACED}|{_PICTURES}|[[\p{{L}}\p{{M}}\p{{N}}]--{_UNSPACED}]+(?:'[\p{{L}}\p{{M}}]+)*")
# The same for what needs no look at Unicode's tables: half of all texts and keywords, at a fifth of the time.
_REPEATED_ASCII = re.compile(r"([a-z])\1{2,}")
_WORD_ASCII = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|\$")
_DOUBLED = re.compile(r"([^\W\d])\1")
_ONE_WORD = regex.compile(rf"(?V1){_UNSPACED}+|[[\p{{L}}\p{{M}}\p{{N}}]--{_UNSPACED}]+")
_ACCENTED = re.compile("[à-öù-ýăđĩũơưạ-ỹ]")
_PICTURE = regex.compile(_PICTURES)
_FIRST_FAR, _FIRST_UNSPACED = "\u0370", "\u0e00"
_UNSPACED_LETTER = regex.compile(_UNSPACED)
# Typed for an apostrophe; to Unicode ´ is a space with an accent.
_APOSTROPHES = str.maketrans("´`", "''")
_ENGLISH_TAILS = frozenset({"t", "s", "m", "d", "ll", "ve", "re"})
_GRAPHEME = regex.compile(r"\X")


def sendable(text: str) -> str:
    """Return `text` in NFC without the characters that XML 1.0 cannot carry.

    >>> sendable("hola\\x00\\x1b[31m")
    'hola[31m'
    """
    return unicodedata.normalize("NFC", _UNSENDABLE.sub("", text))


def fold(text: str) -> str:
    """Return `text` reduced to what is compared.

    >>> fold("ＳＴＯＰ!"), fold("Información"), fold("heyyy"), fold("أُريد"), fold("٣")
    ('stop!', 'informacion', 'heyy', 'اريد', '3')
    """
    if text.isascii():
        return _REPEATED_ASCII.sub(r"\1\1", text.lower())
    text = unicodedata.normalize("NFKC", _BESIDE_JAMO.sub(" ", _UNSEEN.sub("", text))).casefold()
    if _VIETNAMESE.search(text):
        return _REPEATED.sub(r"\1\1", moved(text))
    text = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_ALIKE)
    return _REPEATED.sub(r"\1\1", _DRAWN_OUT.sub(r"\1", unicodedata.normalize("NFC", text).casefold()))


def words(text: str) -> list[str]:
    """Return the folded words of `text`; scripts without spaces give one word a letter, and an emoji is a word.

    >>> words("J'ai des BOUTONS, don't I?"), words("痘坑 laser 😭"), words("비싸요ㅋㅠ")[0]
    (['j', 'ai', 'des', 'boutons', 'dont', 'i'], ['痘', '坑', 'laser', '😭'], '비싸요')
    """
    return split(fold(text[:LONGEST].translate(_APOSTROPHES)))


def split(folded: str) -> list[str]:
    """Return the words of a text that is folded already."""
    found: list[str] = []
    for word in (_WORD_ASCII if folded.isascii() else _WORD).findall(folded):
        found.extend(_without_apostrophes(word) if "'" in word else (word,))
    return found


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
    letters = sum(map(is_unspaced, listed := list(found)))
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


def keeps_accents(folded: str) -> bool:
    """Tell whether `fold` left the accents on a text, because it is Vietnamese."""
    return bool(_ACCENTED.search(folded))


def plain(word: str) -> str:
    """Return a folded word without the accents that are kept in Vietnamese.

    >>> plain("mặt"), plain("đau")
    ('mat', 'dau')
    """
    return word if word.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", word)).translate(_ALIKE)


def squeezed(word: str) -> str:
    """Return `word` without its doubled letters: "adress" is "address", "heyy" is "hey".

    >>> squeezed("heyy"), squeezed("address")
    ('hey', 'adres')
    """
    return _DOUBLED.sub(r"\1", word)


def graphemes(text: str) -> list[str]:
    """Return what a reader sees as single letters.

    >>> len(graphemes("हिन्दी")), len(graphemes("👩🏽‍⚕️"))
    (2, 1)
    """
    return _GRAPHEME.findall(text)
