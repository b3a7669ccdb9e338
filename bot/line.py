"""Everything that answering needs, put together once: content, texts, what is remembered, what sends."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Engine

from bot import content, phrases, pictures, plain, send
from bot.content import Library
from bot.fit import Terms
from bot.identity import hashed
from bot.phrases import Phrasebook
from bot.pictures import Gallery
from bot.problems import Problem, Refused
from bot.send import Courier
from bot.settings import Settings
from bot.store import Store
from bot.teaching import Shelf
from bot.timings import Timings


@dataclass(frozen=True, slots=True)
class Line:
    """The line of one clinic; `shelf` adds to the library what staff have taught, `old_keys` were used before `key`.

    `timings` says how long its answers took.
    """

    library: Library
    phrases: Phrasebook
    store: Store
    key: str
    terms: Terms = field(default_factory=Terms)
    pictures: Gallery = field(default_factory=Gallery)
    shelf: Shelf = field(default_factory=Shelf)
    courier: Courier | None = None
    old_keys: tuple[str, ...] = ()
    timings: Timings = field(default_factory=Timings)

    def hashes(self, addresses: Iterable[str]) -> list[str]:
        """Return what a sender at these addresses is remembered under: by the key of today and those before it."""
        return [hashed(address, key) for key in (self.key, *self.old_keys) for address in addresses if address]


def put_together(settings: Settings, engine: Engine) -> Line:
    """Load all content and every catalogue that is served."""
    library = content.load(languages=settings.languages)
    spoken = (settings.default_language, *(code for code in library.languages if code != settings.default_language))
    book = phrases.load(library.topics.values(), settings.clinic, tuple(c for c in spoken if c in library.languages))
    if settings.default_language not in library.languages:
        served = ", ".join(library.languages)
        raise Refused([Problem("settings", "DEFAULT_LANGUAGE", f"there are no keywords for it; choose from {served}")])
    terms = Terms(plain.chosen(settings.sms_plain_letters, plain.load()), settings.mms_pictures)
    store, gallery = Store(engine), pictures.load(settings.key)
    courier, old_keys = send.courier(settings, store, book), settings.secret_key_fallbacks
    return Line(library, book, store, settings.key, terms, gallery, courier=courier, old_keys=old_keys)
