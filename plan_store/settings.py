"""The settings that every room shares: where the store is, and where files are kept.

Comes in: the environment and `.env`. Goes out: one checked object, handed to `open_store`.
"""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class StoreSettings(BaseSettings):
    """Where the plan store and the kept files are. Each field is an environment variable."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    var_folder: Path = Field(
        default=Path("var"), description="Folder for the database, kept files, models and logs."
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy address of the plan store; empty means SQLite in VAR_FOLDER.",
    )

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
    def files_folder(self) -> Path:
        """Where photos and voices are kept."""
        return self.var_folder / "files"
