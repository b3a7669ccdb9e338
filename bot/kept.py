"""What takes long to make out of files, kept as Python keeps its bytecode: found again only for the very same bytes and
the very same program.

It is kept beside what it was made of; where nothing may be written there, in the user's own cache. Where that cannot
be written either, nothing is kept.
"""

import contextlib
import marshal
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sized
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import Any

Plain = tuple[object, ...]
"""Texts, numbers, and tuples, dicts and sets of them: what can be kept."""


def result(path: Path, source: Iterable[bytes], make: Callable[[], Plain], problems: Sized = ()) -> Any:
    """Return what was made before of the same `source`; else make it, and keep it unless that added to `problems`.

    It is kept beside `path`, under its name.
    """
    name = f"{path.stem}.{_digest([str(sys.implementation.cache_tag).encode(), *source])}"
    folders = list(_folders(path.parent))
    for folder in folders:
        found = _find(folder / name)
        if found is not None:
            return found
    before = len(problems)
    made = make()
    if len(problems) == before:
        any(_keep(folder / name, made) for folder in folders)
    return made


@cache
def program(*modules: ModuleType) -> bytes:
    """Return what stands for the modules that make something: their text."""
    return b"".join(Path(str(module.__file__)).read_bytes() for module in modules)


def _digest(parts: Iterable[bytes]) -> str:
    digest = blake2b(digest_size=12)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _folders(beside: Path) -> Iterator[Path]:
    """Yield where results are kept: beside their source, or where this user's programs keep what they can make again.

    The latter is that of the XDG Base Directory Specification; a user without a home has none.
    """
    yield beside / "__pycache__"
    with contextlib.suppress(RuntimeError):
        caches = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
        yield caches / "skinline" / _digest([os.fsencode(beside.resolve())])


def _find(name: Path) -> Any:
    """Return what is kept, or None."""
    try:
        found = marshal.loads(name.read_bytes())  # noqa: S302  as trusted as the bytecode beside it
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return found if isinstance(found, tuple) else None


def _keep(name: Path, made: Plain) -> bool:
    """Keep a result in place of an older one. Return whether that could be."""
    # A folder that may not be written is no mistake: the next start takes as long as this one.
    with contextlib.suppress(OSError):
        name.parent.mkdir(parents=True, exist_ok=True)
        for old in name.parent.glob(f"{name.stem}.*"):
            old.unlink(missing_ok=True)
        whole = name.with_name(f"{name.name}.{os.getpid()}")
        whole.write_bytes(marshal.dumps(made))  # type: ignore[arg-type]
        whole.replace(name)
        return True
    return False
