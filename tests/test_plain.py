"""An SMS goes in the letters that cost least where its reader reads the same, and else as it is written."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import plain
from bot.check import spelling
from bot.content import Library
from bot.model import CONTROLS
from bot.phrases import Phrasebook
from bot.plain import Rule, cheapest, unmarked
from bot.problems import Refused
from bot.segments import BASIC, EXTENSION, foreign, segments
from bot.understand import understand

RULES = plain.load()
READY = Rule(True, "", frozenset(), frozenset({"sąd"}))
LONG = " y el doctor le dice cada cosa con calma" * 2
TEXTS = st.text(max_size=300) | st.text(st.sampled_from("aáeéñłıœ “”–…\u00a0\u200c\u200f疤ندç"), max_size=300)


def test_there_are_rules_for_the_languages_whose_readers_accept_it() -> None:
    assert RULES.keys() == {"en", "es", "pt", "fr", "it", "de", "pl", "ht", "tr", "fil", "id", "sw"}
    assert [code for code, rule in RULES.items() if not rule.default] == ["tr"]
    assert all(rule.why for rule in RULES.values())


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        pytest.param("Scars", "Scars", id="plain already"),
        pytest.param("“don’t” – wait…", '"don\'t" - wait...', id="quotes, dash, dots"),
        pytest.param(
            "«\u00a0cicatrice\u00a0»\u202f: 10\u00a0min", '"cicatrice" : 10 min', id="French quotes and spaces"
        ),
        pytest.param("soft\u00adhy\u200bphen", "softhyphen", id="what nobody sees"),
        pytest.param("Más láser", "Más láser", id="one segment either way"),
        pytest.param("Más" + LONG, "Más" + LONG, id="marks stay without a rule"),
        pytest.param("“疤痕”…", "“疤痕”…", id="dear all the same"),
        pytest.param("می‌خواهم…", "می‌خواهم…", id="a joiner that belongs to a word"),
    ],
)
def test_typography_goes_and_marks_stay_without_a_rule(text: str, sent: str) -> None:
    assert cheapest(text) == sent


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        pytest.param("Más" + LONG, "Mas" + LONG, id="a segment saved"),
        pytest.param("Más láser", "Más láser", id="none saved"),
        pytest.param("¿Qué? ¡Año! Más" + LONG, "¿Qué? ¡Año! Mas" + LONG, id="what GSM-7 has stays"),
        pytest.param("sąd, łza" + LONG, "sąd, łza" + LONG, id="a word whose meaning would change"),
        pytest.param("más 疤" + LONG, "más 疤" + LONG, id="dear all the same"),
        pytest.param("œuf, łza, ızgara" + LONG, "oeuf, lza, izgara" + LONG, id="strokes and ligatures"),
    ],
)
def test_marks_go_by_a_rule_where_a_segment_is_saved(text: str, sent: str) -> None:
    assert cheapest(text, READY) == sent


@given(TEXTS, st.sampled_from([None, *RULES.values()]))
@example("é…" * 80, None)
def test_it_is_never_dearer_and_changes_nothing_that_stays_dear(text: str, rule: Rule | None) -> None:
    sent = cheapest(text, rule)
    assert segments(sent) <= segments(text)
    assert sent == text or not foreign(sent)
    assert cheapest(sent, rule) == sent


@given(st.text(st.sampled_from(sorted(BASIC | EXTENSION)), max_size=300))
def test_what_gsm7_has_is_sent_as_it_is_written(text: str) -> None:
    assert cheapest(text, READY) == text == unmarked(text)


def test_every_word_that_then_looks_like_another_of_ours_has_been_looked_at(library: Library, book: Phrasebook) -> None:
    assert list(spelling.findings(RULES, library, book)) == []
    unweighed = {"es": Rule(True, "", frozenset(), frozenset())}
    assert "está" in {finding.key for finding in spelling.findings(unweighed, library, book)}


def test_the_bot_still_knows_its_own_words_in_plain_letters(library: Library, book: Phrasebook) -> None:
    for language in RULES:
        for name in ("hint", "hint_last", "notice", "stopped"):
            for word in book.say(name, language).split():
                if foreign(word) and word.isupper():
                    asked = understand(unmarked(word), library, "", language).best
                    assert asked.name in CONTROLS, (language, word)


def test_our_own_words_coming_back_are_known_in_plain_letters(book: Phrasebook) -> None:
    for language in RULES:
        for text in book.texts[language].values():
            assert book.is_ours(unmarked(text)) == book.is_ours(text)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("es = 1", "es: needs default, why, alike, keep"),
        ('[es]\ndefault = 1\nwhy = ""\nalike = []\nkeep = []', "es.default: must be a bool"),
        ('[es]\ndefault = true\nwhy = ""\nalike = [1]\nkeep = []', "es.alike: must be a list of words"),
        ("[es", "cannot be read"),
    ],
)
def test_rules_that_are_none_are_refused(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "plain.toml").write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match=said):
        plain.load(tmp_path)
