"""The index of a keyword file, kept beside it as Python keeps its bytecode: making it takes a quarter of a second.

A kept index is found again only for the very same bytes and the very same program. Where nothing may be written,
nothing is kept.
"""

import contextlib
import marshal
import os
from collections.abc import Collection, Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

from bot import entries, keywords, lexicon, text
from bot.lexicon import Tongue
from bot.problems import Problem


@cache
def _program() -> bytes:
    """Return what stands for the program that makes an index: the text of its modules."""
    return b"".join(Path(str(module.__file__)).read_bytes() for module in (text, entries, keywords, lexicon))


def read(path: Path, meanings: Collection[str], topics: Collection[str], problems: list[Problem]) -> Tongue:
    """Return the index of a keyword file, noting in `problems` whatever is wrong with the file."""
    kept = _name_of(path, [*meanings, *topics])
    found = _find(kept)
    if found is not None:
        return found
    before = len(problems)
    made = lexicon.tongue(keywords.read(path, meanings, topics, problems))
    if len(problems) == before:
        _keep(kept, made)
    return made


def _name_of(path: Path, besides: Iterable[str]) -> Path:
    """Return where the result of reading `path` is kept; `besides` is what else it depends on."""
    digest = blake2b(digest_size=12)
    digest.update(path.read_bytes())
    digest.update(_program())
    digest.update("\n".join(sorted(besides)).encode())
    return path.parent / "__pycache__" / f"{path.stem}.{digest.hexdigest()}"


def _find(kept: Path) -> Tongue | None:
    """Return what is kept, or None."""
    try:
        return Tongue(*marshal.loads(kept.read_bytes()))  # noqa: S302  as trusted as the bytecode beside it
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _keep(kept: Path, tongue: Tongue) -> None:
    """Keep a result in place of an older one."""
    # A folder that may not be written is no mistake: the next start takes as long as this one.
    with contextlib.suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        for old in kept.parent.glob(f"{kept.stem}.*"):
            old.unlink(missing_ok=True)
        whole = kept.with_name(f"{kept.name}.{os.getpid()}")
        whole.write_bytes(marshal.dumps(tongue.plain))  # type: ignore[arg-type]
        whole.replace(kept)
