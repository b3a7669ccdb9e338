"""What all pages of the staff have in common: their frame, their language, their navigation and their forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import NullTranslations
from flask import current_app, render_template, request, session, url_for

from bot.languages import SOURCE, direction, own_name
from bot.line import Line
from bot.prices import Prices
from bot.privacy import wanted
from bot.settings import Settings
from bot.staff.session import token
from bot.staff.words import N_


class Tab(NamedTuple):
    """A page in the navigation, under the name of its view; `folder` is where the pages below it are, if elsewhere."""

    name: str
    label: str
    folder: str = ""


TABS = (
    Tab("try_it", N_("Try it"), "/try"),
    Tab("insights", N_("Insights")),
    Tab("unanswered", N_("Unanswered")),
    Tab("library", N_("Library")),
    Tab("poster", N_("Poster")),
    Tab("setup", N_("Set-up")),
)
_LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """What the staff's pages are made from. `words` holds their catalogues by language."""

    settings: Settings
    line: Line
    words: Mapping[str, NullTranslations]
    prices: Prices

    def language(self) -> str:
        """Return the language of the page: the one switched to, else the browser's, else English."""
        chosen = request.args.get("in", "")
        if chosen in self.words:
            session["language"] = chosen
        return wanted(str(session.get("language", "")), self.words, SOURCE)

    def say(self, text: str) -> str:
        """Return one of the pages' own texts in the language of the page."""
        return str(self.words[self.language()].gettext(text))

    def render(self, template: str, **values: object) -> str:
        """Return a page that extends `staff/base.html`."""
        page = self.language()
        return render_template(
            f"staff/{template}",
            **{**self._frame(page), **values},
            _=self.words[page].gettext,
            ngettext=self.words[page].ngettext,
            number=partial(format_decimal, locale=page),
            percent=partial(format_percent, locale=page),
            day=partial(_day, page),
            money=partial(format_currency, currency=self.prices.currency, locale=page),
            price=partial(_price, page, self.prices.currency),
            prices=self.prices,
        )

    def _frame(self, page: str) -> dict[str, object]:
        return {
            "page": page,
            "direction": direction(page),
            "own_languages": [(code, own_name(code)) for code in self.words],
            "tabs": list(_tabs()),
            "clinic": self.settings.clinic_name,
            "is_live": self.settings.is_live,
            "has_password": bool(self.settings.staff_password),
            "token": token(),
        }


def row_number(text: str) -> int:
    """Return the number of a row that a form names; 0, which no row has, where it is none or larger than any.

    >>> row_number("17"), row_number("x"), row_number("9" * 40)
    (17, 0, 0)
    """
    return int(text) if text.isdecimal() and len(text) < _LONGEST_NUMBER else 0


def _tabs() -> Iterator[tuple[str, str, bool]]:
    """Yield address, label and whether it is this page, of each tab that has a page."""
    for name, label, folder in TABS:
        view = f"staff.{name}"
        if view in current_app.view_functions:
            address = url_for(view)
            yield address, label, request.path == address or f"{request.path}/".startswith(f"{folder or address}/")


def _day(page: str, day: date, style: str = "medium") -> str:
    return format_date(day, style, locale=page)


def _price(page: str, currency: str, amount: float) -> str:
    """Return an amount with the tenths of a cent that a single text costs."""
    return format_currency(round(amount, 3), currency, locale=page, decimal_quantization=False)
