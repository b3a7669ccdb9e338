"""What was made of a file is kept, beside it or for its user, and found again only for the very same source."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import kept


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the user."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "skinline"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path / "content" / "en.toml"


def made(path: Path, source: bytes, *results: str) -> str:
    """Return what is kept for `source`, or else the first of `results`."""
    following: Iterator[str] = iter(results)
    (found,) = kept.result(path, [source], lambda: (next(following),))
    return str(found)


def close(path: Path) -> None:
    """Let nothing be written beside `path`, not even by root."""
    (path.parent / "__pycache__").write_text("a file where the folder should be")


def test_it_is_made_once_for_one_source(path: Path) -> None:
    assert [made(path, b"a", "first"), made(path, b"a", "second")] == ["first", "first"]


def test_another_source_is_another_result_and_the_old_one_goes(path: Path) -> None:
    assert [made(path, b"a", "first"), made(path, b"b", "second")] == ["first", "second"]
    assert len(list((path.parent / "__pycache__").iterdir())) == 1


def test_parts_of_a_source_do_not_run_together(path: Path) -> None:
    kept.result(path, [b"ab", b"c"], lambda: ("first",))
    assert kept.result(path, [b"a", b"bc"], lambda: ("second",)) == ("second",)


def test_where_nothing_may_be_written_beside_it_it_is_kept_for_the_user(path: Path, cache: Path) -> None:
    close(path)
    assert [made(path, b"a", "first"), made(path, b"a", "second")] == ["first", "first"]
    assert len(list(cache.glob("*/en.*"))) == 1


def test_what_two_folders_hold_under_one_name_is_kept_apart(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "en.toml"
    other.parent.mkdir()
    for each in (path, other):
        close(each)
    made(path, b"a", "first")
    made(other, b"b", "second")
    assert made(path, b"a", "third") == "first"


def test_where_nothing_may_be_written_at_all_it_is_made_each_time(path: Path, cache: Path) -> None:
    close(path)
    cache.parent.write_text("a file where the folder should be")
    assert [made(path, b"a", "first"), made(path, b"a", "second")] == ["first", "second"]


def test_a_user_without_a_home_keeps_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    close(path)
    monkeypatch.delenv("XDG_CACHE_HOME")

    def homeless(_path: Path) -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "expanduser", homeless)
    assert [made(path, b"a", "first"), made(path, b"a", "second")] == ["first", "second"]


def test_what_was_made_with_a_problem_is_not_kept(path: Path) -> None:
    problems: list[str] = []

    def make() -> kept.Plain:
        problems.append("wrong")
        return ("half",)

    for _ in range(2):
        assert kept.result(path, [b"a"], make, problems) == ("half",)
    assert len(problems) == 2


@pytest.mark.parametrize("spoilt", [b"", b"spoilt", b"\xfb\x00"])
def test_a_spoilt_result_is_made_anew(path: Path, spoilt: bytes) -> None:
    made(path, b"a", "first")
    (there,) = (path.parent / "__pycache__").iterdir()
    there.write_bytes(spoilt)
    assert made(path, b"a", "second") == "second"
