"""The settings that every room shares: where the store is, the files, the chat and the desk.

Comes in: the environment and `.env`. Goes out: one checked object, handed to `open_store`.
"""

from ipaddress import ip_network
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from plan_store.sealing.master_keys import parse


class StoreSettings(BaseSettings):
    """Where the plan store, the kept files and the chat are. Each field is a variable."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    var_folder: Path = Field(
        default=Path("var"),
        description="Folder for the database, kept files, own secrets and logs.",
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy address of the plan store; empty means SQLite in VAR_FOLDER.",
    )

    myway_master_keys: SecretStr = Field(
        default=SecretStr(""),
        description="The master keys that seal everybody's keys, newest first, with commas "
        "between; empty: the file master_keys in VAR_FOLDER, made at the first start.",
    )

    symbols_folder: Path | None = Field(
        default=None,
        description="An unpacked set of pictures with its own symbols.yml, used before OpenMoji.",
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
        default="",
        pattern="^$|^https?://",
        description="The desk's address for people outside; with https, cookies travel only so.",
    )

    proxy_addresses: str = Field(
        default="127.0.0.1,::1",
        description="The web servers in front of the pages, as addresses or networks with commas "
        "between: only from them it is believed who calls. The limits on guessing need it.",
    )

    @field_validator("myway_master_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            parse(value.get_secret_value())
        return value

    @field_validator("proxy_addresses")
    @classmethod
    def _are_addresses(cls, value: str) -> str:
        """A slip here would make all people one address, or let anybody claim to be another."""
        for each in value.split(","):
            ip_network(each.strip())
        return value

    @property
    def desk_address(self) -> str:
        """Where a browser finds the desk, without a slash at the end."""
        return self.desk_public_url.rstrip("/") or local_url(self.desk_host, self.desk_port)

    @property
    def chat_url(self) -> str:
        """Where a person finds the chat, without a slash at its end."""
        return self.chat_public_url.rstrip("/") or local_url(self.chat_host, self.chat_port)

    @property
    def store_url(self) -> str:
        """The address in use; a plain `postgresql://` is opened with psycopg 3."""
        if not self.database_url:
            return f"sqlite:///{(self.var_folder / 'myway.sqlite').as_posix()}"
        for plain in ("postgresql://", "postgres://"):
            if self.database_url.startswith(plain):
                return "postgresql+psycopg://" + self.database_url.removeprefix(plain)
        return self.database_url

    @property
    def master_keys_file(self) -> Path:
        """Where the master keys stand when they are not in the environment."""
        return self.var_folder / "master_keys"

    @property
    def files_folder(self) -> Path:
        """Where photos and voices are kept."""
        return self.var_folder / "files"


def local_url(host: str, port: int) -> str:
    """The address for a program on this machine; one that listens everywhere is found at home."""
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104  (compared, not listened on)
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
