"""Replies in TwiML are what Twilio's own library would write."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from twilio.twiml.messaging_response import MessagingResponse

from bot import plain
from bot.division import divided
from bot.plain import cheapest
from bot.segments import foreign
from bot.text import sendable
from bot.twiml import twiml

PICTURE = "https://line.clinic.example/pictures/0/laser.png?a=1&b=2"


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param((), id="silence"),
        pytest.param(("5 < 6 & 7 > \"6\" 'x'", "&amp; ]]> <b>"), id="marks-of-xml"),
        pytest.param(("ندبات حب الشباب 🌱\n1 ليزر", "मुँहासे 痘疤"), id="scripts"),
        pytest.param(("می‌خواهم \u2067x\u2069 e\u0301",), id="joiners, direction and combining marks"),
    ],
)
def test_a_reply_says_in_xml_what_twilios_own_library_would(texts: tuple[str, ...]) -> None:
    theirs = MessagingResponse()
    for text in texts:
        theirs.message(text)
    assert ET.canonicalize(twiml(texts)) == ET.canonicalize(str(theirs))


@given(
    st.text(st.characters(exclude_characters="\r")) | st.text("می‌\u200d\u200e\u200f\u2067\u2069e\u0301क्षि👩🏽‍⚕️ <&>\n")
)
@example("می‌خواهم \u2067x\u2069 क\u094d\u200dष 👩🏽\u200d⚕️")
def test_joiners_direction_and_combining_marks_arrive_as_written(text: str) -> None:
    written = sendable(text)
    for rule in (None, *plain.load().values()):
        spelt = cheapest(written, rule)
        arrived = ET.fromstring(twiml(divided(spelt)))
        assert "".join(message.text or "" for message in arrived) == spelt
        assert spelt == written or not foreign(spelt)


def test_a_picture_goes_with_the_first_text_and_with_no_silence() -> None:
    theirs = MessagingResponse()
    first = theirs.message("")
    first.body("5 < 6")
    first.media(PICTURE)
    theirs.message("second")
    assert ET.canonicalize(twiml(("5 < 6", "second"), PICTURE)) == ET.canonicalize(str(theirs))
    assert twiml((), PICTURE) == twiml(())
