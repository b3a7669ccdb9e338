"""What an answered question costs beside the naive form, how hard the English is to read, what is translated.

The naive form sends every text as it is written, with its typographic quotes and marked letters.
"""

import statistics
from typing import Any

from bot import content, costs, phrases, plain, prices
from bot.check import english, rules
from bot.model import Channel, Clinic
from bot.plain import cheapest

COUNTRY = "US"


def measure() -> dict[str, Any]:
    """Return segments and price of an average answer by language, reading grades and the coverage of catalogues."""
    library = content.load()
    book = phrases.load(library.topics.values(), Clinic(), library.languages)
    rates = prices.load()
    price = rates.of(Channel.SMS, COUNTRY)
    assert price
    known = plain.load()
    spelt = plain.chosen(None, known)
    answers = {}
    for language in book.languages:
        said = costs.kinds(language, library, book)["answer"]
        naive = costs.average(said, str)
        sent = costs.average(said, lambda text, language=language: cheapest(text, spelt.get(language)))  # type: ignore[misc]
        answers[language] = {
            "segments": round(sent, 2),
            "naive_segments": round(naive, 2),
            "price": round(sent * price.sent, 4),
            "naive_price": round(naive * price.sent, 4),
        }
    return {
        "answers": answers,
        "prices": {"country": COUNTRY, "currency": rates.currency, "are_examples": rates.examples},
        "grades": _grades(library, book),
        "coverage_percent": {
            code: round(100 * len(book.texts[code]) / len(book.english), 1) for code in book.languages
        },
    }


def _grades(library: content.Library, book: phrases.Phrasebook) -> dict[str, float]:
    found = english.grades(library.topics, book, rules.load()).values()
    return {"texts": len(found), "median": round(statistics.median(found), 1), "highest": round(max(found), 1)}
