"""The pages on which staff read what was not understood, decide, try a keyword and teach it."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, select
from werkzeug.test import TestResponse

from bot import database
from bot.tables import taught, unanswered

TEXTS = [
    ("en", "do you offer zorbaflexing"),
    ("en", "do u offer zorbaflexing?"),
    ("en", "can my dog come"),
    ("ar", "هل …"),
]
LESSON = {"phrase": "Zorbaflex*", "topic": "laser", "language": "en"}


@pytest.fixture
def engine(client: FlaskClient, tmp_path: Path) -> Engine:
    """The database of the program, with texts in it."""
    opened = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    with opened.begin() as connection:
        day = date(2026, 5, 1).isoformat()
        connection.execute(insert(unanswered), [{"day": day, "language": lang, "text": text} for lang, text in TEXTS])
    return opened


def post(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    with client.session_transaction() as session:
        session["token"] = "a token"
    return client.post(path, data={"token": "a token", **fields})


def shown(client: FlaskClient, path: str = "/unanswered") -> list[str]:
    page = client.get(path).text
    (groups,) = re.findall(r'<ul class="groups">(.*?)\n</ul>', page, re.DOTALL) or [""]
    return [unescape(text) for text in re.findall(r'<p>\s*<q dir="auto" lang="\w+">(.*?)</q>', groups)]


def verdicts(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(select(unanswered.c.verdict).order_by(unanswered.c.id)).scalars())


def lessons(engine: Engine) -> list[tuple[str, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(select(taught.c.language, taught.c.topic, taught.c.phrase))
        return [tuple(row) for row in rows]


def test_alike_texts_stand_together_the_most_frequent_first(client: FlaskClient, engine: Engine) -> None:
    assert shown(client) == [TEXTS[1][1], TEXTS[3][1], TEXTS[2][1]]
    assert "1 other wording" in client.get("/unanswered").text


def test_one_language_can_be_looked_at(client: FlaskClient, engine: Engine) -> None:
    assert shown(client, "/unanswered?language=ar") == [TEXTS[3][1]]
    assert shown(client, "/unanswered?language=tlh") == []


def test_a_text_tells_its_script_and_nearest_topic(client: FlaskClient, engine: Engine) -> None:
    with engine.begin() as connection:
        rows = [{"day": "2026-05-01", "language": "en", "text": text} for text in ("do i have to zorb it", "laser")]
        connection.execute(insert(unanswered), rows)
    page = client.get("/unanswered").text
    assert "Arabic script" in page
    assert "nearest topic: How long it takes" in page
    assert "understood today as: Laser treatment" in page
    assert "This text is understood as “Laser treatment” today." in client.get("/unanswered/keyword?text=6").text


@pytest.mark.parametrize("verdict", ["out_of_scope", "to_write"])
def test_a_group_is_decided_at_once_and_may_be_decided_again(client: FlaskClient, engine: Engine, verdict: str) -> None:
    assert post(client, "/unanswered", texts="1,2", verdict=verdict).status_code == 303
    assert verdicts(engine) == [verdict, verdict, "", ""]
    assert shown(client, f"/unanswered?verdict={verdict}") == [TEXTS[1][1]]
    post(client, "/unanswered", texts="1,2", verdict="")
    assert verdicts(engine) == ["", "", "", ""]


def test_a_keyword_is_tried_and_nothing_is_taught(client: FlaskClient, engine: Engine) -> None:
    page = client.get("/unanswered/keyword", query_string={**LESSON, "text": "1"}).text
    assert "A patient wrote:" in page
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, re.DOTALL)
    assert len(rows) == 2
    assert all("Laser" in row and "better" in row for row in rows)
    assert lessons(engine) == []


def test_a_keyword_that_is_taught_answers_at_once_and_settles_its_texts(client: FlaskClient, engine: Engine) -> None:
    assert post(client, "/unanswered/keyword", **LESSON).status_code == 303
    assert lessons(engine) == [("en", "laser", "zorbaflex*")]
    assert verdicts(engine) == ["taught", "taught", "", ""]
    replied = post(client, "/", who="a", text="zorbaflexing").text
    assert "<dd>Laser treatment <span" in replied
    assert "zorbaflex*" in client.get("/unanswered").text


def test_a_keyword_may_be_taken_away(client: FlaskClient, engine: Engine) -> None:
    post(client, "/unanswered/keyword", **LESSON)
    assert post(client, "/unanswered/unlearn", number="1").status_code == 303
    assert lessons(engine) == []


@pytest.mark.parametrize("phrase", ["", "...", "stop", "i want to kill myself", "ab" * 31])
def test_what_cannot_be_taught_is_not(client: FlaskClient, engine: Engine, phrase: str) -> None:
    fields = {**LESSON, "phrase": phrase}
    assert "Teach it" not in client.get("/unanswered/keyword", query_string=fields).text
    assert post(client, "/unanswered/keyword", **fields).status_code == 400
    assert lessons(engine) == []


@pytest.mark.parametrize(
    "query",
    [
        "?text=999999",
        "?text=x",
        "?text=99999999999999999999999",
        "?topic=tlh&language=en&phrase=a",
        "?language=../..&topic=laser&phrase=a",
        "?phrase=%3Cscript%3E&topic=laser&language=en",
        "?number=-1",
        "?number=99999",
        "?verdict=%3Cb%3E",
    ],
)
def test_what_no_form_would_ask_for_is_survived(client: FlaskClient, engine: Engine, query: str) -> None:
    for path in ("/unanswered", "/unanswered/keyword"):
        response = client.get(path + query)
        assert response.status_code == 200, path
        assert "<script" not in response.text
        assert "<b>" not in response.text


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "nonsense", "texts": "1"},
        {"verdict": "to_write", "texts": "x,,-1,9" * 100},
        {"verdict": "to_write", "texts": "9" * 40},
        {"verdict": "to_write"},
    ],
)
def test_a_decision_that_no_form_would_make_changes_nothing(
    client: FlaskClient, engine: Engine, fields: dict[str, str]
) -> None:
    assert post(client, "/unanswered", **fields).status_code in (303, 400)
    assert verdicts(engine) == ["", "", "", ""]


def test_with_nothing_unanswered_the_page_says_so(client: FlaskClient) -> None:
    assert "Nothing waits for you." in client.get("/unanswered").text


def test_a_hostile_text_is_shown_as_text(client: FlaskClient, engine: Engine) -> None:
    with engine.begin() as connection:
        hostile = {"day": "2026-05-01", "language": "en", "text": "</q><script>alert(1)</script>"}
        connection.execute(insert(unanswered), hostile)
    assert "<script" not in client.get("/unanswered").text
