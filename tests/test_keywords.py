"""A keyword file tells what people type in one language, part by part."""

from pathlib import Path

import pytest

from bot.keywords import OUTSIDE, Keyword, Speech, read
from bot.model import CONTROLS
from bot.problems import Problem

CONTROL_LINES = "\n".join(f'{control} = ["{control}"]' for control in CONTROLS)


def file_with(folder: Path, top: str = "", topics: str = "", language: str = "en") -> Path:
    path = folder / f"{language}.toml"
    path.write_text(f"{top}\n[topics]\n{topics}\n[controls]\n{CONTROL_LINES}\n", encoding="utf-8")
    return path


def read_well(path: Path, *topics: str) -> Speech:
    problems: list[Problem] = []
    speech = read(path, topics, problems)
    assert problems == []
    return speech


def parts_of(speech: Speech, want: str) -> list[list[list[str]]]:
    return [[sorted(part) for part in keyword.parts] for keyword in speech.keywords if keyword.want == want]


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        pytest.param("scar", [["scar"]], id="one word"),
        pytest.param("Acné  MARKS", [["acne"], ["marks"]], id="two words, folded"),
        pytest.param("pit|pits|hole face", [["hole", "pit", "pits"], ["face"]], id="a choice"),
        pytest.param("pit||pits|", [["pit", "pits"]], id="empty choices do not count"),
        pytest.param("ice-pick", [["ice"], ["pick"]], id="a hyphen makes two"),
        pytest.param("c'est", [["c"], ["est"]], id="an elision makes two"),
        pytest.param("l'acne|acne", [["acne"]], id="a choice is its last word"),
        pytest.param("don’t", [["dont"]], id="a contraction is one"),
        pytest.param("痘坑", [["痘坑"]], id="Chinese is a run"),
        pytest.param("痘坑 激光", [["痘坑"], ["激光"]], id="Chinese with a space is two runs"),
        pytest.param("痘坑laser疤", [["痘坑"], ["laser"], ["疤"]], id="Latin within Chinese"),
        pytest.param("痘|痘坑 激光|laser", [["痘", "痘坑"], ["laser", "激光"]], id="Chinese choices"),
        pytest.param("สิว", [["สิว"]], id="Thai is a run"),
        pytest.param("آثار الحبوب", [["اثار"], ["الحبوب"]], id="Arabic"),
        pytest.param("गड्ढे भरना", [["गड्ढे"], ["भरना"]], id="Hindi"),
        pytest.param("scar ! pit", [["scar"], ["pit"]], id="punctuation is no part"),
        pytest.param("٣ months", [["3"], ["months"]], id="digits"),
    ],
)
def test_a_keyword_is_made_of_parts(tmp_path: Path, entry: str, parts: list[list[str]]) -> None:
    speech = read_well(file_with(tmp_path, topics=f'scars = ["{entry}"]'), "scars")
    assert parts_of(speech, "scars") == [parts]


@pytest.mark.parametrize(
    ("entry", "parts", "unless"),
    [
        pytest.param("burst -spot", [["burst"]], {"spot"}, id="one word"),
        pytest.param(
            "burst -Spot|spóts eye", [["burst"], ["eye"]], {"spot", "spots"}, id="a choice, folded, in between"
        ),
        pytest.param("burst -spot -pimple", [["burst"]], {"spot", "pimple"}, id="two words"),
        pytest.param("破了 -痘坑|疤", [["破了"]], {"痘坑", "疤"}, id="Chinese"),
        pytest.param("ice-pick", [["ice"], ["pick"]], set(), id="a hyphen within a word rules nothing out"),
    ],
)
def test_a_keyword_may_be_ruled_out(tmp_path: Path, entry: str, parts: list[list[str]], unless: set[str]) -> None:
    speech = read_well(file_with(tmp_path, topics=f'scars = ["{entry}"]'), "scars")
    assert parts_of(speech, "scars") == [parts]
    assert speech.keywords[0].unless == unless


def test_keywords_are_of_the_language_that_names_the_file(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path, topics='scars = ["疤"]', language="zh_Hans"), "scars")
    assert speech.language == "zh_Hans"
    assert Keyword("scars", "zh_Hans", (frozenset({"疤"}),)) in speech.keywords
    assert {keyword.language for keyword in speech.keywords} == {"zh_Hans"}


def test_topics_controls_and_the_outside_all_have_keywords(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path, top='outside = ["soccer"]', topics='scars = ["scar"]'), "scars")
    assert {keyword.want for keyword in speech.keywords} == {"scars", OUTSIDE, *CONTROLS}
    assert parts_of(speech, OUTSIDE) == [[["socer"]]]
    assert parts_of(speech, "stop") == [[["stop"]]]


