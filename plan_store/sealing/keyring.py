"""The keyring of one process: the keys of people, opened when they are first needed.

Comes in: an owner, or something sealed. Goes out: it sealed, or open. An owner is a person's id, an
alert's own name, "desk" (names of staff) or "house" (what addresses are hashed with).
"""

import hmac
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Engine, bindparam, select

from plan_store.sealing.master_keys import KEY_BYTES, NONCE_BYTES, MasterKeys, Wrapped
from plan_store.tables.keys import SealingKey

HOUSE, DESK = "house", "desk"
# Begins everything that is sealed; a later way of sealing gets another number.
MARK = "s1."
FILE_MARK = b"MYWAYs1."
KEY_ID_LENGTH = 16
# How long a process goes on with an owner's newest key before it looks for a newer one, and with a
# key at all: a destroyed one is gone from every process after that.
NEWEST_FOR_SECONDS = 60.0
KNOWN_FOR_SECONDS = 600.0
# Far more than talk at once; then the ring is emptied and filled anew.
MOST_KEYS = 20_000

_BY_ID = select(SealingKey.__table__).where(SealingKey.id == bindparam("key_id"))
_NEWEST = (
    select(SealingKey.__table__)
    .where(SealingKey.owner == bindparam("owner"))
    .order_by(SealingKey.made_at.desc(), SealingKey.id.desc())
    .limit(1)
)


class Forgotten(Exception):
    """There is no key: its owner was forgotten, or never was."""


class Damaged(Exception):
    """It was changed after it was sealed, and does not open."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key, open."""

    id: str
    owner: str
    plain: bytes = field(repr=False)
    cipher: AESGCM = field(repr=False)
    until: float


class Keyring:
    """Opens keys by `keys_engine`, a connection of its own: the caller's may be in the middle of
    something. `masters` is asked each time a key is sealed or opened.
    """

    def __init__(self, keys_engine: Engine, masters: Callable[[], MasterKeys]) -> None:
        self._engine = keys_engine
        self._masters = masters
        self._by_id: dict[str, Key] = {}
        self._newest: dict[str, tuple[str, float]] = {}

    def seal(self, owner: str, plain: bytes) -> str:
        """Seal for a column. Raises `Forgotten`."""
        key = self.newest(owner)
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + key.cipher.encrypt(nonce, plain, key.id.encode())
        return f"{MARK}{key.id}.{urlsafe_b64encode(sealed).decode()}"

    def open(self, token: str) -> bytes:
        """Open what `seal` made. Raises `Forgotten` or `Damaged`."""
        key_id, dot, text = token.removeprefix(MARK).partition(".")
        if not token.startswith(MARK) or not dot:
            raise Damaged
        return self._opened(key_id, urlsafe_b64decode(text))

    def seal_bytes(self, owner: str, plain: bytes) -> bytes:
        """Seal for a file."""
        key = self.newest(owner)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return FILE_MARK + key.id.encode() + nonce + key.cipher.encrypt(nonce, plain, FILE_MARK)

    def open_bytes(self, content: bytes) -> bytes:
        """Open what `seal_bytes` made."""
        key_id = key_of_file(content)
        if key_id is None:
            raise Damaged
        return self._opened(key_id, content[len(FILE_MARK) + KEY_ID_LENGTH :], FILE_MARK)

    def fingerprint(self, text: str) -> str:
        """A keyed hash."""
        return hmac.digest(self.newest(HOUSE).plain, text.encode(), "sha256").hex()

    def make(self, owner: str) -> dict[str, Any]:
        """A new key for this owner, known here at once: the values of its row, to be added now."""
        key_id, plain = secrets.token_hex(KEY_ID_LENGTH // 2), secrets.token_bytes(KEY_BYTES)
        wrapped = self._masters().wrap(plain, bound_to(key_id, owner))
        self._know(key_id, owner, plain)
        self._newest[owner] = (key_id, time.monotonic() + NEWEST_FOR_SECONDS)
        return {
            "id": key_id,
            "owner": owner,
            "wrapped": wrapped.text,
            "master": wrapped.master,
            "made_at": datetime.now(UTC),
        }

    def newest(self, owner: str) -> Key:
        """The key that seals for this owner now. Raises `Forgotten`."""
        known, until = self._newest.get(owner, ("", 0.0))
        if until > time.monotonic():
            key = self._by_id.get(known)
            if key is not None and key.until > time.monotonic():
                return key
        with self._engine.connect() as connection:
            row = connection.execute(_NEWEST, {"owner": owner}).mappings().one_or_none()
        if row is None:
            self._newest.pop(owner, None)
            raise Forgotten
        self._newest[owner] = (row["id"], time.monotonic() + NEWEST_FOR_SECONDS)
        return self._unwrapped(row)

    def forget(self, owner: str) -> None:
        """Let go of this owner's keys in this process."""
        self._newest.pop(owner, None)
        for key in [key for key in list(self._by_id.values()) if key.owner == owner]:
            self._by_id.pop(key.id, None)

    def close(self) -> None:
        """Let go of every key and connection."""
        self._by_id.clear()
        self._newest.clear()
        self._engine.dispose()

    def _opened(self, key_id: str, sealed: bytes, bound: bytes | None = None) -> bytes:
        key = self._by_id.get(key_id)
        if key is None or key.until <= time.monotonic():
            with self._engine.connect() as connection:
                row = connection.execute(_BY_ID, {"key_id": key_id}).mappings().one_or_none()
            if row is None:
                self._by_id.pop(key_id, None)
                raise Forgotten
            key = self._unwrapped(row)
        try:
            return key.cipher.decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound or key_id.encode()
            )
        except InvalidTag:
            raise Damaged from None

    def _unwrapped(self, row: Any) -> Key:
        wrapped = Wrapped(row["master"], row["wrapped"])
        plain = self._masters().unwrap(wrapped, bound_to(row["id"], row["owner"]))
        return self._know(row["id"], row["owner"], plain)

    def _know(self, key_id: str, owner: str, plain: bytes) -> Key:
        if len(self._by_id) >= MOST_KEYS:
            self._by_id.clear()
        until = time.monotonic() + KNOWN_FOR_SECONDS
        key = self._by_id[key_id] = Key(key_id, owner, plain, AESGCM(plain), until)
        return key


def bound_to(key_id: str, owner: str) -> str:
    """What a sealed key is bound to."""
    return f"{key_id}|{owner}"


def key_of(token: str) -> str | None:
    """The id of the key that this is sealed under; None for what is not sealed."""
    return token.removeprefix(MARK).partition(".")[0] if token.startswith(MARK) else None


def key_of_file(content: bytes) -> str | None:
    """The same for a file, or its beginning."""
    if not content.startswith(FILE_MARK):
        return None
    return content[len(FILE_MARK) : len(FILE_MARK) + KEY_ID_LENGTH].decode("ascii", "replace")
