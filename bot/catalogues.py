"""Gettext catalogues as files: read, brought up to date with the English, written so that a diff shows words only.

A msgctxt names one text for good, so an English text that changes keeps its translation, marked fuzzy, whatever it
changes to; `pybabel update` would guess by likeness, and drop headers it does not know, such as who signed.
"""

import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.problems import Problem, Refused

DOMAINS = ("content", "bot")
"""What patients read, in every language; the staff's pages have one of their own (bot.staff.words)."""
_SIGNED = ("X-Drafted", "X-Reviewed-By")
# Dates and addresses that Babel writes afresh each time: noise in every diff.
_NOISE = re.compile(
    r'"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By): .*\n'
)
_LINE = re.compile(r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?) )?"(?:[^"\\]|\\.)*"')
_NAME = re.compile(r'^msgctxt "(.+)"', re.MULTILINE)


def read(path: Path, code: str) -> Catalog:
    """Read the catalogue of language `code` at `path`. Raise `Refused` where there is none, or where it is broken."""
    try:
        content = path.read_bytes()
        catalogue = read_po(io.BytesIO(content), locale=code, domain=path.stem, abort_invalid=True)
        problems = list(_passed_over(path, content.decode()))
    except FileNotFoundError:
        problems = [Problem(str(path), "", "missing; make it with `make messages` and translate it")]
    except (PoFileError, ValueError, LookupError) as error:
        problems = [Problem(str(path), "", f"is no gettext catalogue ({error}); mend that place")]
    if problems:
        raise Refused(problems)
    return catalogue


def _passed_over(path: Path, text: str) -> Iterator[Problem]:
    """Yield the mistakes that Babel passes over, losing letters or a whole translation."""
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if line and not line.startswith("#") and not _LINE.fullmatch(line):
            yield Problem(str(path), f"line {number}", "must be one text between quotation marks; mend that place")
    for name, times in Counter(_NAME.findall(text)).items():
        if times > 1:
            yield Problem(str(path), name, "stands twice; keep one of the translations")


def header(path: Path, name: str) -> str:
    """Return one of the signing headers of a catalogue, "" where it is empty or absent."""
    found = re.search(rf'^"{name}:[ \t]*(.*?)\\n"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1].strip() if found else ""


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    """Return the catalogue with exactly the texts of `template`, translations kept by msgctxt."""
    kept = {_name(message): message for message in catalogue if message.id}
    new = Catalog(
        locale=catalogue.locale,
        domain=template.domain,
        header_comment=catalogue.header_comment,
        project=catalogue.project,
        version=catalogue.version,
        fuzzy=False,
    )
    for message in template:
        if not message.id:
            continue
        old = kept.get(_name(message))
        flags = set(message.flags) - {"fuzzy"}
        if old and old.string and (old.fuzzy or old.id != message.id):
            flags.add("fuzzy")
        new.add(
            message.id,
            old.string if old else "",
            flags=flags,
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old else (),
            context=message.context,
        )
    return new


def _name(message: Message) -> object:
    """Return what a text is known by: its msgctxt, or itself where it has none, as those of the staff's pages."""
    return message.context or message.id


def write(path: Path, catalogue: Catalog) -> None:
    """Write `catalogue` to `path`, keeping the signing headers that stand there."""
    signed = {name: header(path, name) if path.exists() else "" for name in _SIGNED}
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True)
    text = _NOISE.sub("", buffer.getvalue().decode())
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in signed.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace('"MIME-Version', f'{lines}"MIME-Version', 1), encoding="utf-8")


def update_all(folder: Path) -> Iterator[Path]:
    """Bring every catalogue below `folder` up to date with its .pot files; yield those that changed."""
    for written in sorted(folder.glob("*.pot")):
        with written.open("rb") as file:
            template = read_po(file, domain=written.stem)
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{written.stem}.po")):
            before = path.read_bytes()
            write(path, updated(read(path, path.parent.parent.name), template))
            if path.read_bytes() != before:
                yield path


if __name__ == "__main__":
    for changed in update_all(Path(sys.argv[1])):
        print(f"updated {changed}")
