"""A clinician's signature, written into a topic's file: one line changes, every other byte stays."""

import json
import os
import re
import shutil
import tempfile
import tomllib
from datetime import date
from pathlib import Path

from bot.problems import Problem, Refused
from bot.review import Review
from bot.topics import CONTENT, load

_LINE = re.compile(r"""^(reviewed[ \t]*=[ \t]*)\{(?:[^"'\n}]|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')*\}""", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def sign(topic: str, review: Review, today: date, folder: Path = CONTENT) -> Path:
    """Write `review` into the file of `topic`, with the fingerprint of its text. Raise `Refused` with what is wrong."""
    topics = load(folder)
    problems = _wrong_with(review, today)
    if topic not in topics:
        problems.append(Problem("sign", topic, f"is no topic; there are {', '.join(topics)}"))
    if problems:
        raise Refused(problems)
    path = folder / "topics" / f"{topic}.toml"
    signed = Review(review.by.strip(), review.on, review.expires, topics[topic].fingerprint)
    _replace(path, _with(path, signed))
    return path


def _wrong_with(review: Review, today: date) -> list[Problem]:
    problems = []
    if not review.by.strip() or _CONTROL.search(review.by):
        problems.append(Problem("sign", "--by", "give the name of the clinician who read the text, in one line"))
    if review.on > today:
        problems.append(Problem("sign", "--on", f"{review.on} is a day to come; give the day of signing"))
    if review.expires and review.expires <= max(review.on, today):
        advice = f"{review.expires} is not after the signing, or has passed; give a day to come"
        problems.append(Problem("sign", "--expires", advice))
    return problems


def _with(path: Path, review: Review) -> bytes:
    """Return the content of `path` with `review` in its line. Raise `Refused` where it stands in another form."""
    text = path.read_bytes().decode()
    wanted = tomllib.loads(text) | {"reviewed": tomllib.loads(f"reviewed = {_written(review)}")["reviewed"]}
    for found in _LINE.finditer(text):
        changed = f"{text[: found.start()]}{found[1]}{_written(review)}{text[found.end() :]}"
        # The same letters may also stand within a text of several lines: only the right place gives what is wanted.
        if _means(changed) == wanted:
            return changed.encode()
    raise Refused([Problem(str(path), "reviewed", "must stand in one line, `reviewed = {…}`; write it so, then sign")])


def _means(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _written(review: Review) -> str:
    expires = f", expires = {review.expires}" if review.expires else ""
    by = json.dumps(review.by, ensure_ascii=False)
    return f'{{ by = {by}, on = {review.on}{expires}, text = "{review.text}" }}'


def _replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file, whole or not at all, whatever is switched off meanwhile."""
    path = path.resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, name)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
