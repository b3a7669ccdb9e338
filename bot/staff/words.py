"""The staff's pages in their own languages: catalogues of the domain `staff`, apart from what patients read.

Any language with a file locales/<lang>/LC_MESSAGES/staff.po is offered, beside English.
"""

import io
from collections.abc import Mapping
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations

from bot import catalogues
from bot.languages import SOURCE
from bot.phrases import LOCALES

DOMAIN = "staff"


def N_(text: str) -> str:  # noqa: N802 - the name that pybabel looks for
    """Mark a text that is translated where it is shown."""
    return text


def load(folder: Path = LOCALES) -> Mapping[str, NullTranslations]:
    """Read the catalogues, by language; English has none. Raise `Refused` where one is broken."""
    files = sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    read = {file.parent.parent.name: _compiled(file) for file in files}
    return {SOURCE: NullTranslations(), **read}


def _compiled(file: Path) -> Translations:
    buffer = io.BytesIO()
    write_mo(buffer, catalogues.read(file, file.parent.parent.name))
    buffer.seek(0)
    return Translations(buffer, domain=DOMAIN)
