"""The files of people: photos and voices, each sealed under its person's key, with a random name.

Comes in: bytes and whose they are. Goes out: the name of a file; and the bytes again.
"""

import os
from pathlib import Path
from uuid import uuid4

from plan_store.sealing.keyring import Keyring, key_of_file

# Enough of a file to see under which key it stands.
BEGINNING = 64


class SealedFiles:
    """The files folder."""

    def __init__(self, folder: Path, keys: Keyring) -> None:
        self.folder = folder
        self._keys = keys

    def keep(self, owner: str, content: bytes) -> str:
        """Write the bytes durably and return the name of the file."""
        name = uuid4().hex
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write(self.path(name), self._keys.seal_bytes(owner, content))
        return name

    def read(self, name: str) -> bytes:
        """The bytes. Raises `FileNotFoundError`, `Forgotten` or `Damaged`."""
        return self._keys.open_bytes(self.path(name).read_bytes())

    def remove(self, name: str) -> None:
        """Take the file away; one that is gone already is gone."""
        self.path(name).unlink(missing_ok=True)

    def seal_again(self, name: str, owner: str) -> bool:
        """Bring the file under its owner's newest key; whether there was anything to do."""
        path = self.path(name)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return False
        key_id = key_of_file(content)
        if key_id == self._keys.newest(owner).id:
            return False
        plain = content if key_id is None else self._keys.open_bytes(content)
        self._write(path, self._keys.seal_bytes(owner, plain))
        return True

    def unseal(self, name: str) -> None:
        """Write the file as it came: for going back to a store that knew no keys."""
        path = self.path(name)
        if path.is_file() and key_of_file(path.read_bytes()[:BEGINNING]) is not None:
            self._write(path, self.read(name))

    def key_of(self, name: str) -> str | None:
        """The id of the key that the file stands under; None where it is not sealed or gone."""
        try:
            with self.path(name).open("rb") as file:
                return key_of_file(file.read(BEGINNING))
        except FileNotFoundError:
            return None

    def path(self, name: str) -> Path:
        """Where a file stands; never outside the folder."""
        return self.folder / Path(name).name

    def _write(self, path: Path, content: bytes) -> None:
        fresh = path.with_name(f"{path.name}.{uuid4().hex[:8]}.new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
