"""The languages we speak: their own names, their direction, the nearest to a tag, the likely ones of a country.

Which languages there are is not written here: it is whatever locales/ and content/keywords/ hold (English, the source
language, always). Names, directions and shares of speakers are CLDR's, read through Babel.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from babel import UnknownLocaleError
from babel.core import get_global
from babel.languages import get_territory_language_info

from bot.cldr import called, locale
from bot.text import words

SOURCE = "en"


def is_known(code: str) -> bool:
    """Tell whether CLDR knows `code`, so that its names, direction and plural rules are at hand."""
    try:
        locale(code)
    except (ValueError, UnknownLocaleError):
        return False
    return True


def own_name(code: str) -> str:
    """Return the name of a language in itself, as a list of languages shows it.

    >>> own_name("es"), own_name("zh_Hans")
    ('Español', '简体中文')
    """
    name = called(code).itself or code
    return _SHORT_NAMES.get(code) or name[:1].upper() + name[1:]


# CLDR's full names of the two Chinese are longer than a row of a list.
_SHORT_NAMES = {"zh_Hans": "简体中文", "zh_Hant": "繁體中文"}


def direction(code: str) -> str:
    """Return "rtl" or "ltr".

    >>> direction("ar"), direction("hi")
    ('rtl', 'ltr')
    """
    return str(locale(code).text_direction)


def script(code: str) -> str:
    """Return the Unicode script that a language is written in, as `regex` names it in a character set.

    >>> script("ar"), script("zh_Hans"), script("es")
    ('\\\\p{Arab}', '\\\\p{Hani}', '\\\\p{Latn}')
    """
    found = _language_and_script(code)
    name = found[1] if found else "Latn"
    return _MIXED_SCRIPTS.get(name) or rf"\p{{{name}}}"


def is_latin(code: str) -> bool:
    """Tell whether a language is written in Latin letters."""
    return "Latn" in script(code)


_MIXED_SCRIPTS = {
    "Hans": r"\p{Hani}",
    "Hant": r"\p{Hani}",
    "Jpan": r"\p{Hani}\p{Hira}\p{Kana}",
    "Kore": r"\p{Hang}\p{Hani}",
}


def nearest(tag: str, served: Iterable[str]) -> str:
    """Return the served language that a tag such as "es-419", "zh-TW" or "tl" asks for, or "".

    Language and script must both agree: Babel's own negotiation misses `zh_TW` and gives nothing for `tl`.

    >>> nearest("es-419", ["en", "es"]), nearest("zh-CN", ["zh_Hans", "zh_Hant"]), nearest("xx", ["en"])
    ('es', 'zh_Hans', '')
    """
    wanted = _language_and_script(tag.replace("-", "_"))
    return next((code for code in served if wanted and _language_and_script(code) == wanted), "")


@lru_cache(maxsize=1024)
def _language_and_script(tag: str) -> tuple[str, str] | None:
    """Return what a tag stands for, its script filled in from CLDR's likely subtags."""
    first, *others = tag.split("_")
    language = first.lower()
    parts = [get_global("language_aliases").get(language, language)]
    parts += (part.title() if len(part) == 4 else part.upper() for part in others)
    script = next((part for part in parts[1:] if len(part) == 4), "")
    for length in range(len(parts), 0, -1):
        likely = get_global("likely_subtags").get("_".join(parts[:length]))
        if likely:
            language, *rest = likely.split("_")
            return language, script or next(part for part in rest if len(part) == 4)
    return None


_OFFICIAL = 0.5
"""An official language is what people write to a clinic in, even where few speak it at home."""
_BY_LAW = 0.3
"""And rather in one that is so by law than in one that only many use: Ukrainian before Russian."""


@lru_cache(maxsize=512)
def of_country(country: str, served: tuple[str, ...]) -> Mapping[str, float]:
    """Return the share of a country's people that CLDR gives each served language; official ones have more.

    >>> of_country("MX", ("en", "es"))["es"] > 0.8
    True
    """
    shares: dict[str, float] = {}
    for tag, facts in get_territory_language_info(country.upper()).items():
        code = nearest(tag, served)
        if code:
            share = float(facts["population_percent"] or 0) / 100
            status = facts["official_status"]
            least = _OFFICIAL if status in ("official", "de_facto_official") else 0.0
            by_law = _BY_LAW if status == "official" else 0.0
            shares[code] = max(shares.get(code, 0.0), min(max(least, share) + by_law, 1.0))
    return shares


class Names(NamedTuple):
    """How languages are called: the folded words of each name, and the beginnings of names that are inflected.

    `first` are the first words of the names, `begun` the first letters of the beginnings: most texts hold neither.
    """

    whole: Mapping[tuple[str, ...], str]
    stems: Mapping[str, str]
    first: Set[str]
    begun: Set[str]


def names(served: Iterable[str]) -> Names:
    """Return the names of each language, in every served language.

    >>> names(["en", "es"]).whole[("espanol",)]
    'es'
    """
    served = tuple(served)
    found: dict[tuple[str, ...], str] = {}
    for code in served:
        for speaker in (code, *served):
            for name in filter(None, _names_of(code, speaker)):
                found.setdefault(tuple(words(name)), code)
    single = ((name[0], code) for name, code in found.items() if len(name) == 1)
    stems = {name[:-2]: code for name, code in single if len(name) >= _SHORTEST_INFLECTED}
    return Names(found, stems, {name[0] for name in found if name}, {stem[:_SHORTEST_STEM] for stem in stems})


def named(found: Sequence[str], names: Names) -> tuple[str, range] | None:
    """Return the language that the words `found` name, and where; endings of the name are overlooked.

    >>> named(["po", "angielsku"], names(["en", "pl"]))
    ('en', range(1, 2))
    """
    starts = [place for place, word in enumerate(found) if word in names.first]
    for length in range(_LONGEST_NAME if starts else 0, 0, -1):
        for start in starts:
            code = names.whole.get(tuple(found[start : start + length]))
            if code and start + length <= len(found):
                return code, range(start, start + length)
    inflected = ((place, word) for place, word in enumerate(found) if word[:_SHORTEST_STEM] in names.begun)
    for place, word in inflected:
        for end in range(_SHORTEST_STEM, len(word) + 1):
            if word[:end] in names.stems:
                return names.stems[word[:end]], range(place, place + 1)
    return None


_LONGEST_NAME = 5
_SHORTEST_INFLECTED = 7
_SHORTEST_STEM = _SHORTEST_INFLECTED - 2


def _names_of(code: str, speaker: str) -> Iterable[str]:
    names = called(speaker).others
    language = locale(code).language
    yield names.get(code) or names.get(language) or ""
    yield names.get(language) or ""
