"""Two habits of writing one Vietnamese word: hủy and huỷ, xóa and xoá."""

import re

_HABITS = (("o", "óòỏõọ", "a", "áàảãạ"), ("o", "óòỏõọ", "e", "éèẻẽẹ"), ("u", "úùủũụ", "y", "ýỳỷỹỵ"))
_MOVED = {
    early + second: first + late
    for first, earlier, second, later in _HABITS
    for early, late in zip(earlier, later, strict=True)
}
_EARLY = re.compile("|".join(_MOVED))


def moved(text: str) -> str:
    """Return lower-case `text`, in NFC, with every tone on the later of two vowels.

    >>> moved("xóa, hủy, khỏe"), moved("xoá của tôi")
    ('xoá, huỷ, khoẻ', 'xoá của tôi')
    """
    return _EARLY.sub(lambda found: _MOVED[found[0]], text)
