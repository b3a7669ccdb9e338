"""A reply leaves in the form that its channel carries, and says what it said."""

from datetime import UTC, datetime

import pytest

from bot.division import LONGEST, MOST
from bot.fit import Sent, Terms, fit
from bot.model import Channel, Message, Reply
from bot.plain import Rule

RULE = Rule(True, "", frozenset(), frozenset())
LONG = "Más información sobre láser y más cosas que ayudan a la piel con cicatrices."
SMS = Message("laser", Channel.SMS, datetime(2026, 6, 1, tzinfo=UTC), "MX")
REPLY = Reply((LONG,), "es", picture="laser")
TERMS = Terms({"es": RULE})


def test_silence_stays_silence() -> None:
    assert fit(None, SMS, TERMS) == Sent()


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel is not Channel.SMS])
def test_only_sms_goes_in_plain_letters(channel: Channel) -> None:
    assert fit(REPLY, SMS, TERMS).texts == (
        "Mas informacion sobre laser y mas cosas que ayudan a la piel con cicatrices.",
    )
    assert fit(REPLY, SMS._replace(channel=channel), TERMS).texts == (LONG,)


def test_a_language_that_the_operator_left_out_keeps_its_letters() -> None:
    assert fit(REPLY, SMS, Terms()).texts == (LONG,)
    assert fit(REPLY._replace(language="pt"), SMS, TERMS).texts == (LONG,)


def test_typography_goes_from_every_sms() -> None:
    assert fit(Reply(("“Scars” – early…",), "en"), SMS, Terms()).texts == ('"Scars" - early...',)


@pytest.mark.parametrize(
    ("channel", "country", "pays_for_mms", "shown"),
    [
        (Channel.WHATSAPP, "MX", False, True),
        (Channel.RCS, "US", False, True),
        (Channel.MESSENGER, "US", True, False),
        (Channel.SMS, "US", False, False),
        (Channel.SMS, "US", True, True),
        (Channel.SMS, "CA", True, True),
        (Channel.SMS, "MX", True, False),
        (Channel.SMS, "", True, False),
    ],
)
def test_a_picture_goes_where_it_is_shown_and_paid_for(
    channel: Channel, country: str, pays_for_mms: bool, shown: bool
) -> None:
    sent = fit(REPLY, SMS._replace(channel=channel, country=country), Terms(mms_pictures=pays_for_mms))
    assert sent.picture == ("laser" if shown else "")


def test_a_reply_is_at_most_ten_messages_that_twilio_takes() -> None:
    sent = fit(Reply(("Much to say. " * 2000, "And more."), "en"), SMS, TERMS)
    assert len(sent.texts) == MOST
    assert max(map(len, sent.texts)) <= LONGEST
    assert all(text.endswith("say.") for text in sent.texts)
