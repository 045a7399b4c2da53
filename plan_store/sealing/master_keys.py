"""The master keys: they seal the keys of people, and stand in the environment or in a file.

Comes in: MYWAY_MASTER_KEYS, or `master_keys` in the var folder. Goes out: keys sealed and opened.
The first one seals; all of them open, so that one can take the place of another.
"""

import hashlib
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:  # the settings themselves ask here whether a key is one
    from plan_store.settings import StoreSettings

KEY_BYTES = 32
NONCE_BYTES = 12
FILE = "master_keys"


class NoMasterKey(Exception):
    """There is no master key here, or not the one that is needed; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key under a master key, and which master key that is."""

    master: str
    text: str


class MasterKeys:
    """The master keys that are known here, the newest first."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._ciphers = {name_of(key): AESGCM(key) for key in keys}
        self.newest = name_of(keys[0])

    def wrap(self, key: bytes, bound_to: str) -> Wrapped:
        """Seal a key. It opens only for the same `bound_to`: nobody's key becomes another's."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + self._ciphers[self.newest].encrypt(nonce, key, bound_to.encode())
        return Wrapped(self.newest, urlsafe_b64encode(sealed).decode())

    def unwrap(self, wrapped: Wrapped, bound_to: str) -> bytes:
        """Open a key. Raises `NoMasterKey`."""
        cipher = self._ciphers.get(wrapped.master)
        if cipher is None:
            raise NoMasterKey(
                f"The master key {wrapped.master} is not here: put it back into MYWAY_MASTER_KEYS, "
                f"behind the newer one, or into {FILE} in VAR_FOLDER."
            )
        sealed = urlsafe_b64decode(wrapped.text)
        try:
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode())
        except InvalidTag:
            raise NoMasterKey("A key in the store was changed: it does not open.") from None


def name_of(key: bytes) -> str:
    """What a master key is called in the store: a hash that says nothing about it."""
    return hashlib.sha256(b"my-way master key" + key).hexdigest()[:12]


def read_master_keys(settings: "StoreSettings") -> MasterKeys:
    """The master keys of this machine. Raises `NoMasterKey`."""
    from_environment = settings.myway_master_keys.get_secret_value()
    if from_environment:
        return MasterKeys(parse(from_environment))
    try:
        return MasterKeys(parse(file_of(settings).read_text()))
    except FileNotFoundError:
        raise NoMasterKey(
            "There is no master key: set MYWAY_MASTER_KEYS, or bring back the file "
            f"{FILE} of this store's VAR_FOLDER. Without it nobody can read what is kept."
        ) from None


def parse(text: str) -> list[bytes]:
    """The keys in a text, with commas or new lines between. Raises ValueError."""
    found = [each.strip() for line in text.splitlines() for each in line.split(",")]
    keys = [bytes.fromhex(each) for each in found if each]
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise ValueError("A master key is 64 hexadecimal digits: ./myway keys make prints one.")
    return keys


def file_of(settings: "StoreSettings") -> Path:
    """Where the master keys stand when they are not in the environment."""
    return settings.master_keys_file


def fresh_master_key() -> str:
    """A new master key, as it is written."""
    return secrets.token_hex(KEY_BYTES)


def keep_master_keys(settings: "StoreSettings", keys: Sequence[str]) -> None:
    """Write the file anew, in one step; only its owner may read it."""
    file = file_of(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    # 0600 from the first byte on: a later chmod would leave a moment in between.
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
        kept.write("\n".join(keys) + "\n")
        kept.flush()
        os.fsync(kept.fileno())
    fresh.replace(file)


def make_first_master_key(settings: "StoreSettings") -> bool:
    """Make the file where there is neither a setting nor a file; whether it was made."""
    if settings.myway_master_keys.get_secret_value() or file_of(settings).exists():
        return False
    keep_master_keys(settings, [fresh_master_key()])
    return True
