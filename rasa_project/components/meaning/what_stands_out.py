"""What a learner can go by in some words: the words, pairs, pieces of words, topics and cues.

In: words as they are read. Out: names of features, by family. Pieces of words hear what is
misspelt; topics hear what no line to learn from has.
"""

from collections import Counter
from collections.abc import Sequence

from components.meaning.word_lists import TOPICS_BETWEEN, WordLists
from components.meaning.words_heard import Heard

SHORTEST, LONGEST = 3, 5
# How much each family counts; set by cross-validation on our own lines.
WEIGHTS = {"word": 1.0, "pair": 0.7, "piece": 1.0, "topic": 1.6, "cue": 1.0}


def what_stands_out(words: Sequence[Heard], lists: WordLists) -> dict[str, float]:
    """Feature → how much of it. Each family has the same length, however long the text."""
    reads = [word.read for word in words]
    plain = [read for read in reads if read not in lists.softeners]
    families: dict[str, Counter[str]] = {
        "word": Counter(reads),
        "pair": Counter(
            f"{one} {two}" for one, two in zip(["^", *plain], [*plain, "$"], strict=True)
        ),
        "piece": Counter(piece for read in reads for piece in pieces_of(read)),
        "topic": Counter(
            topic
            for _, _, names in lists.topics.all_in(reads)
            for topic in names.split(TOPICS_BETWEEN)
        ),
        "cue": Counter(name for _, _, name in lists.cues.all_in(plain)),
    }
    families["cue"]["turned"] = int(any(word.turns for word in words))
    found: dict[str, float] = {}
    for family, counted in families.items():
        length = sum(count * count for count in counted.values()) ** 0.5
        for name, count in counted.items():
            if count:
                found[f"{family}:{name}"] = WEIGHTS[family] * count / length
    return found


def pieces_of(word: str) -> list[str]:
    """Letters that stand together, the word's edges marked."""
    edged = f"<{word}>"
    return [
        edged[at : at + size]
        for size in range(SHORTEST, LONGEST + 1)
        for at in range(len(edged) - size + 1)
    ]
