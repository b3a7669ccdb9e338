"""Each fact of the clinic's starting text stands in the topic that people are given for it."""

import re
import tomllib
from pathlib import Path

import pytest

TOPICS = Path(__file__).parents[1] / "content" / "topics"


@pytest.mark.parametrize(
    ("topic", "stems"),
    [
        pytest.param("scars", "lasting change after spot heal", id="a-scar-is-what-a-breakout-leaves"),
        pytest.param("scars", "change how skin look feel", id="a-scar-changes-how-skin-looks-and-feels"),
        pytest.param("scars", "dent flat raised", id="a-scar-is-dented-flat-or-raised"),
        pytest.param("scars", "darker same color skin", id="a-scar-is-dark-or-of-the-color-of-the-skin"),
        pytest.param("types", "two kind dent raised", id="there-are-kinds-of-scars-dented-and-raised"),
        pytest.param("types", "dent too little raised too much", id="the-kind-goes-by-too-little-or-too-much-tissue"),
        pytest.param("causes", "breakout swelling harm skin under", id="swelling-harms-the-skin-and-what-lies-below"),
        pytest.param("causes", "inflamed wall pore break", id="an-inflamed-spot-breaks-the-wall-of-the-pore"),
        pytest.param("causes", "body repair collagen", id="the-body-answers-with-collagen"),
        pytest.param("causes", "too much raised", id="too-much-collagen-leaves-a-raised-scar"),
        pytest.param("causes", "too little dent", id="too-little-collagen-leaves-a-dent"),
        pytest.param("raised", "heal too much collagen", id="a-raised-scar-has-too-much-collagen"),
        pytest.param("raised", "keloid grow past", id="some-raised-scars-grow-past-the-spot"),
        pytest.param("depressed", "too little collagen", id="a-dented-scar-has-too-little-collagen"),
        pytest.param("depressed", "dent surface uneven", id="a-dent-makes-the-surface-uneven"),
        pytest.param("cystic", "cyst more likely scar", id="cysts-make-scars-more-likely"),
        pytest.param("picking", "popping picking cause marks scar", id="popping-and-picking-make-scars-more-likely"),
        pytest.param("treatments", "calm redness smooth skin", id="treatment-aims-at-less-redness-and-smoother-skin"),
        pytest.param("treatments", "depend kind how bad", id="the-choice-depends-on-the-kind-and-on-how-bad-it-is"),
        pytest.param("treatments", "methods mixed", id="one-method-or-a-mix-is-used"),
        pytest.param("treatments", "improve not erase", id="treatment-improves-the-look-but-does-not-erase"),
        pytest.param("redness", "scar care aim redness", id="scar-care-aims-at-less-redness"),
        pytest.param("peels", "chemical outer skin smooth", id="a-peel-takes-off-outer-skin"),
        pytest.param("laser", "damaged outer skin smooth", id="laser-takes-away-damaged-outer-skin"),
        pytest.param("microneedling", "tiny needle healing new collagen", id="tiny-needle-wounds-start-new-collagen"),
        pytest.param("microneedling", "improve look feel", id="needling-improves-how-skin-looks-and-feels"),
        pytest.param("prevention", "prevent better treat", id="preventing-scars-is-better-than-treating-them"),
        pytest.param("prevention", "treat early wait risk", id="waiting-raises-the-risk"),
        pytest.param("prevention", "ask doctor next breakout", id="a-skin-doctor-helps-to-stop-the-next-breakout"),
        pytest.param("prevention", "lower risk marks", id="preventing-acne-avoids-new-dark-marks"),
        pytest.param("marks", "dark marks treat acne", id="dark-marks-are-a-reason-to-treat-acne"),
        pytest.param("dermatologist", "ask scars", id="ask-a-dermatologist-about-scars"),
        pytest.param("dermatologist", "ask next breakout", id="ask-a-dermatologist-about-the-next-breakout"),
        pytest.param("dermatologist", "early longer acne more scars", id="do-not-put-off-seeing-a-dermatologist"),
    ],
)
def test_a_fact_of_the_starting_text_is_told(topic: str, stems: str) -> None:
    source = tomllib.loads((TOPICS / f"{topic}.toml").read_text(encoding="utf-8"))
    said = re.findall(r"[a-z]+", " ".join([source["answer"], *source["more"]]).lower())
    assert [stem for stem in stems.split() if not any(word.startswith(stem) for word in said)] == []
