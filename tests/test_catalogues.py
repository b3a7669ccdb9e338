"""Catalogues follow the English: translations stay with their names, and whoever signed stays signed."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.catalogues import header, read, update_all, updated, write
from bot.problems import Refused

HEADER = r"""# Spanish, by hand.
msgid ""
msgstr ""
"Project-Id-Version: skinline 1\n"
"Language: es\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"X-Drafted: 2026-11-23\n"
"X-Reviewed-By: Dra. Íñiguez, 皮肤科\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"""
TRANSLATED = """
msgctxt "laser.title"
msgid "Laser"
msgstr "Láser"

# Said in Mexico.
msgctxt "laser.answer"
msgid "A laser helps."
msgstr "El láser ayuda."

msgctxt "bye"
msgid "Bye"
msgstr ""

msgctxt "gone"
msgid "Laser"
msgstr "Se fue"
"""
SAME = {"laser.title": "Laser", "laser.answer": "A laser helps.", "bye": "Bye"}
CHANGED = SAME | {"laser.answer": "Nothing like the old text: 痘坑."}


def template(texts: dict[str, str], notes: tuple[str, ...] = ()) -> Catalog:
    catalogue = Catalog(domain="content")
    for name, text in texts.items():
        catalogue.add(text, context=name, auto_comments=notes)
    return catalogue


def catalogue_at(folder: Path, content: str = HEADER + TRANSLATED) -> Path:
    path = folder / "content.po"
    path.write_text(content, encoding="utf-8")
    return path


def update(path: Path, texts: dict[str, str]) -> dict[str, tuple[str, bool]]:
    """Bring the catalogue at `path` up to date; return each translation and whether it is fuzzy."""
    write(path, updated(read(path, "es"), template(texts)))
    return translations(path)


def translations(path: Path) -> dict[str, tuple[str, bool]]:
    messages = [message for message in read(path, "es") if message.id]
    return {str(message.context): (str(message.string), message.fuzzy) for message in messages}


def test_a_catalogue_is_read_in_its_language(tmp_path: Path) -> None:
    catalogue = read(catalogue_at(tmp_path), "es")
    assert (str(catalogue.locale), catalogue.domain) == ("es", "content")
    message = catalogue.get("Laser", context="laser.title")
    assert message
    assert message.string == "Láser"


def test_a_missing_catalogue_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path / "bot.po", "es")
    (problem,) = refused.value.problems
    assert problem.where == str(tmp_path / "bot.po")
    assert "make messages" in problem.advice


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<html>\xe7\x97\x98</html>", id="something else"),
        pytest.param(f"<<<<<<< ours\n{HEADER}{TRANSLATED}".encode(), id="the marks of a merge"),
        pytest.param(f"{HEADER}\nhello there\n".encode(), id="a stray line"),
        pytest.param(f'{HEADER}\nmsgctxt "a"\nmsgid "A"\n'.encode(), id="no translation line"),
        pytest.param(f"{HEADER}{TRANSLATED}".encode().replace("á".encode(), b"\xe1"), id="another encoding"),
        pytest.param(HEADER.replace("nplurals=2", "nplurals=two").encode(), id="a wrong header"),
        pytest.param((HEADER.replace("utf-8", "klingon") + TRANSLATED).encode(), id="an unknown charset"),
        pytest.param(f'{HEADER}\nmsgctxt "a"\nmsgid "A"\nmsgstr "痘\n'.encode(), id="a translation left open"),
        pytest.param(f'{HEADER}\nmsgctxt "a"\nmsgid "A\nmsgstr "痘"\n'.encode(), id="an English text left open"),
        pytest.param(f'{HEADER}\nmsgctxt "a\nmsgid "A"\nmsgstr "痘"\n'.encode(), id="a name left open"),
        pytest.param(f'{HEADER}\nmsgctxt "a"\nmsgid "A"\nmsgstr 痘\n'.encode(), id="no quotation marks"),
        pytest.param(f'{HEADER}\nmsgctxt "a"\nmsgid "A"\nmsgstr "痘\\"\n'.encode(), id="an escaped end"),
        pytest.param(f'{HEADER}\nmsgctxt "a"\nmsgid "A"\nmsgstr ""\n"痘\n'.encode(), id="a further line left open"),
        pytest.param(f'{HEADER}\nmsgctxt "a"\nmsgid "A"\nmsgstr "a"b"\n'.encode(), id="a mark in between"),
    ],
)
def test_a_broken_catalogue_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "content.po"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read(path, "es")
    (problem,) = refused.value.problems
    assert problem.where == str(path)
    assert "mend that place" in problem.advice


