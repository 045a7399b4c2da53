"""The app on a facilitator's phone: reads the set-up page's key, and shows a code of six digits.

A code counts once; this app waits for nothing, and shows the next one of those the desk takes now.
"""

import time

import pyotp

STEP = 30


class Authenticator:
    """One account in the app."""

    def __init__(self, key: str) -> None:
        self._app = pyotp.TOTP("".join(key.split()))
        self._last = 0

    def code(self) -> str:
        """A code that was not shown before: of the step before this one, this one, or the next."""
        this = int(time.time()) // STEP
        self._last = max(self._last + 1, this - 1)
        assert self._last <= this + 1, "more than three sign-ins in half a minute"
        return self._app.at(self._last * STEP)
