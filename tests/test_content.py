"""The library is read whole or refused with every mistake in it, each by its file and key."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import learn
from bot.content import LETTERS, WEIGHTS, Library, load
from bot.keywords import language_named
from bot.model import CONTROLS, DANGERS, UNKNOWN
from bot.phrases import LOCALES
from bot.problems import Refused
from bot.review import Review
from bot.topics import CONTENT, LONGEST_TITLE
from bot.topics import load as load_topics
from bot.understand import understand

NEEDED = (*DANGERS, "appointment", "photo")
TOPICS = (*NEEDED, "laser", "scars")
MEANINGS = ("scar", "mark")
EXAMPLES = list(learn.examples(sorted((CONTENT / "examples").glob("*.jsonl"))))


def toml(value: object) -> str:
    """Return a value as TOML writes it; enough for these files."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, date):
        return value.isoformat()
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
    """Write a keyword file that knows every meaning, topic and control; `extra` goes to the end, among controls."""
    tables = {"words": MEANINGS, "topics": TOPICS, "controls": CONTROLS}
    lines = [top]
    for table, names in tables.items():
        lines += [f"[{table}]", *(f'{name} = "{name}"' for name in names if name != without)]
    path = folder / "keywords" / f"{code}.toml"
    path.write_text("\n".join([*lines, extra]), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Build a small content folder with nothing wrong in it."""
    (tmp_path / "topics").mkdir()
    (tmp_path / "keywords").mkdir()
    for name in TOPICS:
        topic(tmp_path, name)
    (tmp_path / "meanings.toml").write_text('[skin]\nscar = "scars"\nmark = "marks"\n', encoding="utf-8")
    for learned in (WEIGHTS, LETTERS):
        (tmp_path / learned).write_text('{"always": {}}', encoding="utf-8")
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
    english = library.lexicon.tongues["en"]
    assert {key: meanings for key, meanings in english.forms.items() if meanings} == {n: (n,) for n in MEANINGS}
    assert english.forms.keys() == {*MEANINGS, *TOPICS, *CONTROLS}
    assert {phrase.want for phrase in english.said} == {*TOPICS, *CONTROLS}
    assert [library.lexicon.acts(said) for said in ("stop", "start")] == [{"en": "stop"}, {"en": "start"}]
    assert library.language_names.whole[("english",)] == "en"


def test_a_topic_holds_what_its_file_says(folder: Path) -> None:
    reviewed = {"by": "Dr. N. N.", "on": date(2026, 12, 1)}
    (folder / "pictures").mkdir()
    (folder / "pictures" / "sun.svg").touch()
    topic(
        folder,
        "laser",
        title="激光 láser",
        answer="Sí.",
        more=["One.", "Two."],
        related=["scars"],
        place=3,
        urgency="soon",
        picture="sun",
        sources=["A", "B"],
        reviewed=reviewed,
    )
    laser = load(folder).topics["laser"]
    assert (laser.id, laser.title, laser.answer, laser.more) == ("laser", "激光 láser", "Sí.", ("One.", "Two."))
    assert (laser.related, laser.place, laser.urgency) == (("scars",), 3, "soon")
    assert (laser.picture, laser.sources, laser.reviewed) == (
        "sun",
        ("A", "B"),
        Review("Dr. N. N.", date(2026, 12, 1)),
    )


def test_a_picture_that_nobody_drew_is_refused(folder: Path) -> None:
    topic(folder, "laser", picture="moon")
    with pytest.raises(Refused, match=r"laser\.toml: picture: there is no .*pictures/moon\.svg; draw or remove it"):
        load(folder)


def test_a_text_is_withdrawn_from_the_day_after_it_expires(folder: Path) -> None:
    reviewed = {"by": "Dr. N. N.", "on": date(2026, 12, 1), "expires": date(2027, 12, 1)}
    topic(folder, "laser", reviewed=reviewed)
    topic(folder, "crisis", reviewed=reviewed)
    topics = load(folder).topics
    assert not topics["laser"].is_withdrawn(date(2027, 12, 1))
    assert topics["laser"].is_withdrawn(date(2027, 12, 2))
    assert not topics["scars"].is_withdrawn(date.max)
    assert not topics["crisis"].is_withdrawn(date.max), "a danger answer never expires"


def test_topics_are_read_without_keywords_for_who_signs_them(folder: Path) -> None:
    (folder / "keywords" / "en.toml").unlink()
    assert set(load_topics(folder)) == set(TOPICS)
    (folder / "topics" / "crisis.toml").unlink()
    with pytest.raises(Refused):
        load_topics(folder)


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
        pytest.param("reviewed", {"by": "Dr. N. N."}, id="a review without its day"),
        pytest.param("reviewed", {"on": date(2026, 12, 1)}, id="a review by nobody"),
        pytest.param("reviewed", {"by": " ", "on": date(2026, 12, 1)}, id="a review by a blank name"),
        pytest.param("reviewed", {"by": "Dr. N. N.", "on": "2026-12-01"}, id="a review on a text for a day"),
        pytest.param("reviewed", {"by": "N", "on": date(2026, 12, 1), "expires": 2027}, id="a year for an expiry"),
        pytest.param("reviewed", {"by": "N", "on": date(2026, 12, 1), "until": 1}, id="a key that no review has"),
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
    assert [mistake for mistake in mistakes(folder) if mistake[0].startswith("topics/")] == [
        (f"topics/{name}.toml", "")
    ]


def test_two_topics_of_one_title_are_refused(folder: Path) -> None:
    topic(folder, "scars", title="Laser")
    assert mistakes(folder) == [("topics/scars.toml", "title")]


@pytest.mark.parametrize("other", ["nothing", *DANGERS])
def test_a_related_topic_that_cannot_be_offered_is_refused(folder: Path, other: str) -> None:
    topic(folder, "laser", related=["scars", other])
    assert mistakes(folder) == [("topics/laser.toml", "related")]


@pytest.mark.parametrize(("name", "table"), [("scar", "words"), ("crisis", "topics"), ("stop", "controls")])
def test_keywords_that_leave_out_what_every_language_needs_are_refused(folder: Path, name: str, table: str) -> None:
    keywords(folder, without=name)
    assert mistakes(folder) == [("keywords/en.toml", f"{table}.{name}")]


def test_a_topic_may_be_understood_by_what_words_mean_alone(folder: Path) -> None:
    keywords(folder, without="laser")
    assert "laser" in load(folder).topics


@pytest.mark.parametrize(
    ("top", "extra", "key"),
    [
        pytest.param('polit = "please"', "", "polit", id="a section that there is not"),
        pytest.param("", 'lasr = "laser"', "controls.lasr", id="a control that there is not"),
        pytest.param('common = ["the", "a"]', "", "common", id="a list for common words"),
        pytest.param("polite = 5", "", "polite", id="a number for polite words"),
        pytest.param('names_follow = "i am"', "", "names_follow", id="a text for phrases before a name"),
        pytest.param("names_follow = [1]", "", "names_follow", id="a number for a phrase"),
        pytest.param("", 'menu = "menu, !?"', "menu", id="an entry without letters"),
    ],
)
def test_keywords_with_a_mistake_are_refused(folder: Path, top: str, extra: str, key: str) -> None:
    keywords(folder, top=top, extra=extra, without="menu" if extra.startswith("menu") else "")
    assert mistakes(folder) == [("keywords/en.toml", key)]


@pytest.mark.parametrize(
    ("name", "key"),
    [("scar", "words.scar"), ("scars", "topics.scars"), ("menu", "controls.menu")],
    ids=["meaning", "topic", "control"],
)
def test_a_list_in_place_of_a_text_of_keywords_is_refused(folder: Path, name: str, key: str) -> None:
    path = keywords(folder)
    content = path.read_text(encoding="utf-8").replace(f'\n{name} = "{name}"', f'\n{name} = ["{name}"]')
    path.write_text(content, encoding="utf-8")
    assert mistakes(folder) == [("keywords/en.toml", key)]


def test_keywords_for_a_meaning_that_there_is_not_are_refused(folder: Path) -> None:
    (folder / "meanings.toml").write_text('[skin]\nscar = "scars"\n', encoding="utf-8")
    assert mistakes(folder) == [("keywords/en.toml", "words.mark")]


@pytest.mark.parametrize("file", [WEIGHTS, LETTERS])
@pytest.mark.parametrize("content", [None, b'{"always": ', b"\xe9"], ids=["none", "cut", "bytes"])
def test_what_was_learned_must_be_there_and_readable(folder: Path, file: str, content: bytes | None) -> None:
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    assert mistakes(folder) == [(file, "")]


@pytest.mark.parametrize("content", [None, b"[skin", b"\xe9"], ids=["none", "cut", "bytes"])
def test_the_meanings_must_be_there_and_readable(folder: Path, content: bytes | None) -> None:
    (folder / "meanings.toml").unlink()
    if content is not None:
        (folder / "meanings.toml").write_bytes(content)
    assert ("meanings.toml", "") in mistakes(folder)


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
    keywords(folder, top='common = ["the"]\nhello = "hi"', without="stop")
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
    missing = {"keywords/en.toml", "meanings.toml", WEIGHTS, LETTERS, *(f"topics/{name}.toml" for name in NEEDED)}
    assert {(file, "") for file in missing} == set(mistakes(tmp_path))


def test_the_real_library_is_in_order(library: Library) -> None:
    assert {*NEEDED, "scars", "laser", "causes"} <= set(library.topics)
    assert set(library.languages) == {"en", *(path.name for path in LOCALES.iterdir() if path.is_dir())}
    assert library.menu[0] == "scars"
    assert not set(library.menu) & set(DANGERS)


def test_every_language_lists_words_for_every_meaning_and_phrases_for_every_danger_and_control(
    library: Library,
) -> None:
    groups = tomllib.loads((CONTENT / "meanings.toml").read_text(encoding="utf-8")).values()
    meanings = {name for group in groups for name in group}
    for language, tongue in library.lexicon.tongues.items():
        longer = {form[0] for after in tongue.longer.values() for forms in after.values() for form in forms}
        listed = {name for names in tongue.forms.values() for name in names} | longer
        listed = {name for name in listed if not language_named(name)}
        assert listed == meanings, language
        assert {*DANGERS, *CONTROLS} <= {phrase.want for phrase in tongue.said}, language


def test_every_topic_and_control_was_learned(library: Library) -> None:
    assert set(library.weights.wants) == {*library.topics, *CONTROLS, UNKNOWN}
    assert set(library.lexicon.letters.languages) == set(library.languages)


@pytest.mark.parametrize("topic", sorted(path.stem for path in (CONTENT / "topics").glob("*.toml")))
def test_every_topic_is_understood_in_every_language(topic: str, library: Library) -> None:
    asked = [case for case in EXAMPLES if topic in case.topics]
    reached = {case.languages[0] for case in asked if understand(case.text, library, case.country).best.name == topic}
    assert set(library.languages) - reached == set()
