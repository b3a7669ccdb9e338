"""What became of what was sent, and about what it cost: what may be told, and what would point at somebody."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert

from bot import costs, deliveries, prices
from bot.content import Library
from bot.deliveries import Fate
from bot.model import Channel
from bot.phrases import Phrasebook
from bot.prices import Price
from bot.segments import segments
from bot.spending import Failure, Sent, Spending, spending
from bot.store import Store
from bot.tables import deliveries as latest
from bot.tables import outcomes

PRICES = replace(
    prices.load(), by_channel={Channel.SMS: {"US": Price(0.02, 0.01)}, Channel.WHATSAPP: {"*": Price(0.005)}}
)


def fate(state: str = "delivered", code: int = 0, channel: str = "sms", country: str = "US") -> Fate:
    return Fate("", channel, country, state, code)


def test_an_sms_costs_its_segments_and_what_came_in() -> None:
    found = spending({fate(): 100}, {"sms": 40}, 1.5, PRICES)
    assert found.sent == (Sent("sms", "US", 100, pytest.approx(100 * 1.5 * 0.02 + 40 * 0.01)),)


def test_other_channels_cost_a_message_however_long() -> None:
    found = spending({fate(channel="whatsapp", country="DE"): 100}, {}, 1.5, PRICES)
    assert found.cost == pytest.approx(0.5)


def test_what_came_in_is_shared_out_as_what_was_sent() -> None:
    listed = replace(PRICES, by_channel={Channel.SMS: {"US": Price(0, 1), "MX": Price(0, 1)}})
    found = spending({fate(): 75, fate(country="MX"): 25}, {"sms": 200}, 1.0, listed)
    assert [each.cost for each in found.sent] == [150, 50]


def test_a_country_without_a_price_is_not_guessed() -> None:
    found = spending({fate(country="FR"): 10, fate(country=""): 6}, {}, 1.0, PRICES)
    assert [each.cost for each in found.sent] == [None, None]
    assert found.cost is None


def test_a_small_count_is_hidden_and_so_is_what_it_costs() -> None:
    found = spending({fate(): 50, fate(channel="whatsapp"): 4}, {}, 1.0, PRICES)
    assert found.sent[1] == Sent("whatsapp", "US", None, None)
    assert found.cost == found.sent[0].cost


def test_what_never_left_costs_nothing_and_what_did_not_arrive_is_told_by_code() -> None:
    fates = {
        fate(): 20,
        fate("undelivered", 30003): 8,
        fate("failed", 30007): 7,
        fate("canceled"): 6,
        fate("read", channel="x"): 9,
    }
    found = spending(fates, {}, 1.0, PRICES)
    assert [(each.channel, each.messages) for each in found.sent] == [("sms", 28), ("x", 9)]
    assert found.failures == (
        Failure(30003, "sms", "US", 8),
        Failure(30007, "sms", "US", 7),
        Failure(0, "sms", "US", 6),
    )


def test_nothing_sent_costs_nothing_that_can_be_told() -> None:
    assert spending({}, {}, 1.0, PRICES) == Spending()
    assert Spending().cost is None


def test_the_days_asked_for_are_counted_whether_their_callbacks_are_settled_or_not(store: Store) -> None:
    days = ("2026-05-01", "2026-05-02", "2026-05-03")
    settled = [fate()._replace(day=day)._asdict() | {"count": 10} for day in days]
    settled.append(fate("undelivered", 30003)._replace(day=days[1])._asdict() | {"count": 3})
    fresh = [
        {"sid": f"SM{number}", "rank": 5, "updated_at": 1, "day": day, "channel": "sms", "country": "US"}
        | {"state": "delivered", "error_code": None}
        for number, day in enumerate(days)
    ]
    with store.transaction() as connection:
        connection.execute(insert(outcomes), settled)
        connection.execute(insert(latest), fresh)
        found = deliveries.between(connection, date(2026, 5, 1), date(2026, 5, 2))
    assert found == {fate(): 22, fate("undelivered", 30003): 3}


def test_a_text_is_as_long_as_those_of_a_conversation_are(library: Library, book: Phrasebook) -> None:
    said = costs.kinds("es", library, book)
    asked = replace(PRICES, conversation={"received": 3, "notice": 1, "nothing that is said": 2})
    assert costs.per_text(said, asked, None) == segments(said["notice"][0])
    assert costs.per_text(said, replace(PRICES, conversation={}), None) == 1
