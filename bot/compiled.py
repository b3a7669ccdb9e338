"""What was read from a file of content, kept beside it as Python keeps its bytecode: the index of a keyword file takes
a quarter of a second to make.

What is kept is found again only for the very same bytes and the very same program. Where nothing may be written,
nothing is kept.
"""

import contextlib
import marshal
import os
from collections.abc import Callable, Collection, Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot import entries, halves, keywords, learned, lexicon, text
from bot.learned import Rows
from bot.lexicon import Tongue
from bot.problems import Problem

Plain = tuple[object, ...]
"""Texts, numbers, and tuples, dicts and sets of them: what can be kept."""


def tongue(path: Path, meanings: Collection[str], topics: Collection[str], problems: list[Problem]) -> Tongue:
    """Return the index of a keyword file, noting in `problems` whatever is wrong with the file."""
    return Tongue(
        *_kept(
            _name_of(path, [*meanings, *topics]),
            lambda: lexicon.tongue(keywords.read(path, meanings, topics, problems)).plain,
            problems,
        )
    )


def rows(path: Path, problems: list[Problem]) -> Rows:
    """Return what was learned, noting in `problems` whatever is wrong with its file."""
    if not path.exists():
        return learned.pack(learned.read(path, problems))

    def made() -> Plain:
        read = learned.pack(learned.read(path, problems))
        return read.names, read.packed

    return Rows(*_kept(_name_of(path, ()), made, problems))


def _kept(name: Path, make: Callable[[], Plain], problems: list[Problem]) -> Any:
    """Return what is kept under `name`; else make it, and keep it unless that found something wrong."""
    found = _find(name)
    if found is not None:
        return found
    before = len(problems)
    made = make()
    if len(problems) == before:
        _keep(name, made)
    return made


@cache
def _program() -> bytes:
    """Return what stands for the program that makes what is kept: the text of its modules."""
    modules = (text, entries, halves, keywords, lexicon, learned)
    return b"".join(Path(str(module.__file__)).read_bytes() for module in modules)


def _name_of(path: Path, besides: Iterable[str]) -> Path:
    """Return where the result of reading `path` is kept; `besides` is what else it depends on."""
    digest = blake2b(digest_size=12)
    digest.update(path.read_bytes())
    digest.update(_program())
    digest.update("\n".join(sorted(besides)).encode())
    return path.parent / "__pycache__" / f"{path.stem}.{digest.hexdigest()}"


def _find(name: Path) -> Any:
    """Return what is kept, or None."""
    try:
        found = marshal.loads(name.read_bytes())  # noqa: S302  as trusted as the bytecode beside it
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return found if isinstance(found, tuple) else None


def _keep(name: Path, made: Plain) -> None:
    """Keep a result in place of an older one."""
    # A folder that may not be written is no mistake: the next start takes as long as this one.
    with contextlib.suppress(OSError):
        name.parent.mkdir(exist_ok=True)
        for old in name.parent.glob(f"{name.stem}.*"):
            old.unlink(missing_ok=True)
        whole = name.with_name(f"{name.name}.{os.getpid()}")
        whole.write_bytes(marshal.dumps(made))  # type: ignore[arg-type]
        whole.replace(name)
