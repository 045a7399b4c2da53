"""The actions of the pair test: each answers, or fails, in one particular way.

In: the tracker as it really arrives. Out: what the test asserts about.
"""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict


class KeepWords(Action):
    """Answers in two messages, and tells what it was given."""

    def name(self) -> str:
        return "action_keep_words"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        heard = tracker.latest_message
        dispatcher.utter_message(
            json_message={
                "key": "kept",
                "with": {
                    "inbox_id": heard["metadata"]["inbox_id"],
                    "intent": heard["intent"]["name"],
                    "expecting": tracker.get_slot("expecting"),
                    "given": sorted(heard),
                    "might_be": [each["name"] for each in heard["intent_ranking"]],
                    "events": len(tracker.events),
                    "domain": len(domain),
                },
            }
        )
        dispatcher.utter_message(json_message={"key": "next_question", "buttons": ["skip"]})
        return []


class ChooseWhoSees(Action):
    """Tells which choice was tapped."""

    def name(self) -> str:
        return "action_choose_who_sees"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        choice = next(tracker.get_latest_entity_values("choice"), None)
        dispatcher.utter_message(json_message={"key": "shared", "with": {"choice": choice}})
        return []


class DidNotCatch(Action):
    """Tells that it was asked."""

    def name(self) -> str:
        return "action_did_not_catch"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(json_message={"key": "did_not_catch"})
        return []


class Agree(Action):
    """Tells that it was asked: nobody may get here by typing a payload."""

    def name(self) -> str:
        return "action_agree"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(json_message={"key": "agreed"})
        return []


class Stop(Action):
    """Tells that it was asked."""

    def name(self) -> str:
        return "action_stop"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(json_message={"key": "stopped"})
        return []


class GoBack(Action):
    """Tells that it was asked: Rasa would keep "back" for itself."""

    def name(self) -> str:
        return "action_go_back"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(json_message={"key": "went_back"})
        return []


class CrashingHelp(Action):
    """Crashes: the SDK answers 500, with the whole request and the error's words in the body."""

    def name(self) -> str:
        return "action_help"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(json_message={"key": "never_sent"})
        raise RuntimeError("zanzibarcrash")


class SilentSmallTalk(Action):
    """Says nothing at all."""

    def name(self) -> str:
        return "action_small_talk"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        return []


class WordySayAgain(Action):
    """Says a sentence without a key."""

    def name(self) -> str:
        return "action_say_again"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(text="A sentence from Python.")
        return []


class SaysItIsOutOfScope(Action):
    """What this chat is not for."""

    def name(self) -> str:
        return "action_out_of_scope"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(json_message={"key": "out_of_scope"})
        return []


class TakesNewWords(Action):
    """Something said anew at the read-back."""

    def name(self) -> str:
        return "action_correct_words"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(json_message={"key": "said_anew"})
        return []


# action_who_sees is missing on purpose: an action that nobody registered.
