"""What a text wants and in which language: the labelled messages, the words of law, and the traps."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import content
from bot.content import Library
from bot.model import CONTROLS, DANGERS
from bot.understand import understand

FOLDER = Path(__file__).parent / "messages"
FILES = sorted(FOLDER.glob("*.jsonl"))
LABELLED = [json.loads(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
LIBRARY = content.load()
ANSWERABLE = {*LIBRARY.topics, *CONTROLS, "unknown"}
SAFETY = {"crisis", "urgent", "stop"}


def _is_right(case: dict[str, list[str]]) -> bool:
    best = understand(str(case["text"]), LIBRARY, str(case["country"])).best
    return best.name in case["topics"] and best.language in case["langs"]


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_most_labelled_messages_are_understood(language: str) -> None:
    cases = [case for case in LABELLED if case["id"].rsplit("-", 1)[0] == language]
    answerable = [case for case in cases if ANSWERABLE & set(case["topics"])]
    wrong = [case["id"] for case in answerable if not _is_right(case)]
    assert len(answerable) >= 15
    assert len(wrong) <= len(answerable) * 0.4, wrong


def test_of_all_labelled_messages_at_least_five_in_six_are_understood() -> None:
    right = sum(map(_is_right, LABELLED))
    assert right >= len(LABELLED) * 5 / 6


@pytest.mark.parametrize(
    "case", [case for case in LABELLED if case["topics"][0] in SAFETY], ids=lambda case: case["id"]
)
def test_a_labelled_message_of_danger_or_stop_is_never_missed(case: dict[str, list[str]]) -> None:
    assert understand(str(case["text"]), LIBRARY, str(case["country"])).best.name in case["topics"]


# 47 CFR 64.1200(a)(10) names these seven as revoking consent; the rest are Twilio's, and habits.
@pytest.mark.parametrize("form", ["{}", "{}.", "  {} ", "“{}”", "{} please", "{}🛑", "{0} {0}"])
@pytest.mark.parametrize(
    "word",
    [
        "stop",
        "QUIT",
        "end",
        "revoke",
        "opt out",
        "cancel",
        "unsubscribe",
        "STOPALL",
        "optout",
    ],
)
def test_a_word_that_revokes_consent_is_a_stop(word: str, form: str, library: Library) -> None:
    best = understand(form.format(word), library, "US").best
    assert (best.name, best.exact) == ("stop", True)


@pytest.mark.parametrize(
    "text",
    [
        "ＳＴＯＰ",
        "Stop texting me",
        "please opt me out",
        "ARRÊT",
        "arret",
        "BAJA",
        "no me escriban más",
        "ALTO",
        "توقف",
        "إلغاء الاشتراك",
        "बंद करो",
        "message band karo",
        "退订",
        "TD",
        "别再发了",
        "ne m'envoyez plus de messages",
    ],
)
def test_a_stop_of_any_served_language_is_a_stop(text: str, library: Library) -> None:
    # Twilio always tells a country; where it is not known, alto may be Portuguese for tall.
    assert understand(text, library, "US").best.name == "stop"


@pytest.mark.parametrize(
    "text",
    [
        "how do I stop scarring",
        "will it stop hurting?",
        "cancel my appointment",
        "end result of laser",
        "cystic acne won't stop",
        "cómo paro las cicatrices",
        "comment arrêter de percer mes boutons",
        "怎么停止长痘",
        "मुंहासे कैसे बंद करें",
    ],
)
def test_to_stop_something_else_is_no_stop(text: str, library: Library) -> None:
    assert understand(text, library).best.name != "stop"


@pytest.mark.parametrize(
    "text",
    [
        "i want to die",
        "I dont want to live anymore",
        "kil myself",
        "quiero morirme",
        "ya no quiero vivir",
        "je veux mourir",
        "j'ai envie d'en finir avec la vie",
        "اريد ان اموت",
        "مش عايز اعيش",
        "3ayez amoot",
        "मैं मरना चाहता हूँ",
        "marna chahta hu",
        "jeena nahi chahti",
        "我不想活了",
        "想死",
        "bu xiang huo le",
        "自杀",
        "my son says he wants to kill himself",
    ],
)
def test_words_of_suicide_are_heard_in_any_spelling(text: str, library: Library) -> None:
    assert understand(text, library, "US").best.name == "crisis"


@pytest.mark.parametrize(
    "text",
    [
        "my throat is closing up",
        "face swollen and fever",
        "cant breathe after the cream",
        "no puedo respirar y tengo la cara hinchada",
        "je n'arrive plus à respirer",
        "مش قادر اتنفس",
        "وجهي متورم وعندي حرارة",
        "सांस नहीं आ रही",
        "chehra sooj gaya bukhar hai",
        "脸肿了喘不上气",
        "发烧流脓",
    ],
)
def test_words_of_an_emergency_are_heard(text: str, library: Library) -> None:
    assert understand(text, library).best.name == "urgent"


@pytest.mark.parametrize(
    "text",
    [
        "it kills me how much it costs",
        "im dying to know what works",
        "my phone died",
        "i'm scared of needles",
        "what is a grape",
        "this pain in my knee",
        "the car needs paint",
        "me muero de hambre",
        "je meurs de faim",
        "笑死我了",
        "热死了",
        "भूख से मर रहा हूँ",
    ],
)
def test_everyday_words_of_death_raise_no_alarm(text: str, library: Library) -> None:
    assert understand(text, library).best.name not in ("crisis", "urgent")


@pytest.mark.parametrize(
    "text",
    [
        "laser printer toner",
        "I peeled an orange",
        "scar on my knee from surgery",
        "pizza near me",
        "weather tomorrow",
        "who won the match",
        "impresora láser",
        "météo demain",
        "طقس اليوم",
        "कल का मौसम",
        "明天天气怎么样",
        "asdfgh",
        "lol",
        "??",
        "https://example.com/win",
    ],
)
def test_what_is_about_something_else_gets_no_topic(text: str, library: Library) -> None:
    assert understand(text, library).best.name not in library.topics


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("I had stopped, can I get the texts again", "start"),
        ("เคยยกเลิกไป ขอรับข้อความใหม่อีกรอบครับ", "start"),
        ("jangan kirim pesan lagi", "stop"),
    ],
)
def test_whoever_had_stopped_may_begin_again_and_a_refusal_is_no_beginning(
    text: str, want: str, library: Library
) -> None:
    assert understand(text, library).best.name == want


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("I don't want to be reminded", "US"),
        ("nie chcę przypomnienia", "PL"),
        ("tidak mau pengingat", "ID"),
        ("pa bezwen fè m sonje", "HT"),
        ("elle se sent mal dans sa peau à cause des boutons", "FR"),
        ("mwen pa ka domi byen", "HT"),
    ],
)
def test_words_that_any_refusal_holds_alarm_nobody(text: str, country: str, library: Library) -> None:
    assert understand(text, library, country).best.name not in DANGERS


@pytest.mark.parametrize(
    ("text", "country", "language"),
    [
        ("I don't understand English, Spanish please", "US", "es"),
        ("no entiendo ingles, en espanol", "US", "es"),
        ("bahasa arab", "ID", "ar"),
        ("English mein bta dein urdu nahi aati", "PK", "en"),
    ],
)
def test_of_two_languages_the_one_named_last_and_not_denied_is_asked_for(
    text: str, country: str, language: str, library: Library
) -> None:
    best = understand(text, library, country).best
    assert (best.name, best.language) == ("language", language)


@pytest.mark.parametrize(
    ("text", "country"), [("ये नंबर काम कैसे करता है", "IN"), ("how does this work", "US"), ("what can you do?", "US")]
)
def test_a_control_said_in_listed_words_and_no_others_is_sure(text: str, country: str, library: Library) -> None:
    best = understand(text, library, country).best
    assert (best.name, best.sure) == ("menu", 1.0)


@pytest.mark.parametrize(
    ("text", "country"), [("occhi gonfi di sonno", "IT"), ("cut myself shaving again", "US"), ("笑得我喘不上气", "CN")]
)
def test_a_danger_within_a_longer_form_of_something_else_alarms_nobody(
    text: str, country: str, library: Library
) -> None:
    assert understand(text, library, country).best.name == "unknown"


@pytest.mark.parametrize("text", ["ขอยกเลิกนัดวันศุกร์ค่ะ", "ยกเลิกตั๋วเครื่องบินยังไง"])
def test_one_word_of_thai_within_a_text_stops_nothing(text: str, library: Library) -> None:
    assert understand(text, library, "TH").best.name != "stop"
    assert understand("ยกเลิก", library, "TH").best.exact


def test_a_control_of_several_words_is_answered_in_the_language_that_lists_it(library: Library) -> None:
    best = understand("in shomare male chie", library, "IR").best
    assert (best.name, best.language) == ("menu", "fa")


def test_a_danger_that_is_all_of_a_text_is_answered_in_its_own_language(library: Library) -> None:
    best = understand("jukgo sipeo", library, "US").best
    assert (best.name, best.language) == ("crisis", "ko")


def test_a_danger_said_amid_another_language_is_answered_in_that(library: Library) -> None:
    best = understand("yaar main bahut pareshan hu ab i want to die", library, "IN").best
    assert (best.name, best.language) == ("crisis", "hi")


def test_every_decision_can_be_shown_as_words_of_the_text(library: Library) -> None:
    reading = understand("why do pimples leave holes in my face", library, "US")
    assert reading.best.why
    assert set(reading.best.why) <= {"why", "do", "pimples", "leave", "holes", "in", "my", "face"}
    assert reading.others


def test_the_talk_so_far_decides_where_the_words_do_not(library: Library) -> None:
    assert understand("laser", library, "US", talk="es").best.language == "es"
    assert understand("laser", library, "US").best.language == "en"
    assert understand("laser", library, "MX").best.language == "es"


@settings(max_examples=300)
@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    best = understand(text, LIBRARY, "US").best
    assert 0 <= best.sure <= 1
    assert best.language in LIBRARY.languages


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1600,
        "é" * 10000,
        "e" + "\u0301" * 10000,
        "疤" * 1600,
        "\ud800 lone",
        "\x00\x07",
        " ".join(["scar"] * 800),
        "👩🏽‍⚕️" * 400,
    ],
)
def test_extreme_texts_are_answered(text: str, library: Library) -> None:
    assert understand(text, library).best.language


def test_the_same_text_is_read_the_same_in_every_process() -> None:
    asked = "\n".join(json.dumps({"text": case["text"], "country": case["country"]}) for case in LABELLED)
    command = [Path(sys.executable).with_name("skinline"), "understand", "--jsonl"]
    answers = {
        subprocess.run(
            command,
            input=asked,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1
