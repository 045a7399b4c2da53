"""Hearing one message: the frame that every action works in.

Comes in: Rasa's call with an inbox id. Goes out: replies by key, after the commit. The same
message heard twice changes nothing the second time and gets the same replies.
"""

import asyncio
import logging
import traceback
from abc import abstractmethod
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from actions.understanding import Understood, read_understood
from plan_store.causes import Cause
from plan_store.chapters import Chapter, Chapters
from plan_store.keeping_words import keep_statement
from plan_store.moving_on import keep_turn, move, turn_of, who_said_it
from plan_store.opening import Store
from plan_store.plain_words import Lists
from plan_store.tables import Aspiration, Incoming, Person, Place, Statement, Table

log = logging.getLogger(__name__)

# What words are about that were said where nothing was asked.
ANYTHING = "anything"


@dataclass(slots=True)
class Hearing:
    """One message being heard: where the person is, what was said, and what is answered."""

    session: Session
    message: Incoming
    person: Person
    place: Place
    chapters: Chapters
    understood: Understood = field(default_factory=Understood)
    replies: list[dict[str, Any]] = field(default_factory=list)
    wrote: list[Table] = field(default_factory=list)
    # What was heard in a voice, once they said that it is right: that is what they say now.
    spoken: Incoming | None = None

    @property
    def said(self) -> Incoming:
        """The message whose words count as said."""
        return self.spoken or self.message

    @property
    def cause(self) -> Cause:
        """This message, as the cause of what is written."""
        return Cause.message(self.person.id, self.message.id)

    @property
    def intent(self) -> str:
        """What the listener took it for."""
        return self.understood.intent

    @property
    def choice(self) -> str | None:
        """What was chosen with a button."""
        return self.understood.first("choice")

    @property
    def chapter(self) -> Chapter | None:
        """The chapter the person is in."""
        return self.chapters.get(self.place.chapter)

    @property
    def aspiration(self) -> Aspiration | None:
        """The hope that is being talked about."""
        if self.place.aspiration_id is None:
            return None
        # Locked: the desk may be answering it, and each write counts its version up by one.
        return self.session.get(Aspiration, self.place.aspiration_id, with_for_update=True)

    def says(self, key: str, wording: str = "text", **filling: dict[str, Any]) -> dict[str, Any]:
        """Reply with these words. What fills them is named by id: `hope={"statement": 12}`."""
        reply: dict[str, Any] = {"key": key, "filling": filling}
        if wording != "text":
            reply["wording"] = wording
        self.replies.append(reply)
        return reply

    def keep_words(
        self,
        action: str,
        target: str,
        *,
        words: str | None = None,
        message: Incoming | None = None,
        kind: str = "said",
        replaces: Statement | None = None,
        helped: bool | None = None,
    ) -> Statement:
        """Keep what this message says, or an older one, as one statement about `target`.

        `words`: only a piece of it, or what was heard in a voice. `helped`: whether somebody sat
        with them when it was said, where that is not now.
        """
        message = message or self.said
        statement = keep_statement(
            self.session,
            self.cause,
            message,
            action,
            target[:64],
            message.words if words is None else words,
            kind,
            replaces=replaces,
            helped=bool(self.place.with_somebody) if helped is None else helped,
        )
        self.keeps(statement)
        return statement

    def keeps(self, *rows: Table) -> None:
        """Note rows that this message wrote, for whoever reads the turn."""
        self.wrote.extend(rows)


class Hand(Action):
    """An action that hears one message. `act` is the whole of a subclass."""

    called: str

    def __init__(self, store: Store, chapters: Chapters, lists: Lists) -> None:
        self.store = store
        self.chapters = chapters
        self.lists = lists

    def name(self) -> str:
        """The name the listener's rules use."""
        return self.called

    @abstractmethod
    def act(self, hearing: Hearing) -> None:
        """Write and reply, inside the transaction of this message."""

    def opens(self, hearing: Hearing) -> None:
        """The very first message of a person, whatever it is: say what this is, ask for a name."""
        hearing.says("hello")
        hearing.says("ask_name")
        move(hearing.place, "name", "ask_name")

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,  # noqa: ARG002  (the SDK names it)
    ) -> list[dict[str, Any]]:
        """Hear the message and say what came of it. No exception leaves: it would carry words."""
        latest = tracker.latest_message
        inbox_id = (latest.get("metadata") or {}).get("inbox_id")
        if not isinstance(inbox_id, int):
            dispatcher.utter_message(json_message={"problem": "no_inbox_id"})
            return []
        try:
            replies = await asyncio.to_thread(self._hear, inbox_id, read_understood(latest))
        except OperationalError:
            log.warning("%s cannot reach the store for message %s", self.called, inbox_id)
            dispatcher.utter_message(json_message={"problem": "store_down"})
            return []
        except Exception as problem:  # noqa: BLE001  (an exception body would leak the tracker)
            # The kind and the line are enough to find it; the text of it may hold words.
            where = traceback.extract_tb(problem.__traceback__)[-1]
            log.error(  # noqa: TRY400
                "%s failed on message %s: %s at %s:%s",
                self.called,
                inbox_id,
                type(problem).__name__,
                where.name,
                where.lineno,
            )
            dispatcher.utter_message(json_message={"problem": "action_failed"})
            return []
        for reply in replies:
            dispatcher.utter_message(json_message=reply)
        return []

    def _hear(self, inbox_id: int, understood: Understood) -> list[dict[str, Any]]:
        with self.store.writing() as session:
            # Locked first: a repeat that runs at the same time waits, and then finds the turn.
            message, person, place = who_said_it(session, inbox_id)
            before = turn_of(session, inbox_id)
            if before is not None:
                return before.replies
            hearing = Hearing(session, message, person, place, self.chapters, understood)
            if place.serial == 0:
                self.opens(hearing)
            else:
                self.act(hearing)
            keep_turn(session, message, self.called, hearing.replies, hearing.wrote)
        return hearing.replies
