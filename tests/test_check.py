"""What no single file shows: each kind of finding is found, and the shipped content has none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from bot import content
from bot.check import english, figures, findings, reviews, rules
from bot.check.finding import Finding
from bot.check.reviews import REVIEW_AGE
from bot.content import Library
from bot.phrases import Phrasebook
from bot.problems import Refused
from bot.review import Review
from bot.topics import CONTENT

TODAY = date(2026, 12, 1)
RULES = rules.load()


def _with(book: Phrasebook, language: str, **texts: str) -> Phrasebook:
    """Return the book in English, Arabic and `language` alone, with other texts in that one."""
    changed = {**book.texts[language], **texts}
    english = changed if language == "en" else book.english
    return replace(book, english=english, texts={"en": english, "ar": book.texts["ar"], language: changed})


def _signed(library: Library, topic: str, review: Review | None) -> Library:
    return replace(library, topics={**library.topics, topic: replace(library.topics[topic], reviewed=review)})


def _about(key: str, found: Sequence[Finding]) -> list[Finding]:
    return [each for each in found if each.key == key]


def _of_review(library: Library, topic: str) -> list[Finding]:
    found = reviews.findings(library, TODAY)
    return [each for each in found if each.where == f"content/topics/{topic}.toml" and each.key == "reviewed"]


def _of_english(library: Library, book: Phrasebook, **texts: str) -> list[Finding]:
    return list(english.findings(library.topics, _with(book, "en", **texts), RULES))


def test_the_shipped_content_has_nothing_to_mend(library: Library, book: Phrasebook) -> None:
    found = findings(library, book, RULES, date.today())
    assert [str(each) for each in found if not each.is_warning] == []


@pytest.mark.parametrize(
    ("name", "text", "advice"),
    [
        ("scars.answer", "x" * 400, "4 segments, 2 allowed"),
        ("scars.more.1", "á" * 300, "5 segments, 4 allowed, UCS-2 because of á"),
        ("scars.title", "t" * 25, "25 letters, 24 allowed"),
        ("yes_help", "t" * 25, "25 letters, 24 allowed"),
        ("hint", "Text BLORP or a question.", "no word that is understood as 'more'"),
        ("stopped", "Bye.", "no word that is understood as 'start'"),
        ("withdrawn", "x" * 400, "3 segments, 2 allowed"),
        ("welcome", "x" * 400, "3 segments, 2 allowed"),
        ("thanks", "x" * 300, "3 segments, 2 allowed"),
        ("no_more", "x" * 300, "3 segments, 2 allowed"),
        ("privacy", "x" * 300, "3 segments, 2 allowed"),
        ("ask_crisis", "x" * 300, "3 segments, 2 allowed"),
        ("languages", "Which? " * 40, "segments, 4 allowed, UCS-2 because of "),
    ],
)
def test_a_text_that_cannot_be_sent_or_acted_on_is_named(
    name: str, text: str, advice: str, library: Library, book: Phrasebook
) -> None:
    found = _about(name, list(findings(library, _with(book, "en", **{name: text}), RULES, TODAY)))
    assert found
    assert advice in found[0].advice
    assert found[0].where == ("content/topics/scars.toml" if name.startswith("scars.") else "content/phrases.toml")
    assert found[0].text.startswith(text[:20])


@pytest.mark.parametrize(("name", "file"), [("scars.answer", "content"), ("hint", "bot")])
def test_a_translation_that_cannot_be_sent_is_named_by_its_catalogue(
    name: str, file: str, library: Library, book: Phrasebook
) -> None:
    found = _about(name, list(findings(library, _with(book, "es", **{name: "á" * 400}), RULES, TODAY)))
    assert {each.where for each in found} == {f"locales/es/LC_MESSAGES/{file}.po"}


@pytest.mark.parametrize(
    ("name", "text", "advice"),
    [
        ("scars.answer", "Scars are lasting – they stay.", "– would make every SMS dearer"),
        ("scars.title", "Scars…", "… would make every SMS dearer"),
        ("thanks", "You’re welcome.", "’ would make every SMS dearer"),
        ("scars.answer", "Post-inflammatory hyperpigmentation necessitates multidisciplinary care.", "reading grade "),
        (
            "thanks",
            "We appreciate your considerable communication regarding dermatological deterioration.",
            "at most 6",
        ),
        ("scars.answer", "Do NOT worry! We can remove it.", "must not say 'we can remove' (promises"),
        ("scars.answer", "You can't see it, don't worry.", "must not say 'dont worry'"),
        ("thanks", "Thanks. Call 911.", "say: call your local emergency number"),
    ],
)
def test_an_english_text_that_is_not_plain_is_named(
    name: str, text: str, advice: str, library: Library, book: Phrasebook
) -> None:
    found = _about(name, _of_english(library, book, **{name: text}))
    assert [each for each in found if advice in each.advice]
    assert not [each for each in found if each.is_warning]


def test_a_title_and_a_short_sentence_of_the_bot_have_no_grade(library: Library, book: Phrasebook) -> None:
    hard = {"thanks": "Congratulations, considerable improvement.", "scars.title": "Dermatological"}
    found = _of_english(library, book, **hard)
    assert _about("thanks", found) == _about("scars.title", found) == []


def test_what_is_forbidden_does_not_reach_over_the_end_of_a_sentence(library: Library, book: Phrasebook) -> None:
    texts = {"scars.answer": "Who can help? We. Can remove be wrong? Yes."}
    assert not _about("scars.answer", _of_english(library, book, **texts))


def test_a_finding_quotes_the_text_in_one_short_line(library: Library, book: Phrasebook) -> None:
    [line] = map(str, _about("thanks", _of_english(library, book, thanks="Considerable\nimprovement " * 400)))
    assert line.startswith("content/phrases.toml: thanks: reading grade ")
    assert line.endswith('("Considerable improvement Considerable improvement…")')


def test_unsigned_texts_are_one_warning(library: Library) -> None:
    unsigned = replace(library, topics={name: replace(each, reviewed=None) for name, each in library.topics.items()})
    [warning] = reviews.findings(unsigned, TODAY)
    count = len(library.topics)
    assert warning.advice.startswith(f"{count} of {count} texts await a clinician's signature; ")
    assert warning.is_warning


def test_a_fresh_signature_under_the_same_text_is_in_order(library: Library) -> None:
    review = Review("Dr. N. N.", TODAY, TODAY + timedelta(days=30), library.topics["laser"].fingerprint)
    assert _of_review(_signed(library, "laser", review), "laser") == []


def test_a_text_that_changed_after_signing_is_a_mistake(library: Library) -> None:
    signed = _signed(library, "laser", Review("Dr. N. N.", TODAY, None, library.topics["laser"].fingerprint))
    for change in ({"answer": "Other."}, {"title": "Other"}, {"more": ("Other.",)}):
        laser = replace(signed.topics["laser"], **change)
        [found] = _of_review(replace(signed, topics={**signed.topics, "laser": laser}), "laser")
        assert "changed after signing" in found.advice
        assert not found.is_warning


def test_what_is_not_sent_may_change_after_signing(library: Library) -> None:
    review = Review("Dr. N. N.", TODAY, None, library.topics["laser"].fingerprint)
    laser = replace(library.topics["laser"], reviewed=review, place=99, related=())
    assert _of_review(replace(library, topics={**library.topics, "laser": laser}), "laser") == []


@pytest.mark.parametrize(
    ("review", "advice", "is_warning"),
    [
        (Review("N", TODAY), "was signed by hand", True),
        (Review("N", TODAY - REVIEW_AGE - timedelta(days=1), text="same"), "more than 365 days ago", True),
        (
            Review("N", TODAY - timedelta(9), TODAY - timedelta(1), "same"),
            "expired on 2026-11-30 and is not sent",
            True,
        ),
        (Review("N", TODAY + timedelta(days=2), text="same"), "is signed on a day to come", False),
        (Review("N", TODAY, TODAY - timedelta(days=1), "same"), "before it was signed", False),
    ],
)
def test_what_is_wrong_with_a_signature_is_told(
    review: Review, advice: str, is_warning: bool, library: Library
) -> None:
    if review.text:
        review = replace(review, text=library.topics["laser"].fingerprint)
    found = _of_review(_signed(library, "laser", review), "laser")
    assert [each.is_warning for each in found if advice in each.advice] == [is_warning]


@pytest.mark.parametrize(
    "review",
    [
        Review("N", TODAY - REVIEW_AGE, text="same"),
        Review("N", TODAY, TODAY, "same"),
        Review("N", TODAY + timedelta(1)),
    ],
    ids=["a year old", "expiring today", "signed east of here"],
)
def test_a_signature_holds_to_its_last_day(review: Review, library: Library) -> None:
    review = replace(review, text=library.topics["laser"].fingerprint)
    assert _of_review(_signed(library, "laser", review), "laser") == []


def test_a_danger_answer_that_expired_is_warned_about_and_still_sent(library: Library) -> None:
    review = Review("N", date(2025, 1, 1), date(2026, 1, 1), library.topics["crisis"].fingerprint)
    [found] = _of_review(_signed(library, "crisis", review), "crisis")
    assert found.is_warning
    assert "is sent all the same" in found.advice


def test_the_figures_name_the_hardest_and_the_dearest_text(library: Library, book: Phrasebook) -> None:
    hard = _with(book, "en", **{"laser.answer": "Considerable improvement necessitates perseverance."})
    grades, costs = figures(library, hard, RULES)
    assert grades.endswith("(laser.answer)")
    assert "highest 2 (" in costs


def _also_typed(folder: Path, **phrases: str) -> Library:
    """Load the content with English phrases for topics that have none of their own."""
    folder = copytree(CONTENT, folder / "content")
    english = folder / "keywords" / "en.toml"
    text = english.read_text(encoding="utf-8")
    lines = "".join(f'{topic} = "{typed}"\n' for topic, typed in phrases.items())
    english.write_text(text.replace("\n[topics]\n", f"\n[topics]\n{lines}"), encoding="utf-8")
    return content.load(folder, ("en",))


@pytest.mark.parametrize(
    ("laser", "peels", "said", "is_warning"),
    [
        pytest.param("zap zapping", "zap zapping", "zap zapping", False, id="the same"),
        pytest.param("ziz|zap zapping", "zap|ziz zapping", "zap|ziz zapping", False, id="the same choices"),
        pytest.param("zap|ziz zapping", "zap|zoz zapping", "zap zapping", True, id="some of the choices"),
        pytest.param("zap it|her away|off", "zap it off", "zap it off", True, id="one of the choices"),
    ],
)
def test_a_phrase_that_stands_for_two_things_is_named(
    laser: str, peels: str, said: str, is_warning: bool, tmp_path: Path, book: Phrasebook
) -> None:
    library = _also_typed(tmp_path, laser=laser, peels=peels)
    [found] = _about(said, list(findings(library, replace(book, texts={"en": book.english}), RULES, TODAY)))
    assert str(found) == f"content/keywords/en.toml: {said}: stands for {found.advice[11:]}"
    assert found.advice in (
        "stands for laser and peels; leave it with one of them",
        "stands for peels and laser; leave it with one of them",
    )
    assert found.is_warning is is_warning


def test_phrases_that_no_text_shows_together_are_in_order(tmp_path: Path, book: Phrasebook) -> None:
    typed = {"laser": "zap|ziz zapping, zap zapping now", "peels": "zoz zapping, zap zipping, zapping zap"}
    library = _also_typed(tmp_path, **typed)
    found = findings(library, replace(book, texts={"en": book.english}), RULES, TODAY)
    assert [each for each in found if "zap" in each.key] == []


def test_every_topic_has_its_own_forbidden_phrases(library: Library) -> None:
    assert set(library.topics) - {"appointment"} <= {each.section for each in RULES.forbidden}


def test_every_forbidden_phrase_is_told_with_its_reason_and_another_way() -> None:
    assert all(each.words and each.why and each.instead for each in RULES.forbidden)
    assert len({each.words for each in RULES.forbidden}) == len(RULES.forbidden)


def test_the_excused_words_are_those_that_were_agreed() -> None:
    assert ", ".join(sorted(RULES.excused)) == (
        "acne, appointment, azelaic, collagen, dermatologist, emergency, hypertrophic, infection, isotretinoin, "
        "keloid, laser, medicine, microneedling, pregnancy, pregnant, retinoid, sunscreen"
    )


@pytest.mark.parametrize(
    ("file", "text", "key"),
    [
        ("readability.toml", "highest_grade = ", ""),
        ("readability.toml", 'highest_grade = "six"\ngraded_from_words = 8\nexcused = ["acne"]', "highest_grade"),
        ("readability.toml", 'highest_grade = 6\ngraded_from_words = 8\nexcused = "acne"', "excused"),
        ("readability.toml", "", "highest_grade"),
        ("forbidden.toml", '[[scars]]\nphrases = ["cure"]\nwhy = "no"', "scars"),
        ("forbidden.toml", '[[scars]]\nphrases = ["Cure"]\nwhy = "no"\ninstead = "x"', "scars"),
        ("forbidden.toml", '[[scars]]\nphrases = []\nwhy = "no"\ninstead = "x"', "scars"),
        ("forbidden.toml", "scars = 5", "scars"),
    ],
)
def test_rules_with_a_mistake_are_refused(file: str, text: str, key: str, tmp_path: Path) -> None:
    for name in ("readability.toml", "forbidden.toml"):
        (tmp_path / name).write_bytes((CONTENT / name).read_bytes())
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        rules.load(tmp_path)
    assert (str(tmp_path / file), key) in [(each.where, each.key) for each in refused.value.problems]


def test_rules_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        rules.load(tmp_path)
    assert [each.where for each in refused.value.problems] == [
        str(tmp_path / name) for name in ("readability.toml", "forbidden.toml")
    ]
