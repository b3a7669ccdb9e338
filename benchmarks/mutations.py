"""Labelled messages, bent in every way that people, phones and vandals bend texts; the same for the same seed."""

import random
import unicodedata
from collections.abc import Callable, Sequence

from benchmarks.torture.texts import WRITTEN

LONGEST = 1600
"""Characters of a text that Twilio delivers."""
PRIVATE = ("+1 (555) 867-5309", "jo.bloggs@mail.example", "https://who.example/me", "٠١٢٣٤٥٦٧٨٩", "4111 1111 1111 1111")
"""What no text that is kept may hold."""
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "áéíóúñçüöäßøłşğıİ",
    "абвгдежзийклмнопрстуфхцчшщ",
    "αβγδε",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "אבגדה",
    "कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह्ािी",
    "কখগঘচছজঝ",
    "กขคงจฉชซ่้๊๋ำ",
    "的一是不了人我在有他痘疤",
    "ひらがなカタカナー",
    "한국어가나다라",
    "0123456789٠١٢٣४५६",
    " \t\n\u00a0\u3000",
    "\u200b\u200c\u200d\u2060\ufeff\u202e\u2066\u2069",
    "\u0300\u0301\u0327\u034f\u0489",
    "!?.,;:-_'\"“”«»()[]{}<>/\\|@#$%^&*~`+=",
    "😀😭🔥👩🏽‍⚕️🏳️‍🌈🇺🇸🆘💉",
    "\x00\x07\x1b\x7f\ufffd\ufffe",
    "ａｂｃ１２３",
    "𝐬𝐜𝐚𝐫ⓢⓒⓐⓡ",
)
_LOOK_ALIKE = str.maketrans("aeopcxyAEOPCXBHKMTsi", "аеорсхуАЕОРСХВНКМТѕі")
Mutation = Callable[[str, random.Random], str]


def _letter(chosen: random.Random) -> str:
    if chosen.random() < 0.1:
        return chr(chosen.choice((*range(0xD800, 0xE000, 97), *range(0x20, 0x110000, 4099))))
    return chosen.choice(chosen.choice(_ALPHABETS))


def _slips(text: str, chosen: random.Random) -> str:
    letters = list(text)
    for _ in range(chosen.randrange(1, 5)):
        at = chosen.randrange(len(letters) + 1)
        letters[at : at + chosen.randrange(3)] = _letter(chosen) * chosen.randrange(3)
    return "".join(letters)


def _swapped(text: str, chosen: random.Random) -> str:
    at = chosen.randrange(max(1, len(text) - 1))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _drawn_out(text: str, chosen: random.Random) -> str:
    at = chosen.randrange(len(text) + 1)
    return text[:at] + text[max(0, at - 1) : at] * chosen.choice((2, 5, 40, 400)) + text[at:]


def _sprinkled(text: str, chosen: random.Random) -> str:
    what = _letter(chosen) * chosen.choice((1, 3))
    return what.join(text)


def _shuffled(text: str, chosen: random.Random) -> str:
    words = text.split()
    chosen.shuffle(words)
    return " ".join(words)


def _beside(text: str, chosen: random.Random) -> str:
    parts = [text, chosen.choice((*WRITTEN, *PRIVATE))]
    chosen.shuffle(parts)
    return chosen.choice(("", " ", "\n", ". ")).join(parts)


MUTATIONS: Sequence[Mutation] = (
    _slips, _swapped, _drawn_out, _sprinkled, _shuffled, _beside,
    lambda text, chosen: unicodedata.normalize(chosen.choice(("NFC", "NFD", "NFKC", "NFKD")), text),
    lambda text, chosen: chosen.choice((str.upper, str.lower, str.title, str.swapcase, str.casefold))(text),
    lambda text, _: text.translate(_LOOK_ALIKE),
    lambda text, _: text.replace(" ", ""),
    lambda text, _: text[::-1],
    lambda text, chosen: text[: chosen.randrange(len(text) + 1)],
    lambda text, chosen: text[chosen.randrange(len(text) + 1) :],
    lambda text, chosen: text * chosen.choice((2, 3, 50)),
    lambda text, chosen: chosen.choice(('"{}"', "«{}»", "({})", "Liked “{}”", "> {}\n", "*{}*")).replace("{}", text),
)  # fmt: skip


def bent(texts: Sequence[str], chosen: random.Random) -> str:
    """Return a text made of one or two of `texts`, bent a few times, of a length that a phone may send."""
    text = chosen.choice(texts)
    if chosen.random() < 0.2:
        text = f"{text} {chosen.choice(texts)}"
    for _ in range(chosen.choice((0, 1, 1, 1, 2, 2, 3, 5))):
        text = chosen.choice(MUTATIONS)(text, chosen)[:LONGEST]
    return text
