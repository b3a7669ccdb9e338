"""Texts are said in the reader's language where its translation is up to date, and in English elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model import Clinic
from bot.phrases import LOCALES, Phrasebook, load, texts_of
from bot.problems import Refused
from bot.topics import Topic

PHRASES = {
    "our_clinic": "our clinic",
    "bye": "Bye",
    "hint": "Text MENU to {clinic} at {phone}, within {days} days.",
    "clinic_hours": "Open {hours}, {clinic}",
    "foot": "{clinic}: {phone}",
}
SPANISH = {
    "laser.title": "Láser",
    "laser.answer": "El láser ayuda a muchas personas con cicatrices.",
    "laser.more.1": "Toma unas semanas.",
    "our_clinic": "nuestra clínica",
    "bye": "Adiós",
    "hint": "Escriba MENÚ a {clinic} al {phone} en {days} días.",
    "clinic_hours": "Abierto {hours}, {clinic}",
    "foot": "{clinic}: {phone}",
}
ARABIC = {
    "laser.title": "ليزر",
    "laser.answer": "يساعد الليزر كثيرًا من الناس في علاج الندوب.",
    "laser.more.1": "يستغرق أسابيع.",
    "our_clinic": "عيادتنا",
    "bye": "وداعًا 👋",
    "hint": "أرسل MENU إلى {clinic} على {phone} خلال {days} يومًا.",
    "clinic_hours": "مفتوح {hours}، {clinic}",
    "foot": "{clinic}: {phone}",
}
LASER = Topic(
    id="laser",
    title="Laser",
    answer="A laser helps many people who have acne scars.",
    more=("It takes weeks.",),
    related=(),
    place=1,
    urgency="routine",
    sources=("A source",),
    picture="",
    reviewed=None,
)
ENGLISH = dict(texts_of(LASER)) | PHRASES
CLINIC = Clinic(name="Clara Clinic", phone="+1 555 765 4321", keep_days=90)


def entries(texts: Mapping[str, str], english: Mapping[str, str], fuzzy: Sequence[str]) -> str:
    return "".join(
        f'\n{"#, fuzzy" if name in fuzzy else "#"}\nmsgctxt "{name}"\nmsgid "{english[name]}"\nmsgstr "{text}"\n'
        for name, text in texts.items()
    )


def write_catalogues(
    folder: Path,
    code: str,
    texts: Mapping[str, str],
    english: Mapping[str, str] = ENGLISH,
    *,
    fuzzy: Sequence[str] = (),
    reviewed: str = "",
) -> Path:
    """Write both catalogues of a language; `english` is what the translator had before them."""
    place = folder / "locales" / code / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    header = f'msgid ""\nmsgstr ""\n"X-Reviewed-By: {reviewed}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    for domain in ("content", "bot"):
        own = {name: text for name, text in texts.items() if (name in PHRASES) == (domain == "bot")}
        (place / f"{domain}.po").write_text(header + entries(own, english, fuzzy), encoding="utf-8")
    return place


def write_phrases(folder: Path, phrases: Mapping[str, str] = PHRASES) -> None:
    tables = (f'[{name}]\ntext = "{text}"\nnote = ""\n' for name, text in phrases.items())
    (folder / "phrases.toml").write_text("\n".join(tables), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Build phrases and catalogues with nothing wrong in them."""
    write_phrases(tmp_path)
    write_catalogues(tmp_path, "es", SPANISH)
    write_catalogues(tmp_path, "ar", ARABIC)
    return tmp_path


def loaded(folder: Path, *languages: str, clinic: Clinic = CLINIC) -> Phrasebook:
    return load([LASER], clinic, languages, folder / "locales", folder / "phrases.toml")


def mistakes(folder: Path, *languages: str) -> list[tuple[str, str]]:
    """Load the folder, which is refused; return place and key of each mistake."""
    with pytest.raises(Refused) as refused:
        loaded(folder, *languages)
    assert all(problem.advice for problem in refused.value.problems)
    return [(str(Path(problem.where).relative_to(folder)), problem.key) for problem in refused.value.problems]


def test_a_topic_has_a_title_an_answer_and_pages() -> None:
    assert dict(texts_of(LASER)) == {
        "laser.title": "Laser",
        "laser.answer": "A laser helps many people who have acne scars.",
        "laser.more.1": "It takes weeks.",
    }


def test_every_language_that_has_catalogues_is_spoken_and_english_first(folder: Path) -> None:
    assert loaded(folder).languages == ("en", "ar", "es")


