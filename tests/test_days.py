"""Decent hours: nobody in any country is reminded at night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.core import get_global

from bot import days
from bot.phrases import Phrasebook

COUNTRIES = sorted(get_global("territory_zones").keys() - {"ZZ", "001"})


@pytest.mark.parametrize("near", [datetime(2026, 1, 15, 3, tzinfo=UTC), datetime(2026, 7, 15, 20, 59, tzinfo=UTC)])
def test_the_hour_is_decent_everywhere_in_every_country(near: datetime) -> None:
    late = {}
    for country in COUNTRIES:
        due = days.decent(near, country)
        assert abs(due - near) <= timedelta(hours=12), country
        hours = {due.astimezone(ZoneInfo(zone)).hour for zone in get_global("territory_zones")[country]}
        if not all(8 <= hour < 21 for hour in hours):
            late[country] = sorted(hours)
    # Antarctica has all the hours of the day at once.
    assert late.keys() <= {"AQ"}, late


@pytest.mark.parametrize(
    ("when", "country", "day"),
    [
        (datetime(2026, 12, 24, 2, tzinfo=UTC), "US", 23),
        (datetime(2026, 12, 24, 20, tzinfo=UTC), "NZ", 25),
        (datetime(2026, 12, 24, 2, tzinfo=UTC), "", 24),
    ],
)
def test_the_day_is_that_of_the_country(when: datetime, country: str, day: int) -> None:
    assert days.there(when, country).day == day


def test_months_that_cldr_lacks_are_those_of_the_catalogue(book: Phrasebook) -> None:
    due = datetime(2026, 12, 7, tzinfo=UTC)
    assert days.said(due, "ht", book.say("months", "ht")) == "7 desanm"
    assert days.said(due, "fr", book.say("months", "fr")) == "7 décembre"
