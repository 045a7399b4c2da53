"""Every action the listener may call, each telling only its own name.

In: an action call. Out: one message, so that a test can see which action heard it, and how often.
"""

from pathlib import Path
from typing import Any

import yaml
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

DOMAIN = Path(__file__).parents[3] / "rasa_project" / "domain.yml"


def saying_its_name(called: str) -> type[Action]:
    """An action of that name."""

    def name(self: Action) -> str:
        return called

    async def run(
        self: Action, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(json_message={"key": called})
        return []

    return type(called, (Action,), {"name": name, "run": run, "__module__": __name__})


# rasa-sdk starts its worker as a fresh process and sends the actions there, so each must be found
# under its own name in this module.
globals().update(
    {
        called: saying_its_name(called)
        for called in yaml.safe_load(DOMAIN.read_text("utf-8"))["actions"]
    }
)