def test_a_keyword_listed_twice_counts_once(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path, topics='scars = ["scar", "pit", "scar"]'), "scars")
    assert parts_of(speech, "scars") == [[["scar"]], [["pit"]]]


def test_common_and_polite_words_are_folded(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path, top='common = ["Más", "don\'t", "أنا", "的"]\npolite = ["PLEASE", "谢谢"]'))
    assert speech.common == {"mas", "dont", "انا", "的"}
    assert speech.polite == {"please", "谢"}


def test_phrases_before_names_stay_as_they_are_written(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path, top='names_follow = ["Me llamo", "اسمي", "我叫"]'))
    assert speech.names_follow == ("Me llamo", "اسمي", "我叫")


def test_lists_that_are_left_out_are_empty(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path))
    assert (speech.common, speech.polite, speech.names_follow) == (frozenset(), frozenset(), ())


@pytest.mark.parametrize("entry", ["", "  ", "!?", "👍", "|", "-scar", "!|? scar"])
def test_a_keyword_without_letters_is_a_problem(tmp_path: Path, entry: str) -> None:
    path = file_with(tmp_path, topics=f'scars = ["{entry}", "scar"]')
    problems: list[Problem] = []
    speech = read(path, ["scars"], problems)
    assert [(problem.where, problem.key) for problem in problems] == [(str(path), "scars")]
    assert repr(entry) in problems[0].advice
    assert parts_of(speech, "scars") == [[["scar"]]]


def test_a_file_that_is_no_toml_is_a_problem_and_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "es.toml"
    path.write_text("common = [", encoding="utf-8")
    problems: list[Problem] = []
    speech = read(path, ["scars"], problems)
    assert [(problem.where, problem.key) for problem in problems] == [(str(path), "")]
    assert speech == Speech("es", (), frozenset(), frozenset(), ())


def keys_of_problems(path: Path, *topics: str) -> list[str]:
    problems: list[Problem] = []
    read(path, topics, problems)
    assert {problem.where for problem in problems} <= {str(path)}
    assert all(problem.advice for problem in problems)
    return [problem.key for problem in problems]


@pytest.mark.parametrize(
    ("top", "key"),
    [
        pytest.param("common = 3", "common", id="a number for common words"),
        pytest.param("common = [3]", "common", id="a number among common words"),
        pytest.param("common = {a = 1}", "common", id="a table for common words"),
        pytest.param("polite = true", "polite", id="yes for polite words"),
        pytest.param("outside = 3", "outside", id="a number for what is outside"),
        pytest.param('outside = [["soccer"]]', "outside", id="a list in what is outside"),
        pytest.param("names_follow = 3", "names_follow", id="a number for phrases"),
        pytest.param("names_follow = [3]", "names_follow", id="a number among phrases"),
    ],
)
def test_a_list_of_another_shape_is_a_problem(tmp_path: Path, top: str, key: str) -> None:
    assert keys_of_problems(file_with(tmp_path, top=top)) == [key]


@pytest.mark.parametrize("value", ["3", "[3]", '"scar"', "{}", "true", "2026-11-23"])
def test_keywords_of_another_shape_are_a_problem(tmp_path: Path, value: str) -> None:
    assert keys_of_problems(file_with(tmp_path, topics=f"scars = {value}"), "scars") == ["topics.scars"]


@pytest.mark.parametrize("table", ["topics", "controls"])
@pytest.mark.parametrize("value", ['["a"]', "3", '"scars"', "[[]]"])
def test_a_table_of_another_shape_is_one_problem(tmp_path: Path, table: str, value: str) -> None:
    other = f"[controls]\n{CONTROL_LINES}" if table == "topics" else '[topics]\nscars = ["scar"]'
    path = tmp_path / "en.toml"
    path.write_text(f"{table} = {value}\n{other}\n", encoding="utf-8")
    assert keys_of_problems(path, "scars") == [table]


@pytest.mark.parametrize("want", ["scars", "crisis"])
def test_a_topic_that_nothing_leads_to_is_a_problem(tmp_path: Path, want: str) -> None:
    problems: list[Problem] = []
    read(file_with(tmp_path, topics=f"{want} = []"), [want], problems)
    assert [problem.key for problem in problems] == [f"topics.{want}"]
    assert f"nothing would be understood as {want}" in problems[0].advice


def test_a_control_that_nothing_leads_to_is_a_problem(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace('["stop"]', "[]"), encoding="utf-8")
    assert keys_of_problems(path) == ["controls.stop"]


def test_a_list_of_words_may_be_empty(tmp_path: Path) -> None:
    read_well(file_with(tmp_path, top="common = []\noutside = []\nnames_follow = []"))
