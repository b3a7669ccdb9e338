"""A keyword file tells what people type in one language: words for meanings, phrases for wants."""

from pathlib import Path

import pytest

from bot.keywords import Form, Speech, language_named, read
from bot.model import CONTROLS, DANGERS
from bot.problems import Problem

CONTROL_LINES = "\n".join(f"{control} = '''{control}'''" for control in CONTROLS)
DANGER_LINES = "\n".join(f"{danger} = '''{danger}'''" for danger in DANGERS)


def file_with(folder: Path, top: str = "", scar: str = "'''scar'''", topics: str = "", language: str = "en") -> Path:
    path = folder / f"{language}.toml"
    tables = f"[words]\nscar = {scar}\n[topics]\n{DANGER_LINES}\n{topics}\n[controls]\n{CONTROL_LINES}\n"
    path.write_text(f"{top}\n{tables}", encoding="utf-8")
    return path


def read_with(path: Path, problems: list[Problem]) -> Speech:
    return read(path, ["scar"], ["scars", *DANGERS], problems)


def read_well(path: Path) -> Speech:
    problems: list[Problem] = []
    speech = read_with(path, problems)
    assert problems == []
    return speech


def keys_of_problems(path: Path) -> list[str]:
    problems: list[Problem] = []
    read_with(path, problems)
    assert {problem.where for problem in problems} <= {str(path)}
    assert all(problem.advice for problem in problems)
    return [problem.key for problem in problems]


@pytest.mark.parametrize(
    ("entry", "keys"),
    [
        pytest.param("scar", ("scar",), id="one word"),
        pytest.param("Acné  MARKS", ("acne", "marks"), id="two words, folded"),
        pytest.param("narb*", ("narb*",), id="the beginning of a word"),
        pytest.param("*narbe*", ("*narbe*",), id="a part of a word"),
        pytest.param("*fleck", ("*fleck",), id="the end of a word"),
        pytest.param("acne scar*", ("acne", "scar*"), id="a word and a beginning"),
        pytest.param("ice-pick", ("ice", "pick"), id="a hyphen makes two"),
        pytest.param("l’acne", ("l", "acne"), id="an elision makes two"),
        pytest.param("don’t", ("dont",), id="a contraction is one"),
        pytest.param("痘坑", ("痘坑",), id="Chinese is a run"),
        pytest.param("痘坑laser疤", ("痘坑", "laser", "疤"), id="Latin within Chinese"),
        pytest.param("ニキビ跡", ("にきび跡",), id="Japanese is a run, in hiragana"),
        pytest.param("สิว", ("สิว",), id="Thai is a run"),
        pytest.param("آثار الحبوب", ("اثار", "الحبوب"), id="Arabic"),
        pytest.param("गड्ढे भरना", ("गड्ढे", "भरना"), id="Hindi"),
        pytest.param("😭", ("😭",), id="an emoji"),
        pytest.param("₹", ("₹",), id="a currency"),
        pytest.param("٣ months", ("3", "months"), id="digits"),
    ],
)
def test_a_form_is_made_of_keys(tmp_path: Path, entry: str, keys: tuple[str, ...]) -> None:
    assert read_well(file_with(tmp_path, scar=f"'''{entry}'''")).forms == (Form("scar", keys),)


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        pytest.param("old scar", [["old"], ["scar"]], id="two words"),
        pytest.param("old|new scar*", [["new", "old"], ["scar*"]], id="a choice"),
        pytest.param("want|wanna die", [["wanna", "want"], ["die"]], id="a choice of spellings"),
        pytest.param("想|要 死", [["想", "要"], ["死"]], id="Chinese choices"),
    ],
)
def test_a_phrase_is_made_of_places_with_choices(tmp_path: Path, entry: str, parts: list[list[str]]) -> None:
    speech = read_well(file_with(tmp_path, topics=f"scars = '''{entry}'''"))
    assert [[sorted(part) for part in phrase.parts] for phrase in speech.phrases if phrase.want == "scars"] == [parts]


def test_a_choice_of_several_words_is_a_phrase_of_its_own(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path, topics="scars = '''j'ai|je|ai peur'''"))
    found = [[sorted(part) for part in phrase.parts] for phrase in speech.phrases if phrase.want == "scars"]
    assert found == [[["ai", "je"], ["peur"]], [["j"], ["ai"], ["peur"]]]


def test_commas_and_line_ends_divide_a_list(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path, scar="'''scar, pit,\n  old\n  mark,,'''"))
    assert [form.keys for form in speech.forms] == [("scar",), ("pit",), ("old", "mark")]


def test_the_name_of_the_file_is_the_language(tmp_path: Path) -> None:
    assert read_well(file_with(tmp_path, scar="'''疤'''", language="zh_Hans")).language == "zh_Hans"


def test_common_and_polite_words_are_folded(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path, top="common = '''Más, don't, أنا, 的'''\npolite = '''PLEASE, 谢谢'''"))
    assert speech.common == {"mas", "dont", "انا", "的"}
    assert speech.polite == {"please", "谢谢"}


