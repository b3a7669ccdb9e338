"""What is learned from labelled messages is what they say, the same in every run, and some are kept for testing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import content, learn, regression
from bot.cli import main
from bot.content import Library
from bot.hear import hear
from bot.keywords import Form, Phrase, Speech
from bot.learn import Example, Lesson
from bot.learned import pack
from bot.letters import Letters
from bot.lexicon import Lexicon, index, tongue
from bot.model import CONTROLS, UNKNOWN
from bot.topics import CONTENT
from bot.understand import understand
from bot.weights import Weights

SPEECHES = {
    "en": Speech(
        "en",
        tuple(Form(word, (word,)) for word in ("scar", "laser", "price", "hello")),
        (Phrase("crisis", (frozenset({"scar"}), frozenset({"price"}))),),
        frozenset({"the", "what", "is"}),
        frozenset(),
        (),
        (),
    ),
    "es": Speech("es", (Form("scar", ("cicatriz",)),), (), frozenset({"el", "que", "es"}), frozenset(), (), ()),
    "de": Speech("de", (Form("scar", ("narbe",)),), (), frozenset({"der", "was", "ist"}), frozenset(), (), ()),
}


@pytest.fixture
def lexicon() -> Lexicon:
    return index(map(tongue, SPEECHES.values()), Letters(pack({"always": {}})))


def example(text: str, *topics: str, language: str = "en") -> Example:
    return Example(text, topics, (language,), "", "question")


def test_a_message_teaches_its_first_topic_fully_and_others_less(lexicon: Lexicon) -> None:
    taught = list(learn.lessons([example("laser price", "cost", "laser")], {}, lexicon))
    assert [(lesson.want, lesson.counts) for lesson in taught[:2]] == [("cost", 1.0), ("laser", 0.4)]


def test_a_message_is_also_taught_with_meanings_left_out(lexicon: Lexicon) -> None:
    cases = [example("laser price scar hello", "cost")] * 20
    taught = list(learn.lessons(cases, {}, lexicon))
    whole, partial = ([lesson for lesson in taught if (lesson.counts == 1.0) is full] for full in (True, False))
    assert len(whole) == 20
    assert partial
    assert all("strange 1" in lesson.features for lesson in partial)


def test_a_phrase_teaches_by_its_meanings_and_not_by_itself(lexicon: Lexicon) -> None:
    (lesson,) = learn.lessons([], SPEECHES, lexicon)
    assert lesson.want == "crisis"
    assert {"scar", "price"} <= lesson.features.keys()
    assert "says crisis" not in lesson.features


def test_the_same_is_taught_in_every_run(lexicon: Lexicon) -> None:
    cases = [example("laser price scar hello", "cost")] * 5
    assert list(learn.lessons(cases, SPEECHES, lexicon)) == list(learn.lessons(cases, SPEECHES, lexicon))


def test_what_speaks_for_a_want_weighs_for_it() -> None:
    taught = [Lesson({"laser": 1.0}, "laser", 1.0), Lesson({"price": 1.0}, "cost", 1.0)] * 20
    taught += [Lesson({"scar": 1.0}, "scars", 1.0)] * 20
    weights = Weights(pack(learn.weigh(taught)))
    judged = weights.judge({"price": 1.0})
    assert judged["cost"] > 0.8


def test_two_wants_are_learned_as_well_as_many() -> None:
    taught = [Lesson({"laser": 1.0}, "laser", 1.0), Lesson({"price": 1.0}, "cost", 1.0)] * 20
    weights = Weights(pack(learn.weigh(taught)))
    assert weights.judge({"price": 1.0})["cost"] > 0.8
    assert weights.judge({"laser": 1.0})["laser"] > 0.8


def test_letters_are_heard_from_messages_and_lists() -> None:
    heard = Letters(pack(hear([example("que es", "scars", language="es")] * 5, SPEECHES, {})))
    spoken = heard.speak(["cicatriz"])
    assert spoken["es"] > spoken["en"]


def test_a_word_that_one_language_lists_speaks_for_it_though_no_message_held_it() -> None:
    lists = {"en": {"scar", "xyz"}, "es": {"cicatriz"}}
    cases = [example("scar", "scars"), example("cicatriz", "scars", language="es")] * 5
    learned = pack(hear(cases, SPEECHES, lists))
    told, untold = Letters(learned, lists).speak(["xyz"]), Letters(learned).speak(["xyz"])
    assert told["en"] - told["es"] > untold["en"] - untold["es"]


def test_about_one_message_in_ten_is_kept_for_testing() -> None:
    cases = [example(f"message {number}", "scars") for number in range(1000)]
    assert 60 < sum(case.is_aside for case in cases) < 140


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    learned = {"always": {"scars": 0.5}, "dent+fade": {"depressed": -1.25, "duration": 2.0}}
    regression.write(learned, tmp_path / "weights.json")
    assert json.loads((tmp_path / "weights.json").read_text()) == learned


def test_every_shipped_example_names_topics_that_exist(library: Library) -> None:
    found = list(learn.examples(sorted((CONTENT / "examples").glob("*.jsonl"))))
    wants = {*library.topics, *CONTROLS, UNKNOWN}
    assert {topic for case in found for topic in case.topics} <= wants
    assert {path.stem for path in (CONTENT / "examples").glob("*.jsonl")} == set(library.languages)


def test_messages_kept_aside_are_mostly_understood(library: Library) -> None:
    found = [e for e in learn.examples(sorted((CONTENT / "examples").glob("*.jsonl"))) if e.is_aside]
    read = [(case, understand(case.text, library, case.country).best) for case in found]
    right = [best.name in case.topics and best.language in case.languages for case, best in read]
    assert len(right) > 300
    assert sum(right) > 0.85 * len(right)


def test_train_refuses_a_folder_whose_lists_are_broken(tmp_path: Path) -> None:
    (tmp_path / "keywords").mkdir()
    (tmp_path / "topics").mkdir()
    (tmp_path / "keywords" / "en.toml").write_text("common = [")
    (tmp_path / "meanings.toml").write_text("")
    result = CliRunner().invoke(main, ["train", "--folder", str(tmp_path)])
    assert result.exit_code != 0
    assert "not TOML" in result.output
    assert not (tmp_path / content.WEIGHTS).exists()


def test_a_word_of_ours_beside_one_from_outside_teaches_that_it_is_not_about_us() -> None:
    groups = {"skin": ["dent"], "treatments": ["laser"], "products": ["cream", "remedy"], "outside": ["vehicle"]}
    taught = list(learn.elsewhere(groups))
    assert {lesson.want for lesson in taught} == {"unknown"}
    assert ["dent+vehicle" in lesson.features for lesson in taught] == [True, False, False]
