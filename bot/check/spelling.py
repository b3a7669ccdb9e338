"""Whether words that lose their marks in an SMS can still be told from others of ours."""

from collections.abc import Iterator, Mapping

from bot.check.finding import Finding
from bot.check.replies import replies
from bot.content import Library
from bot.phrases import Phrasebook
from bot.plain import Rule, unmarked, written_words


def findings(rules: Mapping[str, Rule], library: Library, phrases: Phrasebook) -> Iterator[Finding]:
    """Warn of each word that then looks like another one that we say, if nobody has weighed it yet."""
    for language, rule in rules.items():
        if language in phrases.languages:
            for word in sorted(twins(language, library, phrases) - rule.alike - rule.keep):
                advice = f"is then written like another word; add it to `alike` or `keep` of [{language}]"
                yield Finding("content/plain.toml", word, advice, is_warning=True)


def twins(language: str, library: Library, phrases: Phrasebook) -> set[str]:
    """Return the words of what we say in `language` that without their marks are other words of it."""
    said = {word for _, text in replies(language, library, phrases) for word in written_words(text)}
    return {word for word in said if unmarked(word) != word and unmarked(word) in said}
