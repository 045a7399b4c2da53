"""The reading age of a text, as a smoke test: Flesch and Kincaid's grade and five years.

Comes in: sentences and the number of syllables in each word. Goes out: years. The formula is from
Kincaid and others, 1975 (US Navy, public domain). On a few words it says nothing: see `FEWEST`.
"""

import re
from collections.abc import Sequence

# Under so many words one long word decides everything.
FEWEST = 15
A_SENTENCE, A_WORD, LESS = 0.39, 11.8, 15.59
GRADE_TO_AGE = 5

_GROUPS = re.compile(r"[aeiouy]+")
# Two vowels that are said apart, as in "create", "idea" and "quiet".
_APART = re.compile(
    r"[^cgst]ia|io(?!u?[ns])|[^cgstx]ious|eo(?!u|ple)|ea(?:te|l(?:is|it))|[aeiou]ing|idea|uou|area"
    r"|quie|scie|eum|uar[iy]|thea"
)
# A silent e inside: some-body, care-ful.
_SILENT = re.compile(
    r"[aeiou][bcdfgklmnprstvz]e(?=(?:ful|ly|less|ment|thing|body|one|times|where|how|work)\b)"
)


def syllables(word: str) -> int:
    """About how many syllables an English word has; at least one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(_GROUPS.findall(word)) + len(_APART.findall(word))
    if word.endswith("e") and not word.endswith(
        ("le", "ee", "ie", "oe", "ye", "ue", "tre")
    ):
        count -= 1
    elif word.endswith("le") and len(word) > 2 and word[-3] in "aeiouyr":  # noqa: PLR2004
        count -= 1
    elif word.endswith("es") and not word.endswith(
        ("ses", "xes", "zes", "ches", "shes", "ges", "ces", "les", "ies", "ees", "oes", "yes")
    ):
        count -= 1
    elif word.endswith("ed") and not word.endswith(("ted", "ded", "eed", "ied")):
        count -= 1
    count -= len(_SILENT.findall(word))
    return max(count, 1)


def reading_age(sentences: Sequence[Sequence[int]]) -> float | None:
    """Years, from the syllables of each word of each sentence; None for too few words to say."""
    words = sum(len(sentence) for sentence in sentences)
    if words < FEWEST:
        return None
    spoken = sum(sum(sentence) for sentence in sentences)
    grade = A_SENTENCE * words / len(sentences) + A_WORD * spoken / words - LESS
    return max(grade, 0) + GRADE_TO_AGE
