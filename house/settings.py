"""What the caretaker must know to run the house: addresses, ports, Telegram's token.

Comes in: the environment and `.env`. Goes out: one checked object, and the addresses that follow.
"""

from pydantic import Field, SecretStr

from plan_store.settings import StoreSettings


class HouseSettings(StoreSettings):
    """All that `./myway up` reads. Each field is an environment variable, in capitals."""

    telegram_bot_token: SecretStr = Field(
        default=SecretStr(""), description="The bot's token from BotFather; empty: no Telegram."
    )
    telegram_api_url: str = Field(
        default="https://api.telegram.org",
        pattern="^https?://",
        description="Where Telegram's Bot API answers; another one for a double.",
    )
    telegram_webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="The secret Telegram sends along with a webhook call; empty: made anew.",
    )
    chat_host: str = Field(default="127.0.0.1", description="Address the chat page listens on.")
    chat_port: int = Field(default=8080, ge=1, le=65535, description="Port of the chat page.")
    chat_public_url: str = Field(
        default="",
        pattern="^$|^https?://",
        description="The chat's address for people outside; with https and a token, Telegram "
        "calls us by webhook.",
    )
    desk_host: str = Field(default="127.0.0.1", description="Address the desk listens on.")
    desk_port: int = Field(default=8081, ge=1, le=65535, description="Port of the desk.")
    desk_public_url: str = Field(
        default="", pattern="^$|^https?://", description="The desk's address for people outside."
    )
    rasa_host: str = Field(default="127.0.0.1", description="Address Rasa listens on.")
    rasa_port: int = Field(default=5005, ge=1, le=65535, description="Port of Rasa.")
    rasa_url: str = Field(
        default="",
        pattern="^$|^https?://",
        description="Where the bot finds Rasa; empty: RASA_HOST and RASA_PORT.",
    )
    actions_host: str = Field(
        default="127.0.0.1", description="Address the action server listens on; it has no sign-in."
    )
    actions_port: int = Field(
        default=5055, ge=1, le=65535, description="Port of the action server."
    )
    actions_url: str = Field(
        default="",
        pattern="^$|^https?://",
        description="Where Rasa finds the action server; empty: ACTIONS_HOST and ACTIONS_PORT.",
    )
    redis_url: str = Field(
        default="",
        pattern="^$|^rediss?://",
        description="Redis for Rasa's locks, when several Rasas run; empty: locks in memory.",
    )

    @property
    def chat_address(self) -> str:
        return self.chat_public_url.rstrip("/") or local_url(self.chat_host, self.chat_port)

    @property
    def desk_address(self) -> str:
        return self.desk_public_url.rstrip("/") or local_url(self.desk_host, self.desk_port)

    @property
    def rasa_address(self) -> str:
        return self.rasa_url.rstrip("/") or local_url(self.rasa_host, self.rasa_port)

    @property
    def actions_address(self) -> str:
        return self.actions_url.rstrip("/") or local_url(self.actions_host, self.actions_port)

    @property
    def has_telegram(self) -> bool:
        return bool(self.telegram_bot_token.get_secret_value())

    @property
    def telegram_calls_us(self) -> bool:
        """True for a webhook, False for long polling."""
        return self.chat_public_url.startswith("https://")


def local_url(host: str, port: int) -> str:
    """The address for a program on this machine; one that listens everywhere is found at home."""
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104 - compared, not listened on
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
