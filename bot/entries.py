"""How an entry of a keyword list is written: words, beginnings and parts of words, choices.

`stem*` is found at the beginning of a word, `*part*` inside one, `*end` at its end; `want|wanna die` offers words for
one place of a phrase. A key is a folded word, a run of letters of a script without spaces, or one of these.
"""

from collections.abc import Iterator
from itertools import product

from bot.folding import fold, keeps_accents, plain
from bot.text import is_one_word, is_unspaced, split


def entries(listed: str) -> Iterator[str]:
    """Yield the entries of a list, folded: folding it whole takes a tenth of the time of folding each."""
    return filter(None, map(str.strip, fold(listed).replace("\n", " ").split(",")))


def variants(entry: str) -> Iterator[tuple[frozenset[str], ...]]:
    """Yield the places of a phrase; a choice that an apostrophe or a hyphen divides is a variant of its own.

    >>> [[sorted(part) for part in parts] for parts in variants("want|wanna liv*")]
    [[['wanna', 'want'], ['liv*']]]
    >>> [[sorted(part) for part in parts] for parts in variants("je|j'ai peur")]
    [[['je'], ['peur']], [['j'], ['ai'], ['peur']]]
    """
    places = [_choices(place) for place in entry.split()]
    if all(places):
        for chosen in product(*places):
            yield tuple(part for parts in chosen for part in parts)


def _choices(place: str) -> list[tuple[frozenset[str], ...]]:
    read = [keys_of(choice) for choice in place.split("|")]
    words = frozenset(keys[0] for keys in read if len(keys) == 1)
    several = [tuple(frozenset({key}) for key in keys) for keys in read if len(keys) > 1]
    return [(words,), *several] if words else several


def keys_of(entry: str) -> tuple[str, ...]:
    """Return the keys of a folded entry.

    >>> keys_of("ice pick"), keys_of("narbe*"), keys_of("l'eau"), keys_of("痘坑")
    (('ice', 'pick'), ('narbe*',), ('l', 'eau'), ('痘坑',))
    """
    keys: list[str] = []
    for piece in entry.split():
        bare = piece.strip("*")
        if is_one_word(bare):
            keys.append(piece)
        else:
            keys.extend(_starred(piece, _runs(split(bare))))
    return tuple(keys)


def _starred(piece: str, runs: list[str]) -> list[str]:
    if runs and piece.startswith("*"):
        runs[0] = f"*{runs[0]}"
    if runs and piece.endswith("*"):
        runs[-1] = f"{runs[-1]}*"
    return runs


def _runs(found: list[str]) -> list[str]:
    """Join the letters of scripts without spaces: there the key is a run, not a word."""
    runs: list[str] = []
    joinable = False
    for word in found:
        unspaced = is_unspaced(word)
        if unspaced and joinable:
            runs[-1] += word
        else:
            runs.append(word)
        joinable = unspaced
    return runs


def is_accented(folded: str) -> bool:
    """Tell whether accents were kept: of Vietnamese words, which many type without."""
    return not folded.isascii() and keeps_accents(folded) and plain(folded).isascii()
