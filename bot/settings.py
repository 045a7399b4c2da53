"""The settings of the door: Telegram, where the listener is, and who is told of an alert."""

from typing import Literal

from pydantic import Field, SecretStr

from plan_store.settings import StoreSettings, local_url

# An e-mail, or a chat of Telegram.
ADDRESS = r"^$|^telegram:-?[0-9]+$|^[^@\s]+@[^@\s]+$"


class BotSettings(StoreSettings):
    """How people reach the chat, and how the chat reaches Rasa."""

    rasa_host: str = Field(default="127.0.0.1", description="Address Rasa listens on.")
    rasa_port: int = Field(default=5005, ge=1, le=65535, description="Port of Rasa.")
    rasa_url: str = Field(
        default="",
        pattern="^$|^https?://",
        description="Where the bot finds Rasa; empty: RASA_HOST and RASA_PORT.",
    )
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
    speech_voice: str = Field(
        default="heart",
        description="Who reads aloud: heart (built in), a voice file of hibari's or piper's, off.",
    )
    speech_speed: float = Field(
        default=0.9, ge=0.5, le=1.5, description="How fast the voice speaks; below 1 is slower."
    )
    speech_model: str = Field(
        default="",
        description="Who writes voice messages down: empty (the small model of the package, if "
        "installed), the folder of a larger Whisper model, or off.",
    )

    safeguarding_lead: str = Field(
        default="",
        pattern=ADDRESS,
        description="Who is told of an alert: an e-mail, or telegram: and a chat's number.",
    )
    safeguarding_deputy: str = Field(
        default="",
        pattern=ADDRESS,
        description="Who is told when the lead has not acknowledged in 15 staffed minutes.",
    )
    safeguarding_manager: str = Field(
        default="",
        pattern=ADDRESS,
        description="Who is told when the deputy has not acknowledged either.",
    )
    smtp_host: str = Field(default="", description="Mail server for alerts; empty: no e-mail.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_user: str = Field(default="", description="Name for the mail server; empty: none.")
    smtp_password: SecretStr = Field(
        default=SecretStr(""), description="Password for the mail server."
    )
    smtp_from: str = Field(default="", description="The address alerts are sent from.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="starttls, tls, or none (for this machine only)."
    )

    @property
    def rasa_address(self) -> str:
        """Where Rasa answers, without a slash at its end."""
        return self.rasa_url.rstrip("/") or local_url(self.rasa_host, self.rasa_port)

    @property
    def telegram_on(self) -> bool:
        """Whether there is a token."""
        return bool(self.telegram_bot_token.get_secret_value())

    @property
    def telegram_by_webhook(self) -> bool:
        """Telegram calls us when it can reach us; else we ask."""
        return self.telegram_on and self.chat_public_url.startswith("https://")
