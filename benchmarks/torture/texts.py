"""Hostile texts: a list of naughty strings, and forms that a fuzzer makes of them."""

import random
import string
import unicodedata
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote_plus

WRITTEN = [
    "",
    " ",
    "\t\n\r",
    "\x00",
    "\x1b[31m",
    "undefined",
    "null",
    "None",
    "NaN",
    "-0",
    "1e309",
    "0x1F",
    "9" * 400,
    "\\",
    "%",
    "%s%n",
    "%00",
    "%(sid)s",
    "{0}",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "$(id)",
    "`id`",
    "'; DROP TABLE senders; --",
    "1 OR 1=1",
    "<script>alert(1)</script>",
    "</Message></Response>",
    "]]>",
    "<!ENTITY x SYSTEM 'file:///'>",
    "&#0;",
    "../../etc/passwd",
    "\ufeff",
    "\u200b",
    "\u200d" * 50,
    "\u202ereversed",
    "\u2066\u2069",
    "\ufffe\uffff",
    "\ufffd",
    "a\u0300" * 300,
    "Z̸̛͔͝" * 60,
    "👩🏽‍⚕️" * 100,
    "🏳️‍🌈🇺🇸🇺",
    "﷽" * 200,
    "ﷺ",
    "𝔰𝔠𝔞𝔯𝔰",
    "ｓｃａｒｓ",
    "ＳＴＯＰ",
    "ѕсаrѕ",
    "ŝĉàṙś",
    "ß" * 500,
    "İıŞş",
    "ǅ",
    "ﬀ",
    "…",
    "„“”",
    "٠١٢٣",
    "१२३",
    "一二三",
    "①②③",
    "½",
    "²",
    "STOP" * 400,
    "stop" + "\u200b" * 200,
    "stop " * 300,
    "(" * 500,
    "[" * 20_000,
    "a" * 1600,
    "a b " * 400,
    '"' * 200,
    'Liked "' * 100,
    "1 2 3 4 5 6 7 8 9 10",
    "+15551234567",
    "http://" * 100,
    "@" * 300,
    "-" * 500,
    "😀" * 400,
    "ำ" * 300,
    "ั้" * 300,
    "क्ष" * 300,
    "ക്ഷ" * 200,
    "ក្" * 200,
    "한글" * 300,
    "痘疤" * 500,
    "ـ" * 400,
    "لا" * 300,
    "בְּ" * 200,
]
"""Written by hand: what has broken programs before."""
_SEEDS = [
    "what are acne scars", "laser", "stop", "ندبات", "मुँहासे", "痘疤", "แผลเป็น", "how much is it", "i want to die",
    "más", "menu",
]  # fmt: skip
_KNOWN = ["microneedling", "isotretinoin", "dermatologist", "appointment", "cicatrices", "treatments", "pregnancy"]
_NAMES = [
    "Body", "From", "To", "MessageSid", "AccountSid", "NumMedia", "MediaContentType0", "ProfileName",
    "ButtonPayload", "ListId", "ButtonText", "InteractiveData", "ExternalUserId", "FromCountry", "OptOutType",
    "Latitude", "MessageType", "SmsStatus", "x",
]  # fmt: skip
_FROM = [
    "+1555{:07d}", "whatsapp:+1555{:07d}", "whatsapp:MX.{:07d}", "rcs:+1555{:07d}", "messenger:{:07d}", "{:05d}",
    "",
]  # fmt: skip


def naughty() -> Iterator[str]:
    """Yield every naughty string: those by hand, each letter that is odd in some way, and each in a few disguises."""
    odd = (chr(point) for point in range(0x2FFFF) if unicodedata.category(chr(point)) in _ODD)
    for text in (*WRITTEN, *odd, *(_block(start) for start in range(0, 0x20000, 64))):
        yield text
        yield f"stop {text}"
        yield unicodedata.normalize("NFKD", f"laser{text}scar")


def hidden() -> Iterator[tuple[str, str]]:
    """Yield every string by hand in every field that Twilio sends: not all are what people type."""
    yield from product(_NAMES, WRITTEN)


_ODD = {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Sk", "Lm", "No", "Nl", "Me"}


def _block(start: int) -> str:
    return "".join(map(chr, range(start, start + 64)))


def strange(most: int) -> Iterator[str]:
    """Yield forms whose texts are words that nobody knows, slips of known ones: more is kept of those than of noise."""
    chosen = random.Random(most)  # noqa: S311 - a load, no secret
    for number in range(most):
        words = (_slipped(chosen.choice(_KNOWN), chosen) for _ in range(16))
        yield f"MessageSid=SMff{number:030x}&From=%2B1555{number:07d}&Body={'+'.join(words)}"


def _slipped(word: str, chosen: random.Random) -> str:
    letters = list(word)
    for _ in range(2):
        letters[chosen.randrange(len(letters))] = chosen.choice(string.ascii_lowercase)
    return "".join(letters)


def bodies(seed: int, most: int) -> Iterator[str]:
    """Yield forms as they come over the wire: sound ones, bent ones and mere noise; the same for the same seed."""
    chosen = random.Random(seed)  # noqa: S311 - a load, no secret
    for number in range(most):
        yield _form(chosen, seed, number) if chosen.random() < 0.7 else _noise(chosen)


def _form(chosen: random.Random, seed: int, number: int) -> str:
    sender = chosen.choice(_FROM).format(chosen.randrange(20000))
    pairs = [("MessageSid", f"SM{seed:08x}{number:024x}"), ("From", sender), ("Body", _text(chosen))]
    pairs += [(chosen.choice(_NAMES), _text(chosen)[:60]) for _ in range(chosen.randrange(4))]
    if chosen.random() < 0.2:
        chosen.shuffle(pairs)
    written = "&".join(f"{name}={quote_plus(value, errors='surrogatepass')}" for name, value in pairs)
    return _bent(written, chosen) if chosen.random() < 0.1 else written


def _text(chosen: random.Random) -> str:
    """Return a short text, for a million of them are to be read; the long ones stand among the naughty strings."""
    if chosen.random() < 0.4:
        return _bent(chosen.choice(_SEEDS), chosen)
    return "".join(map(_letter, (chosen.random() for _ in range(chosen.randrange(9)))))


def _letter(drawn: float) -> str:
    """Half of all letters are ASCII, the others any code point, halves of pairs among them."""
    return string.printable[int(drawn * 200)] if drawn < 0.5 else chr(int((drawn - 0.5) * 2 * 0x10FFFF))


def _bent(text: str, chosen: random.Random) -> str:
    """Leave out, double, swap or replace a few letters."""
    letters = list(text)
    for _ in range(chosen.randrange(4)):
        at = chosen.randrange(len(letters) + 1)
        letters[at : at + chosen.randrange(3)] = _letter(chosen.random()) * chosen.randrange(3)
    return "".join(letters)


def _noise(chosen: random.Random) -> str:
    return "".join(chosen.choice("&=%+;0aZ\x00é痘") for _ in range(chosen.randrange(60)))
