"""The forms that a setting may take. Each reader returns the value or raises ValueError with what to write instead."""

from collections.abc import Callable
from urllib.parse import urlsplit

from bot.languages import is_known


def yes_or_no(text: str) -> bool:
    """Return yes, true, 1, on as true and their opposites as false."""
    known = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False}
    if text.lower() not in known:
        raise ValueError("write yes or no")
    return known[text.lower()]


def listed(text: str) -> tuple[str, ...]:
    """Return the parts between commas, each once."""
    parts = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not parts:
        raise ValueError("write one or more, with commas between them")
    return parts


def days(text: str) -> int:
    """Return a number of days, from 1 to 3650."""
    if not text.isdecimal() or not 1 <= int(text) <= 3650:
        raise ValueError("write a number of days from 1 to 3650")
    return int(text)


def sid(start: str) -> Callable[[str], str]:
    """Return a reader of Twilio SIDs that begin with `start`."""

    def parse(text: str) -> str:
        rest = text[len(start) :]
        if not text.startswith(start) or len(rest) != 32 or not set(rest) <= set("0123456789abcdef"):
            raise ValueError(f"write the SID from Twilio's console: {start} and 32 characters, 0-9 and a-f")
        return text

    return parse


def country(text: str) -> str:
    """Return an ISO 3166 alpha-2 code in capitals."""
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise ValueError("write the two letters of the country, such as US or MX")
    return text.upper()


def url(text: str) -> str:
    """Return a web address without a slash at its end."""
    if not _is_web_address(text):
        raise ValueError("write the whole address, such as https://line.clinic.example, without ? or #")
    return text.rstrip("/")


def _is_web_address(text: str) -> bool:
    """Tell whether `text` names a host, perhaps a port and a folder, and no more: neither user nor question."""
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    # urlsplit passes over line ends, which would stay in the address.
    plain = not any(letter in "?#" or letter.isspace() for letter in text) and "@" not in parts.netloc
    return named and plain and parts.scheme in ("http", "https")


def database(text: str) -> str:
    """Return the address of a SQLite file or a PostgreSQL database."""
    if not text.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError("write sqlite:///file or postgresql://user:password@host/name")
    return text


def known_languages(text: str) -> tuple[str, ...]:
    """Return language codes that CLDR knows."""
    unknown = [code for code in listed(text) if not is_known(code)]
    if unknown:
        raise ValueError(f"no such language: {', '.join(unknown)}; write codes such as en, es, zh_Hans")
    return listed(text)


def languages_or_none(text: str) -> tuple[str, ...]:
    """Return language codes that CLDR knows, or nothing for the word none."""
    return () if text.lower() == "none" else known_languages(text)
