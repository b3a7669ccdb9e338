"""Settings are read once, from the environment and `.env`, and every mistake in them is reported at once."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from bot import settings
from bot.problems import Problem, Refused
from bot.settings import Settings, from_environment, help_lines, read

ACCOUNT = {
    "TWILIO_ACCOUNT_SID": "AC0123456789abcdef0123456789abcdef",
    "TWILIO_AUTH_TOKEN": "a-token",
    "PUBLIC_URL": "https://line.clinic.example",
    "SECRET_KEY": "k" * 32,
}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have settings of their own."""
    for name, _, _ in help_lines():
        monkeypatch.delenv(name, raising=False)


def problems(environment: dict[str, str]) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read(environment)
    return refused.value.problems


def keys(environment: dict[str, str]) -> set[str]:
    return {problem.key for problem in problems(environment)}


def env_file(folder: Path, *lines: str) -> Path:
    (folder / ".env").write_text("\n".join(lines), encoding="utf-8")
    return folder


def refusal(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        from_environment(folder)
    return refused.value.problems


def test_nothing_set_is_enough_for_trying_out() -> None:
    assert read({}) == Settings()
    assert not Settings().is_live


def test_a_setting_is_read_from_its_name_in_capitals_without_blanks_around_it() -> None:
    assert read({"CLINIC_NAME": "  عيادة كلارا 🌱 "}).clinic_name == "عيادة كلارا 🌱"


def test_an_empty_setting_counts_as_not_set() -> None:
    assert read({"KEEP_DAYS": "", "DATABASE_URL": "   ", "TWILIO_ACCOUNT_SID": ""}) == Settings()


def test_settings_cannot_be_changed_once_read() -> None:
    with pytest.raises(FrozenInstanceError):
        read({}).keep_days = 1  # type: ignore[misc]


def test_an_account_with_all_that_it_needs_is_live() -> None:
    wanted = read(ACCOUNT)
    assert wanted.is_live
    assert wanted.twilio_auth_token == ("a-token",)


@pytest.mark.parametrize("missing", ["TWILIO_AUTH_TOKEN", "PUBLIC_URL", "SECRET_KEY"])
def test_an_account_without_one_of_what_it_needs_is_refused(missing: str) -> None:
    found = problems({name: value for name, value in ACCOUNT.items() if name != missing})
    assert [(problem.key, problem.advice) for problem in found] == [
        (missing, "missing; needed as soon as TWILIO_ACCOUNT_SID is set")
    ]


def test_an_account_alone_is_told_all_that_is_missing() -> None:
    alone = {"TWILIO_ACCOUNT_SID": ACCOUNT["TWILIO_ACCOUNT_SID"]}
    assert keys(alone) == {"TWILIO_AUTH_TOKEN", "PUBLIC_URL", "SECRET_KEY"}


def test_while_rotating_both_tokens_are_read() -> None:
    assert read({**ACCOUNT, "TWILIO_AUTH_TOKEN": "old, new"}).twilio_auth_token == ("old", "new")


def test_all_mistakes_are_reported_at_once() -> None:
    wrong = {
        "KEEP_DAYS": "soon",
        "CLINIC_COUNTRY": "México",
        "PUBLIC_URL": "line.clinic.example",
        "TWILIO_ACCUONT_SID": "AC",
        "SECRET_KEY": "short",
        "STAFF_PASSWORD": "short",
    }
    assert keys(wrong) == set(wrong)


def test_a_refusal_has_one_line_for_each_mistake() -> None:
    with pytest.raises(Refused) as refused:
        read({"KEEP_DAYS": "soon", "CLINIC_COUNTRY": "USA"})
    assert sorted(str(refused.value).splitlines()) == [
        "settings: CLINIC_COUNTRY: write the two letters of the country, such as US or MX",
        "settings: KEEP_DAYS: write a number of days from 1 to 3650",
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("TWILIO_AUTH_TOKN", "TWILIO_AUTH_TOKEN"),
        ("TWILIO_ACCOUNT_ID", "TWILIO_ACCOUNT_SID"),
        ("CLINIC_FONE", "CLINIC_PHONE"),
        ("CLINIC_ADRESS", "CLINIC_ADDRESS"),
        ("TWILIO_HANDLE_STOP", "TWILIO_HANDLES_STOP"),
    ],
)
def test_a_misspelled_name_is_refused_and_the_right_one_suggested(written: str, meant: str) -> None:
    assert [str(problem) for problem in problems({written: "x"})] == [
        f"settings: {written}: no such setting; did you mean {meant}?"
    ]


