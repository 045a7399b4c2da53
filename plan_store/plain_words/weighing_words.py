"""The words of a message: common or explained, the same for the same thing, plain and adult.

Comes in: the sentences. Goes out: findings, each word named once, with an easier one where the
data knows it.
"""

import re
from collections.abc import Iterator

from plan_store.plain_words.finding import Finding
from plan_store.plain_words.reading_the_lists import Lists
from plan_store.plain_words.splitting import NAME, Sentence

# "A mentor is a person who …", "Calm means …": so a sentence says what its word means.
EXPLAINS = re.compile(r"(?:is|are) (?:an?|the|when|what|somebody|people|things)|means?\b")
# At the head of a sentence every word has a capital; these are seldom names.
HARD_ENDINGS = (
    "able",
    "al",
    "ance",
    "ed",
    "ence",
    "ing",
    "ity",
    "ive",
    "ly",
    "ment",
    "ness",
    "tion",
)

_SLANTED = re.compile(
    r"(?<![\w*])\*[^*\n]*[^*\s]\*(?!\w)|(?<![\w_])_[^_\n]*[^_\s]_(?!\w)|</?(?:i|em|b|u)>"
    "|[\U0001d400-\U0001d7ff]+"
)
_PERCENT = re.compile(
    r"\d[\d.,]*\s*(?:%|per\s?cent\b)|\bper\s?cent\b|\bpercent(?:age)?s?\b|%", re.IGNORECASE
)
# "e.g.", "J. Smith", "U.K."
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}|\b(?!I\b)[A-Z]\.(?=\s[A-Z])")
_CAPITALS = re.compile(r"\b[A-Z](?:[A-Z]|&(?=[A-Z]))*[A-Z]s?\b")


def weigh_words(found: list[Sentence], lists: Lists, ours: bool) -> list[Finding]:
    """Hard words, other words for our things, pictures in words, words for small children."""
    text = " ".join(sentence.bare for sentence in found)
    findings = [
        *_phrases(lists.not_plain, text, "not_plain", lists.instead.not_plain, lists),
        *_phrases(lists.same_phrases, text, "same_word", lists.instead.same_word, lists),
        *_phrases(lists.baby_talk, text, "baby_talk", {}, lists),
    ]
    for at, sentence in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        for number, word in enumerate(sentence.parts()):
            finding = _weigh(word, lists, ours)
            if finding is None:
                continue
            if finding.rule == "hard_word" and not ours and _may_be_a_name(word, number, finding):
                continue
            if finding.rule == "hard_word" and any(
                _says_what_it_means(each, word, lists) for each in (sentence, following)
            ):
                continue
            findings.append(finding)
    return list({(finding.rule, finding.piece.lower()): finding for finding in findings}.values())


def weigh_marks(found: list[Sentence], lists: Lists) -> Iterator[Finding]:
    """Capitals, slanted letters, first letters in the place of words, and percentages."""
    for sentence in found:
        for match in _SLANTED.finditer(sentence.bare):
            yield lists.found("slanted", match.group())
        for match in _PERCENT.finditer(sentence.bare):
            yield lists.found("percent", match.group())
        for match in _DOTTED.finditer(sentence.bare):
            short = match.group().rstrip(".").lower()
            yield lists.found(
                "short_form", match.group(), instead=lists.instead.short_forms.get(short)
            )
        for match in _CAPITALS.finditer(sentence.bare):
            word = match.group()
            if word in lists.grammar.capitals or _is_shown_so(word, lists):
                continue
            shouted = any(root in lists.common for root in lists.roots(word))
            yield lists.found("capitals" if shouted else "short_form", word)


def is_explained(word: str, lists: Lists) -> bool:
    """Whether the glossary has this word, in any form."""
    return any(root in lists.explained for root in lists.roots(word))


def _weigh(word: str, lists: Lists, ours: bool) -> Finding | None:
    # What is all in capitals is looked at as such.
    if word in lists.grammar.names or NAME in word or (word.isupper() and len(word) > 1):
        return None
    roots = lists.roots(word)
    instead = lists.instead
    if roots[0] in instead.short_forms:
        return lists.found("short_form", word, instead=instead.short_forms[roots[0]])
    for table in (instead.same_word, instead.our_words) if ours else (instead.same_word,):
        for root in roots:
            if root in table:
                return lists.found("same_word", word, instead=table[root])
    easier = next((instead.easier[root] for root in roots if root in instead.easier), None)
    if any(root in lists.common or root in lists.explained for root in roots):
        return None if easier is None else lists.found("easier_word", word, instead=easier)
    # A letter by itself ("plan B") is no word to know; initials are found by their dots.
    return None if len(word) == 1 else lists.found("hard_word", word, instead=easier)


def _may_be_a_name(word: str, number: int, finding: Finding) -> bool:
    """A capital in a sentence; at its head, only where the word does not look like a hard one."""
    if not word[0].isupper():
        return False
    return number > 0 or (finding.instead is None and not word.endswith(HARD_ENDINGS))


def _says_what_it_means(following: Sentence | None, word: str, lists: Lists) -> bool:
    if following is None:
        return False
    parts = [part.lower() for part in following.parts()]
    same = set(lists.roots(word))
    return any(
        same & set(lists.roots(part)) and EXPLAINS.match(" ".join(parts[at + 1 :]))
        for at, part in enumerate(parts[:3])
    )


def _is_shown_so(word: str, lists: Lists) -> bool:
    return any(
        meaning.shown in {word, word.removesuffix("s")} for meaning in lists.glossary.values()
    )


def _phrases(
    pattern: re.Pattern[str], text: str, rule: str, instead: dict[str, str], lists: Lists
) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        said = " ".join(match.group().lower().split())
        yield lists.found(rule, match.group(), instead=instead.get(said))
