"""The reading age of a text, as a smoke test: Flesch and Kincaid's grade and five years.

Comes in: sentences and the number of syllables in each word. Goes out: years. The formula is from
Kincaid and others, 1975 (US Navy, public domain). On a few words it says nothing: see `FEWEST`.
"""

import re
from collections.abc import Sequence

# Under so many words one long word decides everything.
FEWEST = 20
A_SENTENCE, A_WORD, LESS = 0.39, 11.8, 15.59
GRADE_TO_AGE = 5

_GROUPS = re.compile(r"[aeiouy]+")
# Two vowels that are said apart, as in "create", "idea" and "quiet".
_APART = re.compile(
    r"[^cgst]ia|io(?!u?[ns])|[^cgstx]ious|eo(?!u|ple)|ea(?:te|l(?:is|it))|[aeiou]ing|idea|uou|area"
    r"|quie|scie|eum|uar[iy]|thea"
)
# An e at the end that is not heard: "name", "names", "walked"; not "table", "faces", "wanted".
_SILENT_END = re.compile(
    r"(?<![leioyu])(?<!tr)e$|(?<=[aeiouyr]l)e$"
    r"|(?<![szcgx])(?<!sh)(?<!ch)(?<!l)(?<![ieoy])es$|(?<![tdei])ed$"
)
# A silent e inside: some-body, care-ful.
_SILENT = re.compile(
    r"[aeiou][bcdfgklmnprstvz]e(?=(?:ful|ly|less|ment|thing|body|one|times|where|how|work)\b)"
)


def syllables(word: str) -> int:
    """About how many syllables an English word has; at least one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    # "Every" is said with two.
    word = word.replace("every", "evry")
    count = len(_GROUPS.findall(word)) + len(_APART.findall(word))
    count -= bool(_SILENT_END.search(word))
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
