"""The library is read whole or refused with every mistake in it, each by its file and key."""

from pathlib import Path
from typing import Any

import pytest

from bot.content import LONGEST_TITLE, Library, load
from bot.model import CONTROLS, DANGERS
from bot.problems import Refused
from bot.text import fold

NEEDED = (*DANGERS, "appointment", "photo")
TOPICS = (*NEEDED, "laser", "scars")


def toml(value: object) -> str:
    """Return a value as TOML writes it; enough for these files."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return str(value).lower() if isinstance(value, int) else f'"{value}"'


def topic(folder: Path, name: str, /, *without: str, **keys: Any) -> Path:
    """Write a topic file that is in order but for `keys`, and for those that it is `without`."""
    kept: dict[str, Any] = {
        "title": name.title(),
        "answer": "An answer. 痘坑",
        "urgency": "routine",
        "sources": ["A source"],
        "reviewed": {},
    }
    lines = [f"{key} = {toml(value)}\n" for key, value in (kept | keys).items() if key not in without]
    path = folder / "topics" / f"{name}.toml"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def keywords(folder: Path, code: str = "en", *, top: str = "", without: str = "", extra: str = "") -> Path:
    """Write a keyword file that knows every topic and control; `extra` goes to the end, where controls stand."""
    topics = "".join(f'{name} = ["{name}"]\n' for name in TOPICS if name != without)
    controls = "".join(f'{name} = ["{name}"]\n' for name in CONTROLS if name != without)
    path = folder / "keywords" / f"{code}.toml"
    path.write_text(f"{top}\n[topics]\n{topics}\n[controls]\n{controls}{extra}\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Build a small content folder with nothing wrong in it."""
    (tmp_path / "topics").mkdir()
    (tmp_path / "keywords").mkdir()
    for name in TOPICS:
        topic(tmp_path, name)
    keywords(tmp_path)
    return tmp_path


def mistakes(folder: Path, *languages: str) -> list[tuple[str, str]]:
    """Load the folder, which is refused; return file and key of each mistake."""
    with pytest.raises(Refused) as refused:
        load(folder, languages)
    assert all(problem.advice for problem in refused.value.problems)
    return sorted((str(Path(problem.where).relative_to(folder)), problem.key) for problem in refused.value.problems)


def test_a_folder_in_order_is_read(folder: Path) -> None:
    library = load(folder)
    assert set(library.topics) == set(TOPICS)
    assert library.languages == ("en",)
    assert {keyword.want for keyword in library.speeches["en"].keywords} == {*TOPICS, *CONTROLS}
    assert {fold(want) for want in (*TOPICS, *CONTROLS)} == library.lexicon.anchored.keys()
    assert library.language_names[("english",)] == "en"


def test_a_topic_holds_what_its_file_says(folder: Path) -> None:
    reviewed = {"by": "Dr. N. N."}
    topic(
        folder,
        "laser",
        title="激光 láser",
        answer="Sí.",
        more=["One.", "Two."],
        related=["scars"],
        place=3,
        urgency="soon",
        picture="laser.png",
        sources=["A", "B"],
        reviewed=reviewed,
    )
    laser = load(folder).topics["laser"]
    assert (laser.id, laser.title, laser.answer, laser.more) == ("laser", "激光 láser", "Sí.", ("One.", "Two."))
    assert (laser.related, laser.place, laser.urgency) == (("scars",), 3, "soon")
    assert (laser.picture, laser.sources, laser.reviewed) == ("laser.png", ("A", "B"), reviewed)


def test_what_a_topic_may_leave_out_is_empty(folder: Path) -> None:
    laser = load(folder).topics["laser"]
    assert (laser.more, laser.related, laser.place, laser.picture) == ((), (), 0, "")


def test_dangers_know_that_they_are(folder: Path) -> None:
    assert {name for name, each in load(folder).topics.items() if each.is_danger} == set(DANGERS)


def test_the_menu_goes_by_place_and_then_by_name(folder: Path) -> None:
    topic(folder, "scars", place=1)
    topic(folder, "photo", place=2)
    topic(folder, "laser", place=2)
    assert load(folder).menu == ("scars", "laser", "photo")


def test_english_comes_first_and_the_rest_in_order(folder: Path) -> None:
    for code in ("zh_Hans", "ar", "fr"):
        keywords(folder, code)
    assert load(folder).languages == ("en", "ar", "fr", "zh_Hans")


def test_languages_may_be_limited(folder: Path) -> None:
    keywords(folder, "es")
    keywords(folder, "fr", top="nonsense = 1")
    assert load(folder, ("en", "es")).languages == ("en", "es")


def test_english_keywords_are_needed_only_where_english_is_served(folder: Path) -> None:
    keywords(folder, "es")
    keywords(folder, "en", top="nonsense = 1")
    assert load(folder, ("es",)).languages == ("es",)
    (folder / "keywords" / "en.toml").unlink()
    assert load(folder, ("es",)).languages == ("es",)


