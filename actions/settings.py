"""The settings of the hands: where their server listens."""

from pydantic import Field

from plan_store.settings import StoreSettings


class ActionSettings(StoreSettings):
    """The action server answers anybody who asks, without sign-in: keep it on loopback."""

    actions_host: str = Field(
        default="127.0.0.1", description="Address the action server listens on; it has no sign-in."
    )
    actions_port: int = Field(
        default=5055, ge=1, le=65535, description="Port of the action server."
    )
