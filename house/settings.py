"""What the caretaker must know to run the house: all that the rooms read, and how Rasa is found.

Comes in: the environment and `.env`. Goes out: one checked object, and the addresses that follow.
"""

from pydantic import Field

from actions.settings import ActionSettings
from bot.settings import BotSettings
from plan_store.settings import local_url
from review.settings import ReviewSettings


class HouseSettings(BotSettings, ActionSettings, ReviewSettings):
    """All that `./myway up` reads. Each field is an environment variable, in capitals."""

    actions_url: str = Field(
        default="",
        pattern="^$|^https?://",
        description="Where Rasa finds the action server; empty: ACTIONS_HOST and ACTIONS_PORT.",
    )

    @property
    def actions_address(self) -> str:
        """Where the action server answers, without a slash at its end."""
        return self.actions_url.rstrip("/") or local_url(self.actions_host, self.actions_port)
