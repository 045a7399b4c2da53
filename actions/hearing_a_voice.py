"""A voice message was written down: "I heard … Is that right?"

Comes in: the transcript, as a message of its own. Goes out: the question, beside the way; the voice
itself stays what was said.
"""

from actions.asking import ask, ask_present
from actions.hearing import Hand, Hearing
from plan_store.moving_on import park


class Heard(Hand):
    """What the computer heard in a voice message."""

    called = "action_heard"

    def act(self, hearing: Hearing) -> None:
        """Ask whether it is right; with nothing heard, the voice stands alone."""
        if not hearing.message.words.strip() or "voice" not in hearing.message.details:
            ask_present(hearing)
            return
        park(hearing.place, hearing.message.id)
        ask(hearing, "ask_heard")