def test_languages_may_be_chosen_and_ordered(folder: Path) -> None:
    assert loaded(folder, "es", "en").languages == ("es", "en")


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("bye", "en", "Bye"),
        ("bye", "es", "Adiós"),
        ("bye", "ar", "وداعًا 👋"),
        ("laser.answer", "es", "El láser ayuda a muchas personas con cicatrices."),
        ("laser.more.1", "ar", "يستغرق أسابيع."),
        ("hint", "en", "Text MENU to Clara Clinic at +1 555 765 4321, within 90 days."),
        ("hint", "es", "Escriba MENÚ a Clara Clinic al +1 555 765 4321 en 90 días."),
        ("hint", "ar", "أرسل MENU إلى Clara Clinic على +1 555 765 4321 خلال 90 يومًا."),
    ],
)
def test_a_text_is_said_in_the_language_asked_for(folder: Path, name: str, language: str, said: str) -> None:
    assert loaded(folder).say(name, language) == said


@pytest.mark.parametrize(("language", "said"), [("en", "our clinic"), ("es", "nuestra clínica"), ("ar", "عيادتنا")])
def test_a_clinic_without_a_name_is_ours(folder: Path, language: str, said: str) -> None:
    assert said in loaded(folder, clinic=Clinic(phone="+1 555")).say("hint", language)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Our clinic: 5"), ("es", "Nuestra clínica: 5"), ("ar", "عيادتنا: 5")]
)
def test_a_text_that_begins_with_the_clinic_begins_with_a_capital(folder: Path, language: str, said: str) -> None:
    assert loaded(folder, clinic=Clinic(phone="5")).say("foot", language) == said


def test_further_words_are_filled_in_and_may_replace_the_clinics(folder: Path) -> None:
    book = loaded(folder)
    assert book.say("clinic_hours", "es", hours="{9-5}") == "Abierto {9-5}, Clara Clinic"
    assert book.say("hint", "en", days="7").endswith("within 7 days.")


def test_a_fuzzy_translation_is_not_used(folder: Path) -> None:
    write_catalogues(folder, "es", SPANISH, fuzzy=["bye"])
    book = loaded(folder)
    assert not book.has("bye", "es")
    assert book.say("bye", "es") == "Bye"
    assert book.has("bye", "ar")


def test_a_translation_of_an_english_text_that_has_changed_is_not_used(folder: Path) -> None:
    write_catalogues(folder, "es", SPANISH, ENGLISH | {"laser.answer": "A laser helped."})
    book = loaded(folder)
    assert not book.has("laser.answer", "es")
    assert book.say("laser.answer", "es") == LASER.answer
    assert book.has("laser.title", "es")


def test_the_same_english_in_two_places_is_translated_in_two_ways(folder: Path) -> None:
    same = {"one": "Text", "two": "Text"}
    write_phrases(folder, PHRASES | same)
    for code, texts in (("es", SPANISH), ("ar", ARABIC)):
        place = write_catalogues(folder, code, texts)
        with (place / "bot.po").open("a", encoding="utf-8") as file:
            file.write(entries({"one": "Escriba", "two": "Texto"}, same, fuzzy=()))
    book = loaded(folder)
    assert (book.say("one", "es"), book.say("two", "es")) == ("Escriba", "Texto")


@pytest.mark.parametrize("name", ["bye", "laser.answer"])
@pytest.mark.parametrize("texts", [{}, {"bye": "", "laser.answer": ""}], ids=["absent", "empty"])
def test_a_missing_translation_is_refused(folder: Path, name: str, texts: dict[str, str]) -> None:
    kept = {key: text for key, text in SPANISH.items() if key != name}
    write_catalogues(folder, "es", kept | ({name: texts[name]} if texts else {}))
    assert mistakes(folder) == [("locales/es/LC_MESSAGES", name)]


def test_a_language_left_out_may_be_unfinished(folder: Path) -> None:
    write_catalogues(folder, "es", {"bye": "Adiós"})
    assert loaded(folder, "en", "ar").languages == ("en", "ar")


