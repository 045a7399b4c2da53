"""The types of columns that are sealed, and of those by which something sealed is found again.

Comes in: words that name their owner. Goes out: what the database keeps. Words of nobody are
refused, so that no way of writing can forget to seal them.
"""

import json
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Engine, String, Text
from sqlalchemy.types import TypeDecorator


class NobodysWords(Exception):
    """Words were to be kept without saying whose they are."""


class Keys(Protocol):
    """What opens and seals; see `Keyring`."""

    def seal(self, owner: str, plain: bytes) -> str:
        """Seal under the owner's newest key."""

    def open(self, token: str) -> bytes:
        """Open what was sealed."""

    def forget(self, owner: str) -> None:
        """Let go of this owner's keys."""

    def fingerprint(self, text: str) -> str:
        """The same for the same text, and telling nothing without the house's key."""


class Owned(str):
    """Words, and whose they are."""

    __slots__ = ("owner",)
    owner: str

    def __new__(cls, words: str, owner: str) -> "Owned":
        """These words of this owner."""
        made = super().__new__(cls, words)
        made.owner = owner
        return made


class OwnedDict(dict[str, Any]):
    """A dictionary, and whose it is."""

    def __init__(self, content: dict[str, Any], owner: str) -> None:
        super().__init__(content)
        self.owner = owner


# A dialect is made with each engine, and is all that a column's type gets to see of it.
_KEYS: "WeakKeyDictionary[Dialect, Keys]" = WeakKeyDictionary()


def unlock(engine: Engine, keys: Keys) -> None:
    """Let this engine's sealed columns be written and read."""
    _KEYS[engine.dialect] = keys


def keys_of(dialect: Dialect) -> Keys:
    """The keys of the engine that this dialect was made with."""
    return _KEYS[dialect]


class Sealed(TypeDecorator[str]):
    """Words under their owner's key. Nothing said is kept as nothing."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the database. Raises `NobodysWords`."""
        if not value:
            return value
        if not isinstance(value, Owned):
            raise NobodysWords
        return _KEYS[dialect].seal(value.owner, value.encode())

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """From the database."""
        return _KEYS[dialect].open(value).decode() if value else value


class SealedDict(TypeDecorator[dict[str, Any]]):
    """A dictionary under its owner's key. An empty one is kept as nothing."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:
        """To the database. Raises `NobodysWords`."""
        if value is None:
            return None
        if not value:
            return ""
        if not isinstance(value, OwnedDict):
            raise NobodysWords
        return _KEYS[dialect].seal(value.owner, json.dumps(value, ensure_ascii=False).encode())

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        """From the database."""
        if value is None:
            return None
        read: dict[str, Any] = json.loads(_KEYS[dialect].open(value)) if value else {}
        return read


class Fingerprint(TypeDecorator[str]):
    """A keyed hash of the sealed column `of`: what is compared with it is hashed on the way."""

    impl = String(64)
    cache_ok = True

    def __init__(self, of: str) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else _KEYS[dialect].fingerprint(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """From the database: the hash."""
        return value


SEALED = (Sealed, SealedDict)
