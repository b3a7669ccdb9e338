"""When it is a decent hour where somebody is, and how a day is named in their language.

A country is all that is known of where they are. Where it has several times of day, the hour is decent in all of them.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_BEST_HOUR = 13
_DAY = 24
_MONTHS = 12


def decent(near: datetime, country: str) -> datetime:
    """Return the full hour within half a day of `near` (aware) that is nearest to 13 o'clock all over `country`.

    US law calls 8 to 21 o'clock decent for what nobody waits for (47 CFR 64.1200(c)). Without a country: in UTC.

    >>> decent(datetime(2026, 12, 1, 2, tzinfo=UTC), "US").isoformat()
    '2026-11-30T20:00:00+00:00'
    """
    first = (near.astimezone(UTC) - timedelta(hours=_DAY // 2 - 1)).replace(minute=0, second=0, microsecond=0)
    hours = [first + timedelta(hours=number) for number in range(_DAY)]
    zones = _zones(country)
    return min(hours, key=lambda hour: max(abs(hour.astimezone(zone).hour - _BEST_HOUR) for zone in zones))


def there(when: datetime, country: str) -> datetime:
    """Return `when` on the clocks of `country`: those half-way between its first and its last."""
    ordered = sorted(when.astimezone(zone).replace(tzinfo=None) for zone in _zones(country))
    middle = ordered[len(ordered) // 2]
    return middle.replace(tzinfo=UTC)


def said(when: datetime, language: str, months: str = "") -> str:
    """Return the day of `when` as people name it; `months` are their names, with commas, where CLDR lacks them.

    >>> said(datetime(2026, 12, 24, tzinfo=UTC), "de")
    '24. Dezember'
    """
    names = months.split(", ")
    if len(names) == _MONTHS:
        return f"{when.day} {names[when.month - 1]}"
    # A fiftieth of a start, for what few messages need.
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMMd", when.date(), locale=language))


@lru_cache(maxsize=256)
def _zones(country: str) -> tuple[ZoneInfo, ...]:
    from babel.core import get_global

    # One zone may have several names in one country; of a year's two clocks the nearest hour tells nothing.
    names = get_global("territory_zones").get(country) or ["UTC"]
    return tuple(ZoneInfo(name) for name in names)