def test_a_line_left_open_is_told_by_its_number(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(catalogue_at(tmp_path, 'msgid ""\nmsgstr ""\n\nmsgctxt "a"\nmsgid "A"\nmsgstr "痘\n'), "es")
    assert [problem.key for problem in refused.value.problems] == ["line 6"]


@pytest.mark.parametrize("english", ["Laser", "Another text"], ids=["same text", "another text"])
def test_a_name_that_stands_twice_is_refused(tmp_path: Path, english: str) -> None:
    twin = f'\nmsgctxt "laser.title"\nmsgid "{english}"\nmsgstr "Rayo"\n'
    with pytest.raises(Refused) as refused:
        read(catalogue_at(tmp_path, HEADER + TRANSLATED + twin), "es")
    assert [(problem.key, "twice" in problem.advice) for problem in refused.value.problems] == [("laser.title", True)]


def test_what_is_commented_out_may_stand_twice_or_open(tmp_path: Path) -> None:
    old = '\n#~ msgctxt "laser.title"\n#~ msgid "Laser"\n#~ msgstr "Rayo"\n# "open\n'
    assert read(catalogue_at(tmp_path, HEADER + TRANSLATED + old), "es").get("Laser", context="laser.title")


def test_a_text_may_hold_escaped_marks_and_go_over_several_lines(tmp_path: Path) -> None:
    entry = '\nmsgctxt "a"\nmsgid "A"\nmsgstr ""\n"Di \\"sí\\"\\\\ \\n"\n"痘"\n'
    message = read(catalogue_at(tmp_path, HEADER + entry), "es").get("A", context="a")
    assert message
    assert message.string == 'Di "sí"\\ \n痘'


@pytest.mark.parametrize(
    ("line", "value"),
    [
        pytest.param(r'"X-Reviewed-By: Dra. Íñiguez\n"', "Dra. Íñiguez", id="a name"),
        pytest.param(r'"X-Reviewed-By: د. سارة\n"', "د. سارة", id="a name in another script"),
        pytest.param(r'"X-Reviewed-By:   Ana  \n"', "Ana", id="with spaces"),
        pytest.param(r'"X-Reviewed-By: \n"', "", id="empty"),
        pytest.param(r'"X-Reviewed-By:\n"', "", id="without a space"),
        pytest.param(r'"X-Drafted: 2026\n"', "", id="absent"),
        pytest.param(r'# "X-Reviewed-By: Ana\n"', "", id="in a comment"),
    ],
)
def test_a_header_tells_who_signed(tmp_path: Path, line: str, value: str) -> None:
    content = f'msgid ""\nmsgstr ""\n{line}\n"MIME-Version: 1.0\\n"\n'
    assert header(catalogue_at(tmp_path, content), "X-Reviewed-By") == value


def test_translations_stay_with_their_names(tmp_path: Path) -> None:
    assert update(catalogue_at(tmp_path), SAME) == {
        "laser.title": ("Láser", False),
        "laser.answer": ("El láser ayuda.", False),
        "bye": ("", False),
    }


def test_a_changed_text_keeps_its_translation_as_fuzzy(tmp_path: Path) -> None:
    path = catalogue_at(tmp_path)
    assert update(path, CHANGED) == {
        "laser.title": ("Láser", False),
        "laser.answer": ("El láser ayuda.", True),
        "bye": ("", False),
    }
    assert read(path, "es").get(CHANGED["laser.answer"], context="laser.answer")


def test_what_is_fuzzy_stays_so_until_someone_mends_it(tmp_path: Path) -> None:
    path = catalogue_at(tmp_path)
    update(path, CHANGED)
    assert update(path, CHANGED)["laser.answer"] == ("El láser ayuda.", True)
    path.write_text(path.read_text(encoding="utf-8").replace("#, fuzzy\n", ""), encoding="utf-8")
    assert update(path, CHANGED)["laser.answer"] == ("El láser ayuda.", False)


def test_an_untranslated_text_that_changes_is_not_fuzzy(tmp_path: Path) -> None:
    assert update(catalogue_at(tmp_path), SAME | {"bye": "Goodbye"})["bye"] == ("", False)


def test_a_new_text_awaits_its_translation(tmp_path: Path) -> None:
    # The same English stands under another name: the translation of one is not the other's.
    assert update(catalogue_at(tmp_path), SAME | {"peels.title": "Laser"})["peels.title"] == ("", False)


def test_a_text_that_is_gone_goes(tmp_path: Path) -> None:
    path = catalogue_at(tmp_path)
    update(path, SAME)
    assert "Se fue" not in path.read_text(encoding="utf-8")


def test_texts_stand_in_the_order_of_the_template(tmp_path: Path) -> None:
    backwards = dict(reversed(SAME.items()))
    assert list(update(catalogue_at(tmp_path), backwards)) == ["bye", "laser.answer", "laser.title"]


def test_comments_of_translators_stay_and_notes_follow_the_template(tmp_path: Path) -> None:
    path = catalogue_at(tmp_path)
    write(path, updated(read(path, "es"), template(SAME, notes=("Keep it short.",))))
    message = read(path, "es").get("A laser helps.", context="laser.answer")
    assert message
    assert (message.user_comments, message.auto_comments) == (["Said in Mexico."], ["Keep it short."])
    assert path.read_text(encoding="utf-8").startswith("# Spanish, by hand.\n")


@pytest.mark.parametrize(
    ("name", "value"),
    [("X-Drafted", "2026-11-23"), ("X-Reviewed-By", "Dra. Íñiguez, 皮肤科")],
    ids=["drafted", "reviewed"],
)
def test_who_signed_stays_signed(tmp_path: Path, name: str, value: str) -> None:
    path = catalogue_at(tmp_path)
    update(path, CHANGED)
    assert header(path, name) == value
    assert path.read_text(encoding="utf-8").count(name) == 1


def test_a_new_catalogue_has_room_for_a_signature(tmp_path: Path) -> None:
    path = tmp_path / "es" / "LC_MESSAGES" / "content.po"
    write(path, updated(Catalog(locale="es"), template(SAME)))
    assert '"X-Reviewed-By: \\n"' in path.read_text(encoding="utf-8")
    assert translations(path) == dict.fromkeys(SAME, ("", False))


@pytest.mark.parametrize("noise", ["Date", "Translator", "Team", "Generated-By", "#:", "Bugs"])
def test_a_catalogue_holds_nothing_that_changes_by_itself(tmp_path: Path, noise: str) -> None:
    path = catalogue_at(tmp_path)
    update(path, CHANGED)
    assert noise not in path.read_text(encoding="utf-8")


def test_a_long_text_stays_on_one_line(tmp_path: Path) -> None:
    path = catalogue_at(tmp_path)
    long = "A laser helps. " * 30
    update(path, SAME | {"laser.answer": long})
    assert f'msgid "{long}"\n' in path.read_text(encoding="utf-8")


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """Build a folder with two domains, one language translated and one not."""
    for domain, texts in (("content", CHANGED), ("bot", {"reminder": "See a doctor."})):
        write(tmp_path / f"{domain}.pot", template(texts))
        for code in ("ar", "es"):
            write(tmp_path / code / "LC_MESSAGES" / f"{domain}.po", Catalog(locale=code))
    catalogue_at(tmp_path / "es" / "LC_MESSAGES")
    return tmp_path


def test_every_catalogue_is_brought_up_to_date(locales: Path) -> None:
    changed = {str(path.relative_to(locales)) for path in update_all(locales)}
    assert changed == {f"{code}/LC_MESSAGES/{domain}.po" for code in ("ar", "es") for domain in ("content", "bot")}
    with (locales / "ar" / "LC_MESSAGES" / "bot.po").open("rb") as file:
        assert read_po(file).get("See a doctor.", context="reminder")
    assert translations(locales / "es" / "LC_MESSAGES" / "content.po")["laser.answer"] == ("El láser ayuda.", True)


def test_a_second_update_changes_nothing(locales: Path) -> None:
    list(update_all(locales))
    before = {path: path.read_bytes() for path in locales.rglob("*.po")}
    assert list(update_all(locales)) == []
    assert {path: path.read_bytes() for path in locales.rglob("*.po")} == before


def test_only_what_changed_is_told(locales: Path) -> None:
    list(update_all(locales))
    write(locales / "bot.pot", template({"reminder": "See a doctor soon."}))
    assert {path.name for path in update_all(locales)} == {"bot.po"}


def test_a_broken_catalogue_stops_the_update_and_stays_as_it_is(locales: Path) -> None:
    path = catalogue_at(locales / "es" / "LC_MESSAGES", f"{HEADER}\nhello there\n")
    with pytest.raises(Refused, match=r"es.LC_MESSAGES.content\.po"):
        list(update_all(locales))
    assert path.read_text(encoding="utf-8") == f"{HEADER}\nhello there\n"
