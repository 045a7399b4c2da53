"""Passwords: hashed with Argon2id, and compared in the same time where there is no account."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200


class Passwords:
    """Hashes and checks passwords. Slow on purpose: call it in a thread."""

    def __init__(self) -> None:
        self._argon2 = PasswordHasher()
        self._nobodys = self._argon2.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """What is kept instead of the password."""
        return self._argon2.hash(password)

    def match(self, kept: str | None, password: str) -> bool:
        """Whether the password is the kept one; None, for nobody's account, takes as long."""
        try:
            self._argon2.verify(kept or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether today's rules would hash it otherwise."""
        return self._argon2.check_needs_rehash(kept)
