"""What no single file shows: each kind of finding is found, and the shipped content has none."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from bot import content
from bot.check import findings
from bot.content import CONTENT, Library
from bot.phrases import Phrasebook


def _with(book: Phrasebook, language: str, **texts: str) -> Phrasebook:
    return replace(book, texts={**book.texts, language: {**book.texts[language], **texts}})


def test_the_shipped_content_has_nothing_to_mend(library: Library, book: Phrasebook) -> None:
    assert [str(problem) for problem in findings(library, book)] == []


@pytest.mark.parametrize(
    ("name", "text", "advice"),
    [
        ("scars.answer", "x" * 400, "4 segments, 2 allowed"),
        ("scars.more.1", "á" * 300, "5 segments, 4 allowed, UCS-2 because of á"),
        ("scars.title", "t" * 25, "25 letters, 24 allowed"),
        ("yes_help", "t" * 25, "25 letters, 24 allowed"),
        ("hint", "Text BLORP or a question.", "no word that is understood as 'more'"),
        ("stopped", "Bye.", "no word that is understood as 'start'"),
    ],
)
def test_a_text_that_cannot_be_sent_or_acted_on_is_named(
    name: str, text: str, advice: str, library: Library, book: Phrasebook
) -> None:
    found = [problem for problem in findings(library, _with(book, "en", **{name: text})) if problem.key == name]
    assert found
    assert advice in found[0].advice
    assert found[0].where == "locales/en"


def test_a_keyword_that_stands_for_two_things_is_named(tmp_path: Path, book: Phrasebook) -> None:
    folder = copytree(CONTENT, tmp_path / "content")
    english = folder / "keywords" / "en.toml"
    text = english.read_text(encoding="utf-8")
    for topic in ("laser", "peels"):
        text = text.replace(f"\n{topic} = [", f'\n{topic} = ["zap zapping", ', 1)
    english.write_text(text, encoding="utf-8")
    found = [str(problem) for problem in findings(content.load(folder), book)]
    assert found == ["content/keywords/en.toml: zap zaping: stands for laser and peels; leave it with one of them"]
