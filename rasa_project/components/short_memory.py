"""A tracker store that remembers nothing: a tracker is born with its message and ends with it.

In: what the chat was expecting, from the hearing under way. Out: a fresh tracker, listening.
The plan store is the truth, so nothing of a talk is kept here: every message costs the same, the
200th as the first, nothing lies on a disk, and nothing is lost when Rasa dies.
"""

from collections.abc import Iterable

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from components.hearing import HEARING, Hearing

EXPECTING_SLOT = "expecting"


class ShortMemory(TrackerStore):
    """The whole memory: one message."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A tracker that waits for this one message, whoever it is from.

        It is born listening: an empty tracker would make Rasa run `action_session_start` first.
        """
        tracker = self.init_tracker(sender_id)
        expecting = HEARING.get(Hearing()).expecting
        tracker.update_with_events(
            [ActionExecuted(ACTION_LISTEN_NAME), SlotSet(EXPECTING_SLOT, expecting)], self.domain
        )
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep nothing."""

    async def keys(self) -> Iterable[str]:
        """Nobody is known here."""
        return []
