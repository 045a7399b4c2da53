"""The settings of the door: the chat page, Telegram, and where the listener is."""

from pydantic import Field, SecretStr

from plan_store.settings import StoreSettings


class BotSettings(StoreSettings):
    """How people reach the chat, and how the chat reaches Rasa."""

    chat_host: str = Field(default="127.0.0.1", description="Where the chat page listens.")
    chat_port: int = Field(default=8080, description="Port of the chat page.")
    chat_public_url: str = Field(
        default="",
        description="Address of the chat as people see it; with https, Telegram uses a webhook.",
    )
    rasa_url: str = Field(default="http://127.0.0.1:5005", description="Where Rasa answers.")
    telegram_bot_token: SecretStr = Field(
        default=SecretStr(""), description="Token of the Telegram bot; empty turns Telegram off."
    )
    telegram_api_url: str = Field(
        default="https://api.telegram.org", description="Address of Telegram's Bot API."
    )
    telegram_webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Secret Telegram sends with each webhook call; made once when empty.",
    )

    @property
    def chat_url(self) -> str:
        """The address of the chat page, without a slash at its end."""
        return (self.chat_public_url or f"http://{self.chat_host}:{self.chat_port}").rstrip("/")

    @property
    def telegram_on(self) -> bool:
        """Whether there is a token."""
        return bool(self.telegram_bot_token.get_secret_value())

    @property
    def telegram_by_webhook(self) -> bool:
        """Telegram calls us when it can reach us; else we ask."""
        return self.telegram_on and self.chat_public_url.startswith("https://")
