"""An address becomes a keyed hash: one for SMS and RCS together, another for each other channel."""

import pytest

from bot.identity import Address, address, hashed

KEY = "a key of at least thirty-two letters"
NUMBER = "+15551234567"


@pytest.mark.parametrize(
    ("text", "channel", "id_"),
    [
        pytest.param("+15551234567", "sms", "+15551234567", id="sms"),
        pytest.param("whatsapp:+5215550001111", "whatsapp", "+5215550001111", id="whatsapp"),
        pytest.param("WhatsApp:+5215550001111", "whatsapp", "+5215550001111", id="whatsapp-in-capitals"),
        pytest.param("rcs:+15551234567", "rcs", "+15551234567", id="rcs"),
        pytest.param("messenger:1234567890", "messenger", "1234567890", id="messenger"),
        pytest.param("whatsapp:US.13491208655302741918", "whatsapp", "US.13491208655302741918", id="without-number"),
        pytest.param(" +15551234567\n", "sms", "+15551234567", id="blanks-around"),
        pytest.param("", "sms", "", id="empty"),
    ],
)
def test_an_address_is_taken_apart(text: str, channel: str, id_: str) -> None:
    assert address(text) == Address(channel, id_)


@pytest.mark.parametrize(
    ("text", "is_person"),
    [
        pytest.param("+15551234567", True, id="number"),
        pytest.param("whatsapp:+911234567890", True, id="whatsapp"),
        pytest.param("rcs:+15551234567", True, id="rcs"),
        pytest.param("messenger:1234567890", True, id="messenger"),
        pytest.param("whatsapp:IN.13491208655302741918", True, id="whatsapp-without-number"),
        pytest.param("22395", False, id="short-code"),
        pytest.param("BANK", False, id="name"),
        pytest.param("+0155512345", False, id="number-that-cannot-be"),
        pytest.param("+1555", False, id="number-too-short"),
        pytest.param("+1555123456789012", False, id="number-too-long"),
        pytest.param("+१५५५१२३४५६७", False, id="devanagari-digits"),
        pytest.param("", False, id="empty"),
    ],
)
def test_short_codes_and_names_are_machines(text: str, is_person: bool) -> None:
    assert address(text).is_person is is_person


@pytest.mark.parametrize(
    ("text", "country"),
    [
        pytest.param("+12125550123", "US", id="new-york"),
        pytest.param("+14165550123", "CA", id="toronto"),
        pytest.param("whatsapp:+5215550001111", "MX", id="mexico"),
        pytest.param("+919876543210", "IN", id="india"),
        pytest.param("+8613812345678", "CN", id="china"),
        pytest.param("+201001234567", "EG", id="egypt"),
        pytest.param("+66812345678", "TH", id="thailand"),
        pytest.param("whatsapp:BR.13491208655302741918", "BR", id="without-number"),
        pytest.param("22395", "", id="short-code"),
        pytest.param("BANK", "", id="name"),
        pytest.param("+9991234567", "", id="no-such-country"),
        pytest.param("messenger:1234567890", "", id="messenger"),
    ],
)
def test_a_number_tells_its_country(text: str, country: str) -> None:
    assert address(text).country == country


def test_one_number_is_one_sender_on_sms_and_rcs() -> None:
    assert hashed(NUMBER, KEY) == hashed(f"rcs:{NUMBER}", KEY) == hashed(f"sms:{NUMBER}", KEY)


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
def test_other_channels_are_other_senders(channel: str) -> None:
    assert hashed(f"{channel}:{NUMBER}", KEY) != hashed(NUMBER, KEY)


def test_one_address_always_has_one_hash_however_it_is_written() -> None:
    assert hashed(" WhatsApp:+5215550001111 ", KEY) == hashed("whatsapp:+5215550001111", KEY)


def test_neighbours_have_hashes_of_their_own() -> None:
    numbers = [f"+1555123{last:04}" for last in range(1000)]
    assert len({hashed(number, KEY) for number in numbers}) == len(numbers)


def test_another_key_makes_another_hash() -> None:
    assert hashed(NUMBER, KEY) != hashed(NUMBER, f"{KEY}!")


@pytest.mark.parametrize("key", [KEY, "مفتاح سري من كلمات كثيرة 密钥 कुंजी 🔑"], ids=["ascii", "many-scripts"])
def test_a_hash_is_64_digits_and_holds_nothing_of_the_number(key: str) -> None:
    found = hashed(NUMBER, key)
    assert len(found) == 64
    assert set(found) <= set("0123456789abcdef")
    assert NUMBER.lstrip("+") not in found
