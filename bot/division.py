"""Where a text that is too long for one message is divided: after a sentence, else between words, else letters.

Twilio takes fewer than 1600 characters a message and sends at most ten for one that came in (its errors 21617 and
14109). We count UTF-16 units, the larger of the numbers that "characters" may mean. What a reader sees as one letter
stays whole.
"""

from collections.abc import Sequence

from bot.text import graphemes

LONGEST = 1599
"""UTF-16 units of one message."""
MOST = 10
"""Messages of one reply."""
_CLOSING = frozenset(".!?…。！？؟۔।")
_NEEDING_SPACE = frozenset(".!?…")


def divided(text: str, longest: int = LONGEST) -> list[str]:
    """Return `text` as messages of at most `longest` UTF-16 units, without the space between them.

    >>> divided("See a doctor. It helps to go early.", longest=24)
    ['See a doctor.', 'It helps to go early.']
    """
    # Nearly every text is so short that its units need not be counted.
    if 2 * len(text) <= longest or units(text) <= longest:
        return [text]
    letters: Sequence[str] = [piece for letter in graphemes(text) for piece in _pieces(letter, longest)]
    parts: list[str] = []
    while letters := _without_leading_space(letters):
        end = _end(letters, longest)
        parts.append("".join(_without_trailing_space(letters[:end])))
        letters = letters[end:]
    return parts


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 units.

    >>> units("a疤🙂")
    4
    """
    return len(text) + sum(letter > "\uffff" for letter in text)


def _pieces(letter: str, longest: int) -> Sequence[str]:
    """A "letter" longer than a message, hundreds of marks on one base, is nobody's word: it may be taken apart."""
    return [letter] if units(letter) <= longest else letter


def _end(letters: Sequence[str], longest: int) -> int:
    """Return how many `letters` the next message takes: up to the last good place in its second half, if any."""
    fitting = _fitting(letters, longest)
    if fitting == len(letters):
        return fitting
    places = range(fitting, max(fitting // 2, 1), -1)
    after_sentence = (place for place in places if _ends_sentence(letters, place))
    between_words = (place for place in places if letters[place].isspace())
    return next(after_sentence, 0) or next(between_words, 0) or fitting


def _fitting(letters: Sequence[str], longest: int) -> int:
    taken = 0
    for count, letter in enumerate(letters):
        taken += units(letter)
        if taken > longest:
            return count
    return len(letters)


def _ends_sentence(letters: Sequence[str], place: int) -> bool:
    """Tell whether a line or a sentence ends before `place`. "3.5" and "e.g.x" do not end at their dots."""
    last, following = letters[place - 1], letters[place]
    return "\n" in following or (last in _CLOSING and (following.isspace() or last not in _NEEDING_SPACE))


def _without_leading_space(letters: Sequence[str]) -> Sequence[str]:
    start = next((place for place, letter in enumerate(letters) if not letter.isspace()), len(letters))
    return letters[start:]


def _without_trailing_space(letters: Sequence[str]) -> Sequence[str]:
    end = next((place for place in range(len(letters), 0, -1) if not letters[place - 1].isspace()), 0)
    return letters[:end]
