"""Signing changes one line of one file, whole or not at all, and refuses what is no signature."""

import stat
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from bot.problems import Refused
from bot.review import Review
from bot.sign import sign
from bot.topics import CONTENT
from bot.topics import load as load_topics

TODAY = date(2026, 12, 2)
YESTERDAY = TODAY - timedelta(days=1)
REVIEW = Review("Dr. N. N.", YESTERDAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content that may be signed."""
    return copytree(CONTENT, tmp_path / "content")


def _laser(folder: Path) -> Path:
    return folder / "topics" / "laser.toml"


def _refusals(folder: Path, topic: str = "laser", review: Review = REVIEW) -> list[str]:
    before = _laser(folder).read_bytes()
    with pytest.raises(Refused) as refused:
        sign(topic, review, TODAY, folder)
    assert _laser(folder).read_bytes() == before
    return [problem.key for problem in refused.value.problems]


def test_signing_changes_that_line_and_no_other_byte(folder: Path) -> None:
    before = _laser(folder).read_bytes().splitlines(keepends=True)
    sign("laser", Review("Dr. N. N.", YESTERDAY, date(2027, 12, 1)), TODAY, folder)
    after = _laser(folder).read_bytes().splitlines(keepends=True)
    code = load_topics(folder)["laser"].fingerprint
    line = f'reviewed = {{ by = "Dr. N. N.", on = 2026-12-01, expires = 2027-12-01, text = "{code}" }}\n'.encode()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [line]


def test_what_is_signed_is_read_back(folder: Path) -> None:
    sign("laser", REVIEW, TODAY, folder)
    laser = load_topics(folder)["laser"]
    assert laser.reviewed == Review("Dr. N. N.", YESTERDAY, None, laser.fingerprint)


@pytest.mark.parametrize("name", ["Dra. Íñiguez", 'N. "Nat" N.', "O'Neil \\ Co {1}", "张医生"])
def test_any_name_is_written_as_it_is_and_may_be_signed_over(name: str, folder: Path) -> None:
    for _ in range(2):
        sign("laser", Review(f"  {name} ", YESTERDAY), TODAY, folder)
        signed = load_topics(folder)["laser"].reviewed
        assert signed is not None
        assert signed.by == name


def test_line_ends_comments_and_rights_stay(folder: Path) -> None:
    path = _laser(folder)
    text = path.read_text(encoding="utf-8").replace("reviewed = {}", "reviewed  =  {}  # wait for Dr. N.")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    before = path.read_bytes()
    sign("laser", REVIEW, TODAY, folder)
    after = path.read_bytes()
    assert after.startswith(before[: before.index(b"{}")])
    assert after.endswith(before[before.index(b"{}") + 2 :])
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_same_words_within_a_text_are_left_alone(folder: Path) -> None:
    path = _laser(folder)
    path.write_text(
        'title = "Laser"\nanswer = """\nreviewed = {}\n"""\nurgency = "soon"\nsources = ["S"]\nreviewed = {}\n',
        encoding="utf-8",
    )
    sign("laser", REVIEW, TODAY, folder)
    laser = load_topics(folder)["laser"]
    assert laser.answer == "reviewed = {}\n"
    assert laser.reviewed is not None


def test_nothing_else_is_left_in_the_folder(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    sign("laser", REVIEW, TODAY, folder)
    assert sorted(folder.rglob("*")) == before


def test_a_topic_that_there_is_not_is_refused(folder: Path) -> None:
    assert _refusals(folder, "lasr") == ["lasr"]
    assert _refusals(folder, "../phrases") == ["../phrases"]


@pytest.mark.parametrize("name", ["", "  ", "Dr.\nN. N.", "N\x00"])
def test_a_name_that_is_none_is_refused(name: str, folder: Path) -> None:
    assert _refusals(folder, review=Review(name, YESTERDAY)) == ["--by"]


def test_a_day_to_come_is_refused(folder: Path) -> None:
    assert _refusals(folder, review=Review("Dr. N. N.", TODAY + timedelta(days=1))) == ["--on"]


@pytest.mark.parametrize("expires", [YESTERDAY - timedelta(days=1), YESTERDAY, TODAY])
def test_an_expiry_that_does_not_lie_ahead_is_refused(expires: date, folder: Path) -> None:
    assert _refusals(folder, review=Review("Dr. N. N.", YESTERDAY, expires)) == ["--expires"]


def test_all_that_is_wrong_is_told_together(folder: Path) -> None:
    assert _refusals(folder, "lasr", Review("", TODAY + timedelta(days=1), TODAY)) == [
        "--by",
        "--on",
        "--expires",
        "lasr",
    ]


def test_a_signature_in_another_form_is_refused_with_what_to_write(folder: Path) -> None:
    path = _laser(folder)
    text = path.read_text(encoding="utf-8").replace("reviewed = {}", "")
    path.write_text(f"{text}\n[reviewed]\n", encoding="utf-8")
    assert _refusals(folder) == ["reviewed"]
