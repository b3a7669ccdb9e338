"""The fields of a form as Twilio writes them; the signatures themselves are tried in test_webhook."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.signature import fields, is_valid

ANYTHING = some.text(some.characters(exclude_categories=["Cs"]))


@given(some.lists(some.tuples(ANYTHING, ANYTHING)))
def test_a_form_is_read_as_it_was_written(written: list[tuple[str, str]]) -> None:
    assert fields(urlencode(written)) == written


@given(some.text(some.sampled_from("a=&+%2C3E8\u0662;#é "), max_size=16))
def test_a_strange_form_is_read_as_the_standard_library_reads_it(body: str) -> None:
    assert fields(body) == parse_qsl(body, keep_blank_values=True)


@pytest.mark.parametrize("algorithm", ["HMAC_MD5", "", "sha1"])
@pytest.mark.parametrize("signature", ["", "señal", "L/OH5YylLD5NRKLltdqwSvS0BnU="])
def test_what_we_cannot_check_is_wrong(algorithm: str, signature: str) -> None:
    assert not is_valid("12345", "https://line.clinic.example/sms", [("Body", "痘疤")], signature, algorithm)
