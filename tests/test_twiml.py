"""Replies in TwiML are what Twilio's own library would write."""

import xml.etree.ElementTree as ET

import pytest
from twilio.twiml.messaging_response import MessagingResponse

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


def test_a_picture_goes_with_the_first_text_and_with_no_silence() -> None:
    theirs = MessagingResponse()
    first = theirs.message("")
    first.body("5 < 6")
    first.media(PICTURE)
    theirs.message("second")
    assert ET.canonicalize(twiml(("5 < 6", "second"), PICTURE)) == ET.canonicalize(str(theirs))
    assert twiml((), PICTURE) == twiml(())
