"""Serving the hands to the listener over HTTP, with rasa-sdk's own server.

One place wires them. Nothing of a conversation leaves in an error: the SDK's own error body
repeats the request, which Rasa then logs.
"""

from pathlib import Path
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic
from sanic.response import HTTPResponse, json

from actions.all_hands import HANDS
from plan_store.chapters import read_chapters
from plan_store.opening import Store
from plan_store.plain_words import read_lists

DATA = Path(__file__).parent.parent / "data"
FAILED = 500


class Executor(ActionExecutor):
    """The SDK's executor without the domain, which no action needs and Rasa does not send."""

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:  # noqa: ARG002
        """No domain."""
        return {}


def build_executor(store: Store) -> Executor:
    """All hands, wired to the store, the chapters and the word lists."""
    chapters, lists = read_chapters(DATA / "chapters"), read_lists(DATA)
    executor = Executor()
    for hand in HANDS:
        executor.register_action(hand(store, chapters, lists))
    return executor


def build_app(store: Store) -> Sanic[Any, Any]:
    """The action server; a failure is named by its kind only."""
    app: Sanic[Any, Any] = create_app(build_executor(store))

    @app.on_response  # type: ignore[untyped-decorator]
    async def say_nothing_of_it(_request: Request, answer: HTTPResponse) -> HTTPResponse | None:
        return json({"error": "failed"}, status=answer.status) if answer.status >= FAILED else None

    return app
