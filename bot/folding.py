"""What people type, made comparable: case, width, accents, look-alike letters, digits.

`fold` is lossy on purpose and is applied to both sides, the text and the keyword: "CICATRÍZ" and "cicatriz" become
one word. What is sent to people is never folded.
"""

import re
import unicodedata

import regex

from bot.tones import moved

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
# In Vietnamese an accent makes another word (mặt, face; mắt, eye): where somebody types them, they are kept.
_VIETNAMESE = re.compile("[ăđơưạ-ỹ]")
# Jamo typed behind a syllable are laughter or tears, and no part of it; NFKC would put them together.
_JAMO = re.compile("[\u3131-\u318e]")
_BESIDE_JAMO = re.compile("(?<=[가-힣])(?=[\u3131-\u318e])|(?<=[\u3131-\u318e])(?=[가-힣])")
# Thai has doubled letters where words meet; drawn out, the last letter of a word must not become the next word's.
_DRAWN_OUT = regex.compile(r"([\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])\1{2,}|(\p{L})\2{2,}")
_SHORTENED = r"\1\2\2"
_ACCENTED = re.compile("[à-öù-ýăđĩũơưạ-ỹ]")
_DOUBLED = re.compile(r"([^\W\d])\1")
# Few texts hold three of anything in a row: to see that takes a tenth of the time of looking for letters.
_THRICE = re.compile(r"(.)\1\1")
_MOST_LETTERS = 20_000
"""Letters whose folding is remembered: more than all that we serve are written with, less than a stranger can send."""
_APOSTROPHES = str.maketrans(dict.fromkeys("ʼ’‘`´ʻ", "'"))


class _Folded(dict[int, str]):
    """What each letter is compared as: worked out when it first comes by, as a text has few of 150,000."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if _UNSEEN.match(letter):
            folded = ""
        else:
            # To Unicode ´ is a space with an accent; to those who type it, an apostrophe.
            composed = unicodedata.normalize("NFKC", letter.translate(_APOSTROPHES)).casefold()
            folded = unicodedata.normalize("NFC", _bare(composed)).casefold()
        if len(self) < _MOST_LETTERS:
            self[code] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return `text` reduced to what is compared.

    >>> fold("ＳＴＯＰ!"), fold("Información"), fold("heyyy"), fold("أُريد"), fold("٣")
    ('stop!', 'informacion', 'heyy', 'اريد', '3')
    """
    if text.isascii():
        return _shortened(text.lower().replace("`", "'"))
    if _JAMO.search(text):
        text = _BESIDE_JAMO.sub(" ", text)
    if _VIETNAMESE.search(unicodedata.normalize("NFC", text).lower()):
        seen = _UNSEEN.sub("", text).translate(_APOSTROPHES)
        return _shortened(moved(unicodedata.normalize("NFKC", seen).casefold()))
    return _shortened(unicodedata.normalize("NFC", text.translate(_FOLDED)))


def _shortened(text: str) -> str:
    return _DRAWN_OUT.sub(_SHORTENED, text) if _THRICE.search(text) else text


def _bare(text: str) -> str:
    """Return `text` without accents, its letters as their look-alikes; in NFD."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_ALIKE)


def keeps_accents(folded: str) -> bool:
    """Tell whether `fold` left the accents on a text, because it is Vietnamese."""
    return bool(_ACCENTED.search(folded))


def plain(word: str) -> str:
    """Return a folded word without the accents that are kept in Vietnamese.

    >>> plain("mặt"), plain("đau")
    ('mat', 'dau')
    """
    return word if word.isascii() else _bare(word)


def squeezed(word: str) -> str:
    """Return `word` without its doubled letters: "adress" is "address", "heyy" is "hey".

    >>> squeezed("heyy"), squeezed("address")
    ('hey', 'adres')
    """
    return _DOUBLED.sub(r"\1", word)
