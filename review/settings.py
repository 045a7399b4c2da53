"""The desk's settings: where it listens, how people reach it, and where its sessions are kept.

Comes in: the environment and `.env`. Goes out: one checked object, handed to `build_desk`.
"""

from pathlib import Path

from pydantic import Field, SecretStr

from plan_store.settings import StoreSettings, local_url


class ReviewSettings(StoreSettings):
    """All that the desk reads. Each field is an environment variable, in capitals."""

    desk_host: str = Field(default="127.0.0.1", description="Address the desk listens on.")
    desk_port: int = Field(default=8081, ge=1, le=65535, description="Port of the desk.")
    desk_public_url: str = Field(
        default="",
        pattern="^$|^https?://",
        description="The desk's address for people outside; with https, cookies travel only so.",
    )
    desk_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Signs the desk's forms; empty: made once and kept in VAR_FOLDER/desk_secret.",
    )
    redis_url: str = Field(
        default="",
        pattern="^$|^(redis|rediss|unix)://",
        description="Redis for sign-ins to the desk and Rasa's locks; empty: files and memory.",
    )

    @property
    def over_https(self) -> bool:
        """Whether people reach the desk by https."""
        return self.desk_public_url.startswith("https://")

    @property
    def desk_address(self) -> str:
        """Where a browser finds the desk, without a slash at the end."""
        return self.desk_public_url.rstrip("/") or local_url(self.desk_host, self.desk_port)

    @property
    def sessions_folder(self) -> Path:
        """Where sign-ins are kept when there is no Redis."""
        return self.var_folder / "desk_sessions"

    @property
    def secret_file(self) -> Path:
        """Where the desk keeps the secret it made for itself."""
        return self.var_folder / "desk_secret"
