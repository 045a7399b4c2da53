"""What does this word mean? Said in easy words, from the same list that keeps hard words out.

Comes in: a question about a word. Goes out: what it means, and the question that was open.
"""

from actions.asking import ask_present
from actions.hearing import Hand, Hearing
from plan_store.plain_words import explain


class ExplainWord(Hand):
    """What is a facilitator?"""

    called = "action_explain_word"

    def act(self, hearing: Hearing) -> None:
        """Say what the word means; where nobody has written that down, that a person can."""
        explained = explain(hearing.message.words, self.lists)
        hearing.says(explained.key if explained else "word_not_known")
        ask_present(hearing)