@pytest.mark.parametrize("key", ["title", "answer", "urgency", "sources", "reviewed"])
def test_a_topic_without_a_key_it_needs_is_refused(folder: Path, key: str) -> None:
    topic(folder, "laser", key)
    assert ("topics/laser.toml", key) in mistakes(folder)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("title", "", id="an empty title"),
        pytest.param("title", 5, id="a number for a title"),
        pytest.param("title", "x" * (LONGEST_TITLE + 1), id="a long title"),
        pytest.param("title", "疤" * (LONGEST_TITLE + 1), id="a long Chinese title"),
        pytest.param("answer", "  ", id="a blank answer"),
        pytest.param("answer", ["a"], id="a list for an answer"),
        pytest.param("more", "a page", id="a text for pages"),
        pytest.param("more", ["a page", ""], id="an empty page"),
        pytest.param("related", "scars", id="a text for related topics"),
        pytest.param("related", [1], id="a number for a related topic"),
        pytest.param("place", 0, id="the place before the first"),
        pytest.param("place", "1", id="a text for a place"),
        pytest.param("place", True, id="yes for a place"),
        pytest.param("urgency", "tomorrow", id="another urgency"),
        pytest.param("urgency", ["now"], id="a list for an urgency"),
        pytest.param("picture", "", id="an empty picture"),
        pytest.param("sources", [], id="no source"),
        pytest.param("sources", [""], id="an empty source"),
        pytest.param("sources", "a book", id="a text for sources"),
        pytest.param("reviewed", "Dr. N. N.", id="a text for a review"),
        pytest.param("titel", "Laser", id="a key that there is not"),
    ],
)
def test_a_topic_with_a_wrong_value_is_refused(folder: Path, key: str, value: object) -> None:
    topic(folder, "laser", **{key: value})
    assert ("topics/laser.toml", key) in mistakes(folder)


@pytest.mark.parametrize("letter", ["x", "疤", "कि", "👩🏽‍⚕️"])
def test_a_title_may_have_as_many_letters_as_a_reader_counts(folder: Path, letter: str) -> None:
    topic(folder, "laser", title=letter * LONGEST_TITLE)
    assert load(folder).topics["laser"].title == letter * LONGEST_TITLE


@pytest.mark.parametrize("file", ["topics/laser.toml", "keywords/es.toml"])
@pytest.mark.parametrize("content", [b"title = ", b"title = 'caf\xe9'", b"a = 1\na = 2"], ids=["cut", "bytes", "twice"])
def test_a_file_that_is_no_toml_is_refused(folder: Path, file: str, content: bytes) -> None:
    (folder / file).write_bytes(content)
    assert mistakes(folder) == [(file, "")]


@pytest.mark.parametrize("name", NEEDED)
def test_the_line_cannot_answer_without_its_dangers(folder: Path, name: str) -> None:
    (folder / "topics" / f"{name}.toml").unlink()
    keywords(folder, without=name)
    assert mistakes(folder) == [(f"topics/{name}.toml", "")]


def test_two_topics_of_one_title_are_refused(folder: Path) -> None:
    topic(folder, "scars", title="Laser")
    assert mistakes(folder) == [("topics/scars.toml", "title")]


@pytest.mark.parametrize("other", ["nothing", *DANGERS])
def test_a_related_topic_that_cannot_be_offered_is_refused(folder: Path, other: str) -> None:
    topic(folder, "laser", related=["scars", other])
    assert mistakes(folder) == [("topics/laser.toml", "related")]


@pytest.mark.parametrize("want", ["laser", "crisis", "stop"])
def test_keywords_that_leave_out_a_want_are_refused(folder: Path, want: str) -> None:
    keywords(folder, without=want)
    table = "controls" if want in CONTROLS else "topics"
    assert mistakes(folder) == [("keywords/en.toml", f"{table}.{want}")]


@pytest.mark.parametrize(
    ("top", "extra", "key"),
    [
        pytest.param("polit = []", "", "polit", id="a section that there is not"),
        pytest.param("", 'lasr = ["laser"]', "controls.lasr", id="a control that there is not"),
        pytest.param('common = "the a of"', "", "common", id="a text for common words"),
        pytest.param('polite = "please"', "", "polite", id="a text for polite words"),
        pytest.param("names_follow = [1]", "", "names_follow", id="a number for a phrase"),
        pytest.param('outside = "soccer"', "", "outside", id="a text for what is outside"),
        pytest.param('outside = [1, "soccer"]', "", "outside", id="a number for what is outside"),
        pytest.param('outside = ["soccer", "👍"]', "", "unknown", id="a keyword without letters"),
    ],
)
def test_keywords_with_a_mistake_are_refused(folder: Path, top: str, extra: str, key: str) -> None:
    keywords(folder, top=top, extra=extra)
    assert mistakes(folder) == [("keywords/en.toml", key)]


