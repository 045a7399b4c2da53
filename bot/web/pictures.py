"""The pictures people choose on a shared device, from `data/pictures.yml`, and their hashes.

Comes in: keys of pictures, in the order they were tapped. Goes out: a hash, and whether it is it.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from litestar.stores.memory import MemoryStore

from plan_store.symbols import Symbols

HOW_MANY = 3
GRID = 12
# A half-chosen row of pictures is forgotten after this.
HALF_CHOSEN_SECONDS = 600


class PicturesWrong(Exception):
    """The file of pictures cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the key of its symbol, and the words that always stand with it."""

    key: str
    words: str


class Pictures:
    """The two lists, and the secret that is mixed into each hash.

    Three of twelve pictures are soon tried out by who has the hash; without the secret, which is
    not in the database, a copy of the database is not enough.
    """

    def __init__(self, mine: dict[str, Picture], secret: dict[str, Picture], pepper: str) -> None:
        self.mine = mine
        self.secret = secret
        self._pepper = pepper
        self._argon2 = PasswordHasher()

    def hash(self, here_id: int, keys: list[str]) -> str:
        """What is kept in their place. Slow on purpose: call it in a thread."""
        return self._argon2.hash(self._mixed(here_id, keys))

    def match(self, kept: str, here_id: int, keys: list[str]) -> bool:
        """Whether these are the kept ones. Slow on purpose: call it in a thread."""
        try:
            return self._argon2.verify(kept, self._mixed(here_id, keys))
        except (VerificationError, InvalidHashError):
            return False

    def _mixed(self, here_id: int, keys: list[str]) -> str:
        return ":".join([self._pepper, str(here_id), *keys])


class HalfChosen:
    """The pictures tapped so far, one step a page. They stand in no page and in no address."""

    def __init__(self) -> None:
        self._store = MemoryStore()

    async def of(self, what: str) -> list[str]:
        """What was tapped so far, in order."""
        kept = await self._store.get(what)
        return kept.decode().split() if kept else []

    async def add(self, what: str, step: str, picture: str) -> list[str]:
        """Add one; a tap of an older step changes nothing: a double tap is one tap."""
        chosen = await self.of(what)
        if step == str(len(chosen) + 1) and len(chosen) < HOW_MANY:
            chosen = [*chosen, picture]
            await self._store.set(what, " ".join(chosen), expires_in=HALF_CHOSEN_SECONDS)
        return chosen

    async def forget(self, what: str) -> None:
        """Begin again."""
        await self._store.delete(what)


def read_pictures(file: Path, symbols: Symbols, pepper: str) -> Pictures:
    """Read and check the file; the error says which list and why."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    mine, words = content.get("mine") or {}, content.get("secret") or {}
    # An operator's own set may name another twelve; without words here, they are described.
    secret = {key: words.get(key) or symbols[key].description for key in symbols.pin}
    if absent := [key for key in mine if key not in symbols]:
        raise PicturesWrong(f"{file}: mine: {', '.join(absent)} is no picture of symbols.yml.")
    if len(mine) != GRID:
        raise PicturesWrong(f"{file}: mine: there are {GRID} pictures in a list.")
    if twice := sorted(set(mine) & set(secret)):
        raise PicturesWrong(f"{file}: {', '.join(twice)} stands in both lists.")
    return Pictures(_pictures(mine), _pictures(secret), pepper)


def _pictures(words: dict[str, str]) -> dict[str, Picture]:
    return {key: Picture(key, text) for key, text in words.items()}
