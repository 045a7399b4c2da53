"""The door of the listener: one message in, what was understood and the replies out.

In: POST /webhooks/door/listen, from the bot: who, which inbox row, what the chat was expecting, and
what was typed or tapped. Out: 200 {"understood", "replies"}, or a status that says it failed and
{"problem": kind}. There is no silence, and nothing that was said stands in an answer or a log line.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.lock_store import LockError
from redis.exceptions import RedisError
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from components.hearing import HEARING, Hearing
from components.quick_action_call import LINE, make_action_calls_quick
from components.quiet_log import keep_words_out_of_the_log
from components.sure_enough import as_spoken, as_the_chat_takes_it
from components.what_came_in import Note, NoteError, hear_tap, hear_typed, read_note
from components.whose_turn import check_workers_share_their_locks

log = logging.getLogger(__name__)

BAD_REQUEST, NOT_NOW = 400, 503


class ProblemError(Exception):
    """The message was not answered. Carries a kind, and no word of the message."""

    def __init__(self, kind: str) -> None:
        """`kind` goes into the answer."""
        super().__init__(kind)
        self.kind = kind


class Door(InputChannel):
    """The only channel there is."""

    @classmethod
    def name(cls) -> str:
        """Its place in the address: /webhooks/door."""
        return "door"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:  # noqa: ARG003
        """Called once, when `rasa run` starts, before the server and the model."""
        keep_words_out_of_the_log()
        check_workers_share_their_locks()
        make_action_calls_quick()
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two addresses of the door."""
        door = Blueprint("door")

        @door.get("/health")
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return response.json({"problem": "no_model"}, status=NOT_NOW)
            return response.json({"status": "ok", "model": agent.model_name})

        @door.post("/listen")
        async def listen(request: Request) -> HTTPResponse:
            try:
                note = read_note(request.body)
            except NoteError as odd:
                return response.json({"problem": odd.kind}, status=BAD_REQUEST)
            try:
                return response.json(await self._hear(note, request.app.ctx, on_new_message))
            except ProblemError as problem:
                kind = problem.kind
            except asyncio.CancelledError:
                # The bot has hung up; it will ask again.
                log.warning("gave_up, inbox %s", note.inbox_id)
                raise
            except (LockError, RedisError) as away:
                # Nothing is wrong with the message: it waits until the locks are back.
                kind = "locks_away"
                log.warning("locks_away with %s, inbox %s", type(away).__name__, note.inbox_id)
            except Exception as unforeseen:  # noqa: BLE001
                # Its text may quote the message; its name cannot.
                kind = "rasa_failed"
                log.error(  # noqa: TRY400
                    "rasa_failed with %s, inbox %s", type(unforeseen).__name__, note.inbox_id
                )
            return response.json({"problem": kind}, status=NOT_NOW)

        @door.listener("after_server_stop")
        async def hang_up(*_: Any) -> None:
            await LINE.close()

        return door

    async def _hear(
        self, note: Note, house: Any, on_new_message: Callable[[UserMessage], Awaitable[Any]]
    ) -> dict[str, Any]:
        agent = getattr(house, "agent", None)
        if agent is None or not agent.is_ready():
            raise ProblemError("no_model")
        hearing = Hearing(expecting=note.expecting)
        HEARING.set(hearing)
        if note.tap is not None:
            heard = hear_tap(note.tap, agent.domain)
        elif note.spoken is not None:
            typed = await hear_typed(note.spoken, agent.processor)
            # What was spoken a moment ago was said to an open question.
            sure = as_the_chat_takes_it(typed, note.expecting if note.still else "words")
            heard = as_spoken(sure, still=note.still)
        else:
            typed = await hear_typed(note.text or "", agent.processor)
            heard = as_the_chat_takes_it(typed, note.expecting)
        collector = CollectingOutputChannel()
        await on_new_message(
            UserMessage(
                text=heard["text"],
                output_channel=collector,
                sender_id=note.person,
                input_channel=self.name(),
                parse_data=heard,
                metadata={"inbox_id": note.inbox_id},
            )
        )
        return {
            "understood": {
                "intent": heard["intent"]["name"],
                "confidence": round(float(heard["intent"]["confidence"]), 4),
            },
            "replies": replies_of(collector.messages, hearing),
        }


def replies_of(collected: list[dict[str, Any]], hearing: Hearing) -> list[dict[str, Any]]:
    """The action's JSON messages, in order. Raises ProblemError when there is nothing to answer."""
    if hearing.problem:
        raise ProblemError(hearing.problem)
    replies = [message["custom"] for message in collected if message.get("custom")]
    if len(replies) != len(collected):
        # A sentence came without a key: nobody could say later which words were shown.
        raise ProblemError("reply_without_key")
    if not replies:
        raise ProblemError("no_reply")
    return replies
