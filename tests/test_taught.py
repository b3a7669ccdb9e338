"""Phrases that staff teach: they count as those of the files, in their language, and are tried before."""

import pytest

from bot.content import Library
from bot.model import UNKNOWN
from bot.taught import LONGEST, Taught, tidy, with_phrases
from bot.trial import Change, Sample, Trial, trial
from bot.understand import understand

LESSON = Taught("en", "laser", "zorbaflex*")
TEXT = "do you offer zorbaflexing"


def wanted(text: str, library: Library, language: str = "en") -> str:
    return understand(text, library, "", language).best.name


def tried(lesson: Taught, library: Library, *samples: Sample) -> Trial:
    return trial(lesson, library, (), samples)


def test_a_phrase_is_understood_as_soon_as_it_is_taught(library: Library) -> None:
    assert wanted(TEXT, library) == UNKNOWN
    assert wanted(TEXT, with_phrases(library, [LESSON])) == "laser"
    assert wanted(TEXT, library) == UNKNOWN


def test_several_phrases_of_several_languages_are_taught_together(library: Library) -> None:
    taught = with_phrases(library, [LESSON, Taught("es", "peels", "cremolita"), Taught("en", "peels", "blorp acid")])
    assert wanted(TEXT, taught) == "laser"
    assert wanted("blorp acid", taught) == "peels"
    assert wanted("hacen cremolita", taught, "es") == "peels"


def test_without_accents_a_phrase_is_understood_too_where_people_leave_them_out(library: Library) -> None:
    taught = with_phrases(library, [Taught("vi", "laser", "máy bắn blorp")])
    assert wanted("may ban blorp", taught, "vi") == "laser"


def test_nothing_taught_leaves_the_library_as_it_is(library: Library) -> None:
    assert with_phrases(library, []) is library
    assert with_phrases(library, [Taught("tlh", "laser", "x"), Taught("en", "no such topic", "x")]) is library


def test_the_files_are_understood_as_before(library: Library) -> None:
    taught = with_phrases(library, [LESSON])
    for text in ("what are acne scars", "STOP", "is laser safe", "qué son las cicatrices"):
        assert wanted(text, taught) == wanted(text, library)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Blue   CROSS ", "blue cross"),
        ("one, two", "one two"),
        ("'''x'''", "x"),
        ("a\nb", "a b"),
        ("", ""),
        ("Ｌａｓｅｒ", "laser"),
    ],
)
def test_a_phrase_is_kept_folded_and_as_one_entry(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_a_trial_shows_what_would_change_and_nothing_else(library: Library) -> None:
    other, unlabelled = Sample("is laser safe", "en", "US", ("laser",)), Sample(TEXT, "en")
    found = tried(LESSON, library, other, unlabelled)
    assert found.refusal == ""
    assert found.changes == (Change(unlabelled, UNKNOWN, "laser"),)
    assert found.changes[0].is_better


def test_a_labelled_message_that_would_be_wrong_is_told(library: Library) -> None:
    sample = Sample("my acne", "en", "US", ("acne",))
    found = tried(Taught("en", "peels", "acne"), library, sample)
    assert [change.is_worse for change in found.changes] == [True]


def test_a_trial_stands_on_what_is_taught_already(library: Library) -> None:
    sample = Sample(TEXT, "en")
    assert trial(Taught("en", "laser", "offer zorbaflexing"), library, [LESSON], [sample]).changes == ()


def test_the_same_words_for_another_topic_are_a_collision_in_whatever_language(library: Library) -> None:
    taught = [Taught("es", "peels", "zorbaflex")]
    found = trial(Taught("en", "laser", "zorbaflex"), library, taught, ())
    assert found.collisions == (("peels", "es"),)


@pytest.mark.parametrize(
    ("phrase", "topic", "refusal"),
    [
        ("", "laser", "empty"),
        ("*** ...", "laser", "empty"),
        ("x" * (LONGEST + 1), "laser", "long"),
        ("stop", "laser", "act"),
        ("unsubscribe", "laser", "act"),
        ("i want to kill myself", "laser", "danger"),
    ],
)
def test_what_cannot_be_taught_is_refused(library: Library, phrase: str, topic: str, refusal: str) -> None:
    assert tried(Taught("en", topic, phrase), library).refusal == refusal


def test_what_stands_there_already_is_refused(library: Library) -> None:
    assert trial(LESSON, library, [LESSON], ()).refusal == "there"


def test_words_of_danger_may_be_taught_for_their_own_danger(library: Library) -> None:
    assert tried(Taught("en", "crisis", "i want to zorb myself"), library).refusal == ""