def test_phrases_before_names_stay_as_they_are_written(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path, top='names_follow = ["Me llamo", "اسمي", "我叫"]'))
    assert speech.names_follow == ("Me llamo", "اسمي", "我叫")


def test_prefixes_are_tried_the_longest_first(tmp_path: Path) -> None:
    assert read_well(file_with(tmp_path, top="prefixes = '''ال, و, وال'''")).prefixes == ("وال", "ال", "و")


def test_what_people_call_a_language_names_it(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    path.write_text(
        path.read_text(encoding="utf-8") + "[names]\nen = '''english, broken english'''\n", encoding="utf-8"
    )
    named = [form for form in read_well(path).forms if language_named(form.meaning) == "en"]
    assert [form.keys for form in named] == [("english",), ("broken", "english")]


def test_a_language_that_cldr_does_not_know_has_no_names(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + "[names]\nxx = '''elvish'''\n", encoding="utf-8")
    problems: list[Problem] = []
    read_with(path, problems)
    assert [problem.key for problem in problems] == ["names.xx"]


def test_lists_that_are_left_out_are_empty(tmp_path: Path) -> None:
    speech = read_well(file_with(tmp_path))
    assert (speech.common, speech.polite, speech.names_follow) == (frozenset(), frozenset(), ())


@pytest.mark.parametrize("entry", ["!?", "...", "*", "🏿"])
def test_an_entry_without_letters_is_a_problem(tmp_path: Path, entry: str) -> None:
    path = file_with(tmp_path, scar=f"'''scar, {entry}'''")
    problems: list[Problem] = []
    speech = read_with(path, problems)
    assert [(problem.where, problem.key) for problem in problems] == [(str(path), "words.scar")]
    assert speech.forms == (Form("scar", ("scar",)),)


def test_a_file_that_is_no_toml_is_a_problem_and_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "es.toml"
    path.write_text("common = [", encoding="utf-8")
    problems: list[Problem] = []
    speech = read_with(path, problems)
    assert [(problem.where, problem.key) for problem in problems] == [(str(path), "")]
    assert speech == Speech("es", (), (), frozenset(), frozenset(), (), ())


@pytest.mark.parametrize(
    ("top", "key"),
    [
        pytest.param("common = 3", "common", id="a number for common words"),
        pytest.param('common = ["the"]', "common", id="a list for common words"),
        pytest.param("polite = true", "polite", id="yes for polite words"),
        pytest.param("names_follow = 3", "names_follow", id="a number for phrases before names"),
        pytest.param("names_follow = [3]", "names_follow", id="a number among them"),
        pytest.param("comon = '''the'''", "comon", id="a section that does not exist"),
    ],
)
def test_a_section_of_another_shape_is_a_problem(tmp_path: Path, top: str, key: str) -> None:
    assert keys_of_problems(file_with(tmp_path, top=top)) == [key]


@pytest.mark.parametrize("value", ["3", '["scar"]', "true", "2026-11-23"])
def test_a_list_that_is_no_text_is_a_problem(tmp_path: Path, value: str) -> None:
    assert keys_of_problems(file_with(tmp_path, scar=value)) == ["words.scar"]


def test_a_meaning_or_topic_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    path = file_with(tmp_path, topics="scarz = '''scar'''")
    assert keys_of_problems(path) == ["topics.scarz"]
    path.write_text(path.read_text(encoding="utf-8").replace("[words]\n", "[words]\nscra = '''x'''\n"))
    assert keys_of_problems(path) == ["words.scra", "topics.scarz"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        pytest.param("scar = '''scar'''", "words.scar", id="a meaning"),
        pytest.param("crisis = '''crisis'''", "topics.crisis", id="a danger"),
        pytest.param("stop = '''stop'''", "controls.stop", id="a control"),
    ],
)
def test_what_must_be_listed_is_missed(tmp_path: Path, line: str, key: str) -> None:
    path = file_with(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace(f"{line}\n", ""), encoding="utf-8")
    assert keys_of_problems(path) == [key]


def test_a_list_of_nothing_is_a_problem(tmp_path: Path) -> None:
    assert keys_of_problems(file_with(tmp_path, scar="''' , '''")) == ["words.scar"]


def test_a_topic_needs_no_phrases_of_its_own(tmp_path: Path) -> None:
    assert {phrase.want for phrase in read_well(file_with(tmp_path)).phrases} == {*DANGERS, *CONTROLS}


@pytest.mark.parametrize("table", ["words", "topics", "controls"])
def test_a_table_that_is_none_is_a_problem(tmp_path: Path, table: str) -> None:
    path = tmp_path / "en.toml"
    path.write_text(f"{table} = 3\n", encoding="utf-8")
    assert table in keys_of_problems(path)


def test_a_choice_in_a_word_is_refused_because_only_phrases_have_them(tmp_path: Path) -> None:
    assert keys_of_problems(file_with(tmp_path, scar="'''old|new scar'''")) == ["words.scar"]