@pytest.mark.parametrize(
    ("old", "key"), [("scars", "topics.scars"), ("menu", "controls.menu")], ids=["topic", "control"]
)
def test_a_text_in_place_of_a_list_of_keywords_is_refused(folder: Path, old: str, key: str) -> None:
    path = keywords(folder)
    content = path.read_text(encoding="utf-8").replace(f'{old} = ["{old}"]', f'{old} = "{old}"')
    path.write_text(content, encoding="utf-8")
    assert mistakes(folder) == [("keywords/en.toml", key)]


def test_keywords_for_a_topic_that_there_is_not_are_refused(folder: Path) -> None:
    (folder / "topics" / "laser.toml").unlink()
    assert mistakes(folder) == [("keywords/en.toml", "topics.laser")]


@pytest.mark.parametrize("code", ["xx", "es-MX", "klingon"])
def test_keywords_of_no_language_are_refused(folder: Path, code: str) -> None:
    keywords(folder, code)
    assert (f"keywords/{code}.toml", "") in mistakes(folder)


@pytest.mark.parametrize(("languages", "file"), [((), "en"), (("en", "th"), "th"), (("en", "es"), "en")])
def test_a_language_without_keywords_is_refused(folder: Path, languages: tuple[str, ...], file: str) -> None:
    if file == "en":
        (folder / "keywords" / "en.toml").rename(folder / "keywords" / "es.toml")
    assert mistakes(folder, *languages) == [(f"keywords/{file}.toml", "")]


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    topic(folder, "laser", "answer", place=0, colour="red")
    topic(folder, "scars", urgency="soonish")
    (folder / "topics" / "photo.toml").write_text("title = ", encoding="utf-8")
    keywords(folder, top='common = "the"\nhello = []', without="stop")
    keywords(folder, "es", without="menu")
    keywords(folder, "xx")
    expected = {
        ("topics/laser.toml", "answer"),
        ("topics/laser.toml", "place"),
        ("topics/laser.toml", "colour"),
        ("topics/scars.toml", "urgency"),
        ("topics/photo.toml", ""),
        ("keywords/en.toml", "common"),
        ("keywords/en.toml", "hello"),
        ("keywords/en.toml", "controls.stop"),
        ("keywords/es.toml", "controls.menu"),
        ("keywords/xx.toml", ""),
    }
    assert expected <= set(mistakes(folder))


def test_mistakes_between_topics_are_told_together(folder: Path) -> None:
    (folder / "topics" / "photo.toml").unlink()
    topic(folder, "scars", title="Laser", related=["nothing", "crisis"])
    keywords(folder, without="photo")
    assert mistakes(folder) == [
        ("topics/photo.toml", ""),
        ("topics/scars.toml", "related"),
        ("topics/scars.toml", "related"),
        ("topics/scars.toml", "title"),
    ]


@pytest.mark.parametrize("content", ["title = ", 'title = "Laser"'], ids=["no TOML", "keys missing"])
def test_a_broken_topic_makes_no_mistake_of_what_names_it(folder: Path, content: str) -> None:
    (folder / "topics" / "laser.toml").write_text(content, encoding="utf-8")
    topic(folder, "scars", related=["laser"])
    keywords(folder, "es")
    assert {file for file, _ in mistakes(folder)} == {"topics/laser.toml"}


def test_a_broken_danger_is_not_told_to_be_missing(folder: Path) -> None:
    (folder / "topics" / "crisis.toml").write_text("title = ", encoding="utf-8")
    assert mistakes(folder) == [("topics/crisis.toml", "")]


def test_a_broken_topic_hides_no_mistake_between_the_others(folder: Path) -> None:
    (folder / "topics" / "laser.toml").write_text("title = ", encoding="utf-8")
    (folder / "topics" / "photo.toml").unlink()
    topic(folder, "scars", title="Urgent", related=["nothing"])
    keywords(folder, without="photo")
    assert mistakes(folder) == [
        ("topics/laser.toml", ""),
        ("topics/photo.toml", ""),
        ("topics/scars.toml", "related"),
        ("topics/urgent.toml", "title"),
    ]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert ("keywords/en.toml", "") in mistakes(tmp_path)
    assert {(f"topics/{name}.toml", "") for name in NEEDED} <= set(mistakes(tmp_path))


def test_the_real_library_is_in_order(library: Library) -> None:
    assert {*NEEDED, "scars", "laser", "causes"} <= set(library.topics)
    assert {"en", "es", "zh_Hans", "hi", "ar", "fr"} <= set(library.languages)
    assert library.menu[0] == "scars"
    assert not set(library.menu) & set(DANGERS)


def test_the_real_library_understands_every_topic_in_every_language(library: Library) -> None:
    listed = {(keyword.language, keyword.want) for speech in library.speeches.values() for keyword in speech.keywords}
    assert {(code, want) for code in library.languages for want in (*library.topics, *CONTROLS)} <= listed