def test_a_name_of_ours_that_resembles_nothing_is_to_be_removed() -> None:
    assert [problem.advice for problem in problems({"SKINLINE_ZZZ": "x"})] == ["no such setting; remove it"]


def test_variables_of_other_programs_are_left_alone() -> None:
    assert read({"PATH": "/bin", "LANGUAGE": "en_US", "KEEP_DAY": "x"}) == Settings()


@pytest.mark.parametrize(
    ("name", "too_short", "enough"),
    [("SECRET_KEY", "k" * 31, "k" * 32), ("STAFF_PASSWORD", "p" * 11, "p" * 12)],
)
def test_a_secret_has_a_least_length(name: str, too_short: str, enough: str) -> None:
    assert keys({name: too_short}) == {name}
    assert getattr(read({name: enough}), name.lower()) == enough


def test_a_refusal_never_repeats_a_secret() -> None:
    wrong = {**ACCOUNT, "SECRET_KEY": "hush-hush", "STAFF_PASSWORD": "pst", "PUBLIC_URL": "x", "KEEP_DAYS": "0"}
    said = "\n".join(map(str, problems(wrong)))
    assert not [secret for secret in ("hush-hush", "pst", "a-token") if secret in said]


def test_the_default_language_must_be_one_of_those_served() -> None:
    assert keys({"LANGUAGES": "es,fr"}) == {"DEFAULT_LANGUAGE"}
    assert read({"LANGUAGES": "es,fr", "DEFAULT_LANGUAGE": "fr"}).default_language == "fr"


def test_a_language_that_there_is_not_makes_no_mistake_of_the_default() -> None:
    assert keys({"LANGUAGES": "en,xx"}) == {"LANGUAGES"}


def test_the_texts_learn_what_the_clinic_says_of_itself() -> None:
    clinic = read({"CLINIC_NAME": "क्लारा", "CLINIC_COUNTRY": "in", "KEEP_DAYS": "30"}).clinic
    assert (clinic.name, clinic.country, clinic.keep_days) == ("क्लारा", "IN", 30)


def test_the_file_env_is_read(tmp_path: Path) -> None:
    folder = env_file(tmp_path, "KEEP_DAYS=30", 'CLINIC_NAME="诊所 คลินิก 🌱"')
    found = from_environment(folder)
    assert (found.keep_days, found.clinic_name) == (30, "诊所 คลินิก 🌱")


def test_without_the_file_env_the_environment_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEEP_DAYS", "7")
    assert from_environment(tmp_path).keep_days == 7


def test_the_environment_goes_before_the_file_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEEP_DAYS", "7")
    assert from_environment(env_file(tmp_path, "KEEP_DAYS=30")).keep_days == 7


def test_the_file_env_of_the_working_folder_is_the_one_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(env_file(tmp_path, "KEEP_DAYS=30"))
    assert from_environment().keep_days == 30


def test_any_unknown_name_in_the_file_env_is_refused_with_the_file_and_the_right_name(tmp_path: Path) -> None:
    found = refusal(env_file(tmp_path, "KEEP_DAY=30", "DATABSE_URL=x", "CLINIC_NAME=Clara"))
    assert [str(problem) for problem in found] == [
        f"{tmp_path / '.env'}: KEEP_DAY: no such setting; did you mean KEEP_DAYS?",
        f"{tmp_path / '.env'}: DATABSE_URL: no such setting; did you mean DATABASE_URL?",
    ]


