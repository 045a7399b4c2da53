"""What a word means, within one tap: from "what is a facilitator?" to its explanation.

Comes in: what was typed or tapped. Goes out: the word of the glossary, its words, its version.
"""

from dataclasses import dataclass

from plan_store.plain_words.reading_the_lists import Lists
from plan_store.plain_words.splitting import all_parts, sentences


@dataclass(frozen=True, slots=True)
class Explained:
    """One explained word. `key` is what the chat keeps with what it said."""

    word: str
    text: str
    version: int

    @property
    def key(self) -> str:
        """The key of these words, as those of `data/words`."""
        return f"means_{self.word}"


def explanations(lists: Lists) -> list[Explained]:
    """Every explanation there is, for whoever shelves them with the other words."""
    return [
        Explained(word, meaning.text, meaning.version) for word, meaning in lists.glossary.items()
    ]


def explain(asked: str, lists: Lists) -> Explained | None:
    """The explanation of the first word in what was asked that the glossary has.

    `asked`: one word, or the whole question. None: the glossary has none of its words.
    """
    for part in all_parts(sentences(asked)):
        for root in lists.roots(part):
            if root in lists.explained:
                word = lists.explained[root]
                meaning = lists.glossary[word]
                return Explained(word, meaning.text, meaning.version)
    return None
