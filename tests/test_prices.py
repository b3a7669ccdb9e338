"""Prices are read from a file that the operator may replace; nothing in it is guessed or silently overlooked."""

from datetime import date
from pathlib import Path

import pytest

from bot import prices
from bot.model import Channel
from bot.prices import EXAMPLES, Price
from bot.problems import Refused

TABLE = 'dated = 2026-01-02\ncurrency = "MXN"\nexamples = false\nsource = "bill"\n'
CONVERSATION = "[conversation]\nreceived = 2\nanswer = 1\n"


def table(folder: Path, text: str) -> Path:
    path = folder / "prices.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_prices_that_come_with_it_are_called_examples_and_dated() -> None:
    found = prices.load()
    assert found.examples
    assert found.dated >= date(2026, 11, 23)
    assert "EXAMPLES" in EXAMPLES.read_text(encoding="utf-8").splitlines()[0]
    assert all(price.sent > 0 for listed in found.by_channel.values() for price in listed.values())


def test_a_price_is_that_of_the_country_or_of_everywhere_or_none(tmp_path: Path) -> None:
    text = (
        f'{TABLE}{CONVERSATION}[sms.MX]\nsent = 0.5\nreceived = 1\n[whatsapp."*"]\nsent = 2\n[whatsapp.US]\nsent = 3\n'
    )
    found = prices.load(table(tmp_path, text))
    assert found.of(Channel.SMS, "MX") == Price(0.5, 1)
    assert found.of(Channel.SMS, "US") is None
    assert found.of(Channel.RCS, "US") is None
    assert (found.of(Channel.WHATSAPP, "MX"), found.of(Channel.WHATSAPP, "US")) == (Price(2), Price(3))
    assert (found.received, found.sent) == (2, {"answer": 1})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[", "cannot be read", id="no-toml"),
        pytest.param(TABLE, "conversation: must be a dict", id="no-conversation"),
        pytest.param(TABLE.replace("false", '"no"') + CONVERSATION, "examples: must be a bool", id="no-yes-or-no"),
        pytest.param(
            TABLE + "[conversation]\nanswer = -1", "conversation.answer: must be a whole number", id="negative"
        ),
        pytest.param(TABLE + CONVERSATION + "[fax.US]\nsent = 1", "fax: is no channel", id="channel"),
        pytest.param(TABLE + CONVERSATION + "[sms.Mexico]\nsent = 1", "sms.Mexico: must be the two", id="country"),
        pytest.param(TABLE + CONVERSATION + "[sms.MX]\nreceived = 1", "sms.MX: needs `sent`", id="no-price"),
        pytest.param(TABLE + CONVERSATION + '[sms.MX]\nsent = "1"', "sms.MX: must hold prices", id="text"),
        pytest.param(TABLE + CONVERSATION + "[sms]\nMX = 1", "sms.MX: needs `sent`", id="no-table"),
    ],
)
def test_a_table_that_cannot_be_believed_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=said):
        prices.load(table(tmp_path, text))
