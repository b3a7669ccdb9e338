"""What people type, made comparable: case, width, accents, look-alike letters, digits, words, graphemes.

`fold` is lossy on purpose and is applied to both sides, the text and the keyword: "CICATRÍZ", "cicatriz" and
"cicatriizz" become one word. What is sent to people is never folded.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import regex

LONGEST = 1600
"""Characters of a text that are read; Twilio's own limit for a Body. The rest cannot cost time."""

# Letters that Unicode does not decompose, and Arabic-script letters that keyboards of different countries
# use for one another.
_ALIKE = str.maketrans(
    {
        **dict(zip("ıđðłøħŧʼ’‘`´ʻ", "iddloht''''''", strict=True)),
        **{"æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"},
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیېۍےۓ", "ي"),
        **dict.fromkeys("ةہھەۀۂۃ", "ه"),
        **{"ँ": "ं", "ঁ": "ং"},
        **{"ک": "ك", "ڪ": "ك", "ؤ": "و", "ئ": "ي", "ـ": ""},
        **{chr(c): str(unicodedata.decimal(chr(c))) for c in range(0x80, 0x10000) if chr(c).isdecimal()},
    }
)
# Accents on Latin, Greek and Cyrillic; Arabic vowel signs; the nukta of Indic scripts. Vowel signs of Indic and
# Thai scripts are marks too (Mn), but they are letters to their readers and stay.
_MARKS = regex.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc\u0a3c]+")
# Joiners, direction marks, variation selectors, soft hyphen: seen by no one, typed by keyboards.
_UNSEEN = regex.compile(r"[\p{Cf}\p{Me}\ufe00-\ufe0f]+")
_UNSENDABLE = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPEATED = regex.compile(r"(\p{L})\1+")
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD = regex.compile(rf"(?V1){_UNSPACED}|[[\p{{L}}\p{{M}}\p{{N}}]--{_UNSPACED}]+(?:'[\p{{L}}\p{{M}}]+)*")
# The same for what needs no look at Unicode's tables: half of all texts and keywords, at a fifth of the time.
_REPEATED_ASCII = re.compile(r"([a-z])\1+")
_WORD_ASCII = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_FIRST_UNSPACED = "\u0e00"
_UNSPACED_LETTER = regex.compile(_UNSPACED)
# Typed for an apostrophe; to Unicode ´ is a space with an accent.
_APOSTROPHES = str.maketrans("´`", "''")
_ENGLISH_TAILS = frozenset({"t", "s", "m", "d", "l", "ve", "re"})
_ARABIC_PREFIX = regex.compile(r"^[وف]?(?:[بلك]?ال|لل|[بلك])?(?=\p{Arabic}{3})")
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
    ('stop!', 'informacion', 'hey', 'اريد', '3')
    """
    text = text[:LONGEST]
    if text.isascii():
        return _REPEATED_ASCII.sub(r"\1", text.lower())
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    text = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_ALIKE)
    return _REPEATED.sub(r"\1", unicodedata.normalize("NFC", text).casefold())


def words(text: str) -> list[str]:
    """Return the folded words of `text`; scripts without spaces give one word a letter.

    >>> words("J'ai des BOUTONS, don't I?"), words("痘坑 laser")
    (['j', 'ai', 'des', 'boutons', 'dont', 'i'], ['痘', '坑', 'laser'])
    """
    found: list[str] = []
    folded = fold(text.translate(_APOSTROPHES))
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


def is_unspaced(word: str) -> bool:
    """Tell whether `word` is in a script written without spaces.

    >>> is_unspaced("疤"), is_unspaced("scar")
    (True, False)
    """
    # All such scripts stand behind Thai in Unicode: most words need no look at a table.
    return word >= _FIRST_UNSPACED and bool(_UNSPACED_LETTER.match(word))


def stem(word: str) -> str:
    """Return `word` without the Arabic article and the prepositions written onto it.

    >>> stem("والندوب"), stem("بالليزر"), stem("laser")
    ('ندوب', 'ليزر', 'laser')
    """
    return _ARABIC_PREFIX.sub("", word) if word[:1] > "\u0600" else word


def graphemes(text: str) -> list[str]:
    """Return what a reader sees as single letters.

    >>> len(graphemes("हिन्दी")), len(graphemes("👩🏽‍⚕️"))
    (2, 1)
    """
    return _GRAPHEME.findall(text)


# A run without spaces that holds a mail address or a link. In "hurts.What" a sentence begins without a space.
_LINK = regex.compile(r"(?<!\S)\S*(?:\S@\S|://\S|www\.\S|[\p{L}\p{M}\p{N}]\.(?:[a-z]{2,}|[A-Z]{2,})(?!\p{L}))\S*")
_PRIVATE = regex.compile(r"@\w+|[+(]?\p{Nd}[\p{Nd}\s().:/-]*")
_GAPS = regex.compile(r"\s+([,.;:!?]|$)|\s{2,}")
# A capital in the middle of a sentence is a name more often than not; German pays with its nouns.
_CAPITALISED = regex.compile(r"(?<=[\p{Ll},;][\p{Zs}\t]+)\p{Lu}\p{Ll}+(?:[\p{Zs}\t]+\p{Lu}\p{Ll}+)*")


def redact(text: str, names_follow: Iterable[str] = ()) -> str:
    """Return `text` with digits, links, addresses and names struck out, for the staff to read.

    `names_follow` are the phrases after which people say who they are.

    >>> redact("my name is ana, call 0151 234567 or ana@example.org", ["my name is"])
    'my name is …, call … or …'
    """
    text = sendable(text[:LONGEST])
    lowered = text.lower()
    if any(phrase in lowered for phrase in names_follow):
        text = _name(tuple(names_follow)).sub(r"\1…", text)
    text = _CAPITALISED.sub("…", _PRIVATE.sub("… ", _LINK.sub("… ", text)))
    return _GAPS.sub(lambda gap: gap[1] if gap[1] is not None else " ", text).strip()


@lru_cache(maxsize=64)
def _name(names_follow: tuple[str, ...]) -> regex.Pattern[str]:
    # Nothing tells where a phrase begins or a name ends in a script without spaces; Chinese names have up to three.
    within = _any_of(phrase for phrase in names_follow if is_unspaced(phrase))
    said = rf"\b(?:{_any_of(phrase for phrase in names_follow if not is_unspaced(phrase))})|{within}"
    rest = r"[\p{L}\p{M}'’-]*"
    return regex.compile(rf"((?i:{said})\s*)(?:\p{{Han}}{{1,3}}|\p{{L}}{rest}(?:[\p{{Zs}}\t]+\p{{Lu}}{rest}){{0,2}})")


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(regex.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)) or "(?!)"
