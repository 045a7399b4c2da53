"""The desk's settings: how its forms are signed, where sessions are kept, a council's sign-in.

Comes in: the environment and `.env`. Goes out: one checked object, handed to `build_desk`.
"""

from pathlib import Path

from pydantic import Field, SecretStr

from plan_store.settings import StoreSettings


class ReviewSettings(StoreSettings):
    """All that the desk reads. Each field is an environment variable, in capitals."""

    desk_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Signs the desk's forms; empty: made once and kept in VAR_FOLDER/desk_secret.",
    )
    oidc_issuer: str = Field(
        default="",
        pattern="^$|^https://|^http://(127[.]|localhost)",
        description="A council's own sign-in by OpenID Connect: its issuer; empty: none.",
    )
    oidc_client_id: str = Field(
        default="", description="The name by which the council's sign-in knows this desk."
    )
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="The secret that goes with OIDC_CLIENT_ID."
    )
    oidc_name: str = Field(
        default="your council", description="What the sign-in page calls the council."
    )
    desk_looks_every: int = Field(
        default=15,
        ge=1,
        le=3600,
        description="Seconds after which an open morning page asks whether anything is new.",
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
    def sessions_folder(self) -> Path:
        """Where sign-ins are kept when there is no Redis."""
        return self.var_folder / "desk_sessions"

    @property
    def secret_file(self) -> Path:
        """Where the desk keeps the secret it made for itself."""
        return self.var_folder / "desk_secret"