@pytest.mark.parametrize(
    ("name", "text", "file"),
    [
        pytest.param("hint", "Escriba a {clinica} al {phone} en {days} días.", "bot", id="a translated word"),
        pytest.param("hint", "Escriba a {clinic}.", "bot", id="a word lost"),
        pytest.param("bye", "Adiós de {clinic}", "bot", id="a word added"),
        pytest.param("laser.answer", "El láser de {clinic}", "content", id="in a topic"),
    ],
)
def test_other_words_in_braces_than_in_english_are_refused(folder: Path, name: str, text: str, file: str) -> None:
    write_catalogues(folder, "es", SPANISH | {name: text})
    assert mistakes(folder) == [(f"locales/es/LC_MESSAGES/{file}.po", name)]


def test_the_words_in_braces_that_are_wanted_are_told(folder: Path) -> None:
    write_catalogues(folder, "es", SPANISH | {"clinic_hours": "Abierto"})
    with pytest.raises(Refused, match="clinic, hours"):
        loaded(folder)


def test_words_in_braces_may_change_places(folder: Path) -> None:
    write_catalogues(folder, "es", SPANISH | {"clinic_hours": "{clinic}: {hours}"})
    assert loaded(folder).say("clinic_hours", "es", hours="9-5") == "Clara Clinic: 9-5"


def test_a_wrong_translation_that_is_fuzzy_is_no_mistake(folder: Path) -> None:
    write_catalogues(folder, "es", SPANISH | {"hint": "Escriba."}, fuzzy=["hint"])
    assert loaded(folder).say("hint", "es").startswith("Text MENU")


BROKEN = [
    pytest.param("{} {clinic}", id="nothing in braces"),
    pytest.param("{clinic} {", id="a brace left open"),
    pytest.param("{clinic} }", id="a brace never opened"),
    pytest.param("{clinic} {0}", id="a number"),
    pytest.param("{clinic!x}", id="a conversion"),
    pytest.param("{clinic:>5q}", id="a format"),
    pytest.param("{clinic.nome}", id="an attribute"),
    pytest.param("{clinic} {la clínica}", id="two words"),
    pytest.param("{clinic} {{", id="doubled"),
]


@pytest.mark.parametrize("text", BROKEN)
def test_braces_around_no_single_word_are_refused_in_a_translation(folder: Path, text: str) -> None:
    write_phrases(folder, PHRASES | {"from": "From {clinic}"})
    place = write_catalogues(folder, "es", SPANISH)
    with (place / "bot.po").open("a", encoding="utf-8") as file:
        file.write(entries({"from": text}, {"from": "From {clinic}"}, fuzzy=()))
    with pytest.raises(Refused) as refused:
        loaded(folder, "en", "es")
    assert [(Path(each.where).name, each.key) for each in refused.value.problems] == [("bot.po", "from")]


@pytest.mark.parametrize("text", BROKEN)
def test_braces_around_no_single_word_are_refused_in_english(folder: Path, text: str) -> None:
    write_phrases(folder, PHRASES | {"bye": text})
    assert mistakes(folder) == [("phrases.toml", "bye")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("bye", "Bye from {klinic}", id="a misspelled word"),
        pytest.param("bye", "Bye until {hours}", id="a word of another text"),
        pytest.param("clinic_hours", "Open {hours}, see {url}", id="one of its own and one of another"),
    ],
)
def test_words_in_braces_that_nobody_fills_are_refused(folder: Path, name: str, text: str) -> None:
    write_phrases(folder, PHRASES | {name: text})
    assert mistakes(folder) == [("phrases.toml", name)]


def test_the_words_that_may_stand_in_braces_are_told(folder: Path) -> None:
    write_phrases(folder, PHRASES | {"clinic_hours": "Open {ours}"})
    with pytest.raises(Refused, match=r"{clinic}, {days}, {hours}, {phone}"):
        loaded(folder, "en")


def test_words_in_braces_that_nobody_fills_are_refused_in_a_topic(folder: Path) -> None:
    write_catalogues(folder, "es", SPANISH | {"laser.more.1": "Pregunte en {clinica}."})
    asking = replace(LASER, more=("Ask {klinic}.",))
    with pytest.raises(Refused) as refused:
        load([asking], CLINIC, ("en", "es"), folder / "locales", folder / "phrases.toml")
    assert [(each.where, each.key) for each in refused.value.problems] == [
        (str(folder / "topics" / "laser.toml"), "laser.more.1")
    ]


@pytest.mark.parametrize("domain", ["bot", "content"])
def test_a_missing_catalogue_is_refused_once(folder: Path, domain: str) -> None:
    path = folder / "locales" / "es" / "LC_MESSAGES" / f"{domain}.po"
    path.unlink()
    assert mistakes(folder) == [(f"locales/es/LC_MESSAGES/{domain}.po", "")]


