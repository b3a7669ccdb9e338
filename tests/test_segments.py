"""Texts are counted as the network counts them, in every alphabet."""

import json
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.segments import BASIC, EXTENSION, Encoding, encoding, foreign, segments

PAYLOADS = Path(__file__).parent / "payloads"
VECTORS: list[dict[str, Any]] = [
    json.loads(line) for line in (PAYLOADS / "segment_vectors.jsonl").read_text(encoding="utf-8").splitlines()
]
GSM7: dict[str, Any] = json.loads((PAYLOADS / "gsm7.json").read_text(encoding="utf-8"))
GSM_TEXT = st.text(st.sampled_from(sorted(BASIC)), max_size=700)
ANY_TEXT = st.text(st.characters(), max_size=200)


def test_there_are_vectors_to_count_by() -> None:
    assert len(VECTORS) == 145
    assert {vector["encoding"] for vector in VECTORS} == {str(alphabet) for alphabet in Encoding}


@pytest.mark.parametrize("vector", [pytest.param(vector, id=f"row {n}") for n, vector in enumerate(VECTORS, start=1)])
def test_a_text_is_counted_as_twilio_counts_it(vector: dict[str, Any]) -> None:
    assert (encoding(vector["text"]), segments(vector["text"])) == (vector["encoding"], vector["segments"])


def test_the_alphabet_is_that_of_the_standard() -> None:
    # The escape code stands in the table of the standard, but no one can type it.
    assert set(GSM7["basic"]) - {"\x1b"} == BASIC
    assert set(GSM7["extension"]) == EXTENSION
    assert "\x1b" not in BASIC | EXTENSION


@pytest.mark.parametrize(
    ("text", "dear"),
    [
        pytest.param("Más láser, ¿sí?", ["á", "í"], id="Spanish, each once and in order"),
        pytest.param("Ç à é ñ ü ß €", [], id="accents within GSM-7"),
        pytest.param("ç", ["ç"], id="small c with cedilla"),
        pytest.param("e\u0301", ["\u0301"], id="accent typed apart"),
        pytest.param("don’t", ["’"], id="curly apostrophe"),
        pytest.param("疤ندबة🙂", ["疤", "ن", "د", "ब", "ة", "🙂"], id="other scripts"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_the_letters_that_make_a_text_dear_are_told(text: str, dear: list[str]) -> None:
    assert foreign(text) == dear
    assert encoding(text) is (Encoding.UCS2 if dear else Encoding.GSM7)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("x" * 160, 1, id="GSM-7 in one"),
        pytest.param("x" * 161, 2, id="GSM-7 in two"),
        pytest.param("x" * 306, 2, id="GSM-7, two full"),
        pytest.param("x" * 307, 3, id="GSM-7 in three"),
        pytest.param("€" * 80, 1, id="extension letters weigh two"),
        pytest.param("€" * 81, 2, id="extension letters in two"),
        pytest.param("x" * 152 + "€" + "x" * 152, 3, id="an escape is not divided from its letter"),
        pytest.param("ن" * 70, 1, id="Arabic in one"),
        pytest.param("न" * 71, 2, id="Hindi in two"),
        pytest.param("疤" * 134, 2, id="Chinese, two full"),
        pytest.param("疤" * 135, 3, id="Chinese in three"),
        pytest.param("🙂" * 35, 1, id="emoji weigh two"),
        pytest.param("🙂" * 36, 2, id="emoji in two"),
        pytest.param("疤" * 66 + "🙂" + "疤" * 66, 3, id="an emoji is not divided"),
        pytest.param("疤" * 66 + "कि" + "疤" * 66, 3, id="a letter is not divided from its sign"),
        pytest.param("疤" + "x" * 69, 1, id="one dear letter, in one"),
        pytest.param("疤" + "x" * 70, 2, id="one dear letter makes all dear"),
        pytest.param("", 1, id="nothing is one"),
    ],
)
def test_segments_are_counted_letter_by_letter(text: str, count: int) -> None:
    assert segments(text) == count


@given(GSM_TEXT)
def test_plain_letters_fill_segments_to_the_brim(text: str) -> None:
    assert segments(text) == (1 if len(text) <= 160 else ceil(len(text) / 153))


@given(ANY_TEXT)
@example("scar \ud83d")
@example("e" + "\u0301" * 10_000)
def test_any_text_can_be_counted(text: str) -> None:
    assert segments(text) >= 1


@given(ANY_TEXT, ANY_TEXT)
@example("x" * 160, "疤")
def test_a_longer_text_is_never_cheaper(text: str, more: str) -> None:
    assert segments(text + more) >= segments(text)
