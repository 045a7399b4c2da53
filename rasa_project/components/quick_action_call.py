"""Rasa's call to the action server, made quick, small and silent about what was said.

In: the action Rasa predicted, and its tracker. Out: one POST to the action server, and its replies.
The one place where Rasa itself is altered. Why:
- Rasa checks the *schema* of the answer anew at every call (33 ms of a 2-core machine's time); here
  the schema is read once, and every answer is still checked against it.
- Rasa opens a new HTTP session for every call; here one is kept open.
- Rasa sends the whole tracker, and logs the action server's error body, which echoes it. Here the
  intent, the entities, the slots and the metadata go out; what was said does not leave this room
  (the action reads it in the store, by its id), and of a failure only its kind is kept.
"""

import asyncio
import json
import logging
from typing import Any

import aiohttp
import rasa
from jsonschema.validators import validator_for
from rasa.core.actions import action as rasa_actions
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from components.hearing import HEARING

log = logging.getLogger(__name__)

MADE_FOR = "3.6.21"
SECONDS_TO_ACT = 20

BAD_REQUEST, NOT_FOUND = 400, 404
KINDS_OF_STATUS = {BAD_REQUEST: "action_refused", NOT_FOUND: "action_unknown"}

# rasa-sdk 3.21 answers 449 to a call that has neither a domain nor the digest of one, and Rasa 3.6
# knows no digests. No action of ours reads the domain.
NO_DOMAIN: dict[str, Any] = {"actions": []}

_schema = rasa_actions.RemoteAction.action_response_format_spec()
_answer_check = validator_for(_schema)(_schema)


class ActionFailedError(Exception):
    """The action server did not do what was asked. Carries a kind, never a word of the message."""

    def __init__(self, kind: str) -> None:
        """`kind` is what the door answers with."""
        super().__init__(kind)
        self.kind = kind


class Line:
    """One kept-open line to the action server, for every message of this process."""

    def __init__(self) -> None:
        """No connection yet: it needs the server's own event loop."""
        self._session: aiohttp.ClientSession | None = None

    def session(self) -> aiohttp.ClientSession:
        """The open session. An idle connection is let go after 15 s, before rasa-sdk's 120."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=SECONDS_TO_ACT),
                connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=15),
            )
        return self._session

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None


LINE = Line()


class QuickRemoteAction(rasa_actions.RemoteAction):
    """A custom action, called over the kept-open line."""

    async def run(
        self, output_channel: Any, nlg: Any, tracker: DialogueStateTracker, domain: Domain
    ) -> list[Event]:
        """The action's replies and events; none of them, and a noted problem, if it failed."""
        try:
            answer = await self._ask(self._action_call_format(tracker, domain))
        except ActionFailedError as failed:
            metadata = tracker.latest_message.metadata if tracker.latest_message else {}
            inbox_id = (metadata or {}).get("inbox_id")
            log.warning("%s: %s, inbox %s", self.name(), failed.kind, inbox_id)
            HEARING.get().problem = failed.kind
            # Not raised: Rasa would log the exception with all it stands on.
            return []
        replies = await self._utter_responses(
            answer.get("responses", []), output_channel, nlg, tracker
        )
        return [*replies, *deserialise_events(answer.get("events", []))]

    def _action_call_format(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,  # noqa: ARG002
    ) -> dict[str, Any]:
        heard = tracker.latest_message
        state = {
            "sender_id": tracker.sender_id,
            "slots": tracker.current_slot_values(),
            "latest_message": {
                "intent": heard.intent,
                "intent_ranking": (heard.parse_data or {}).get("intent_ranking", []),
                "entities": heard.entities,
                "metadata": heard.metadata,
                "message_id": heard.message_id,
            }
            if heard
            else {},
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": tracker.latest_action_name,
            "latest_input_channel": heard.input_channel if heard else None,
        }
        return {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": state,
            "domain": NO_DOMAIN,
            "version": rasa.__version__,
        }

    async def _ask(self, call: dict[str, Any]) -> dict[str, Any]:
        """One POST. Raises ActionFailedError for whatever is not an action's answer."""
        if self.action_endpoint is None or not self.action_endpoint.url:
            raise ActionFailedError("action_server_not_set")
        try:
            async with LINE.session().post(self.action_endpoint.url, json=call) as response:
                if response.status >= BAD_REQUEST:
                    raise ActionFailedError(KINDS_OF_STATUS.get(response.status, "action_crashed"))
                answer = json.loads(await response.read())
        # What came with the failure may hold the message: it is let go with `from None`.
        except asyncio.TimeoutError:
            raise ActionFailedError("action_too_slow") from None
        except aiohttp.ClientError:
            raise ActionFailedError("action_server_down") from None
        except ValueError:
            raise ActionFailedError("action_answer_odd") from None
        if not _answer_check.is_valid(answer):
            raise ActionFailedError("action_answer_odd")
        return answer


def make_action_calls_quick() -> None:
    """Put the quick call in Rasa's place. Raises RasaException for a Rasa it was not made for."""
    if rasa.__version__ != MADE_FOR:
        raise RasaException(
            f"components/quick_action_call.py stands in for a part of Rasa {MADE_FOR}, and this is "
            f"Rasa {rasa.__version__}. Install the versions in rasa_project/requirements.lock, or "
            "check that file against the new Rasa and change MADE_FOR."
        )
    rasa_actions.RemoteAction = QuickRemoteAction