@pytest.mark.parametrize("written", ["keep_days", "Keep_Days", "twilio_auth_token"])
def test_a_setting_in_small_letters_in_the_file_env_is_refused_and_the_capitals_suggested(
    tmp_path: Path, written: str
) -> None:
    assert [str(problem) for problem in refusal(env_file(tmp_path, f"{written}=30"))] == [
        f"{tmp_path / '.env'}: {written}: no such setting; did you mean {written.upper()}?"
    ]


def test_a_name_of_ours_in_small_letters_is_refused_and_the_capitals_suggested() -> None:
    assert [str(problem) for problem in problems({"twilio_auth_token": "x"})] == [
        "settings: twilio_auth_token: no such setting; did you mean TWILIO_AUTH_TOKEN?"
    ]


def test_an_unknown_name_in_the_file_env_hides_no_other_mistake_and_is_told_once(tmp_path: Path) -> None:
    found = refusal(env_file(tmp_path, "TWILIO_AUTH_TOKN=x", "KEEP_DAYS=soon", "CLINIC_COUNTRY=USA"))
    assert sorted(problem.key for problem in found) == ["CLINIC_COUNTRY", "KEEP_DAYS", "TWILIO_AUTH_TOKN"]


@pytest.mark.parametrize("content", [b"CLINIC_NAME=Cl\xednica", "KEEP_DAYS=30".encode("utf-16")], ids=["1252", "16"])
def test_a_file_env_in_another_encoding_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".env").write_bytes(content)
    (problem,) = refusal(tmp_path)
    assert (problem.where, problem.key) == (str(tmp_path / ".env"), "")
    assert "save it as UTF-8" in problem.advice


def test_a_file_env_with_the_mark_that_windows_sets_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("KEEP_DAYS=30", encoding="utf-8-sig")
    assert from_environment(tmp_path).keep_days == 30


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("these are hush-hush notes", id="words"),
        pytest.param("KEEP_DAYS", id="a name alone"),
        pytest.param("SECRET_KEY hush-hush", id="no sign between"),
        pytest.param("=hush-hush", id="no name"),
        pytest.param("CLINIC_NAME='hush-hush", id="no closing quotation mark"),
    ],
)
def test_a_line_of_the_file_env_that_sets_nothing_is_refused_once_and_not_repeated(
    tmp_path: Path, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    (problem,) = refusal(env_file(tmp_path, "# إعدادات 设置", "", line, "CLINIC_PHONE=5"))
    assert (problem.where, problem.key) == (str(tmp_path / ".env"), "line 3")
    assert "NAME=value" in problem.advice
    assert "hush-hush" not in str(problem)
    assert not caplog.records


def test_a_line_that_sets_nothing_hides_no_other_mistake(tmp_path: Path) -> None:
    found = refusal(env_file(tmp_path, "notes", "KEEP_DAYS=soon", "KEEP_DAY=3"))
    assert sorted(problem.key for problem in found) == ["KEEP_DAY", "KEEP_DAYS", "line 1"]


def test_a_folder_of_the_name_env_is_no_file_of_settings(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert from_environment(tmp_path) == Settings()


def test_a_value_in_the_file_env_may_name_another(tmp_path: Path) -> None:
    folder = env_file(tmp_path, "CLINIC_NAME=Clara", 'CLINIC_ADDRESS="${CLINIC_NAME}, 1 Main St"')
    assert from_environment(folder).clinic_address == "Clara, 1 Main St"


def test_a_wrong_value_in_the_file_env_is_refused(tmp_path: Path) -> None:
    assert [problem.key for problem in refusal(env_file(tmp_path, "KEEP_DAYS=soon"))] == ["KEEP_DAYS"]


def test_every_setting_has_a_line_of_help_and_its_default_as_one_would_write_it() -> None:
    lines = list(help_lines())
    assert [name for name, _, _ in lines] == [each.name.upper() for each in fields(Settings)]
    assert all(help_text for _, _, help_text in lines)
    assert read({name: default for name, default, _ in lines}) == Settings()


def test_what_stands_for_a_missing_secret_says_that_it_is_none() -> None:
    assert "trying out" in settings.FOR_TRYING_OUT