def test_a_broken_catalogue_is_refused(folder: Path) -> None:
    path = folder / "locales" / "ar" / "LC_MESSAGES" / "bot.po"
    path.write_text(path.read_text(encoding="utf-8") + "\n>>>>>>> theirs\n", encoding="utf-8")
    assert mistakes(folder) == [("locales/ar/LC_MESSAGES/bot.po", "")]


def test_a_language_without_catalogues_is_refused(folder: Path) -> None:
    assert mistakes(folder, "en", "th") == [
        (f"locales/th/LC_MESSAGES/{domain}.po", "") for domain in ("content", "bot")
    ]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        pytest.param('[bye]\ntext = "Bye"', "bye", id="no note"),
        pytest.param('[bye]\nnote = ""', "bye", id="no text"),
        pytest.param('[bye]\ntext = 5\nnote = ""', "bye", id="a number for a text"),
        pytest.param('bye = "Bye"', "bye", id="a text for a table"),
        pytest.param("[bye", "", id="no TOML"),
    ],
)
def test_phrases_with_a_mistake_are_refused(folder: Path, line: str, key: str) -> None:
    (folder / "phrases.toml").write_text(f"{line}\n", encoding="utf-8")
    assert mistakes(folder, "en") == [("phrases.toml", key)]


def test_missing_phrases_are_refused(folder: Path) -> None:
    (folder / "phrases.toml").unlink()
    assert mistakes(folder, "en") == [("phrases.toml", "")]


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    write_catalogues(folder, "es", SPANISH | {"bye": "", "hint": "Escriba."})
    (folder / "locales" / "ar" / "LC_MESSAGES" / "content.po").unlink()
    write_phrases(folder, PHRASES)
    with (folder / "phrases.toml").open("a", encoding="utf-8") as file:
        file.write("\n[broken]\n")
    assert set(mistakes(folder)) == {
        ("phrases.toml", "broken"),
        ("locales/es/LC_MESSAGES/bot.po", "hint"),
        ("locales/es/LC_MESSAGES", "bye"),
        ("locales/ar/LC_MESSAGES/content.po", ""),
    }


def test_whoever_reviewed_a_language_is_known(folder: Path) -> None:
    write_catalogues(folder, "es", SPANISH, reviewed="Dra. Íñiguez")
    assert loaded(folder).reviewed == {"en": "", "ar": "", "es": "Dra. Íñiguez"}


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        pytest.param("A laser helps many people who have acne scars.", True, id="a text of ours"),
        pytest.param("A LASER HELPS MANY PEOPLE WHO", True, id="its beginning, in capitals"),
        pytest.param("A laser helps many people who are not us", True, id="its beginning, going on otherwise"),
        pytest.param("El laser ayuda a muchas personas", True, id="another language, without accents"),
        pytest.param("يساعد الليزر كثيرًا من الناس", True, id="another script"),
        pytest.param("A laser helps many", False, id="too little of it"),
        pytest.param("Yes: A laser helps many people who have acne scars.", False, id="not at the beginning"),
        pytest.param("Bye", False, id="a short text could be anyone's"),
        pytest.param("Text MENU to Clara Clinic at +1 555 765 4321", False, id="a short text before the clinic's name"),
        pytest.param("does a laser help people who have acne scars?", False, id="someone's question"),
        pytest.param("疤痕", False, id="a word"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_text_that_begins_as_one_of_ours_is_ours(folder: Path, text: str, ours: bool) -> None:
    assert loaded(folder).is_ours(text) is ours


def test_english_texts_are_ours_even_where_english_is_not_served(folder: Path) -> None:
    assert loaded(folder, "es").is_ours(LASER.answer)


def test_the_real_texts_are_in_order(book: Phrasebook) -> None:
    assert set(book.languages) == {"en", *(path.name for path in LOCALES.iterdir() if path.is_dir())}
    assert book.say("scars.title", "en") in book.english.values()


def test_every_real_text_can_be_said_in_every_language(book: Phrasebook) -> None:
    values = dict.fromkeys(("address", "date", "hours", "line", "url"), "x")
    for language in book.languages:
        for name in book.english:
            assert book.say(name, language, **values).strip()


def test_whoever_texts_the_question_on_the_poster_is_no_machine(book: Phrasebook) -> None:
    asked = [book.say("poster_headline", language) for language in book.languages]
    assert [text for text in asked if book.is_ours(text)] == []
