"""The app on a facilitator's phone: reads the set-up page's key, and shows a code of six digits.

A code counts once; this app shows the next one of those the desk takes now, and waits for a new
one only where all of them were shown.
"""

import time

import pyotp

STEP = 30
# Seconds that a busy machine may need to type a code: it is to count still when it arrives.
TO_TYPE = 5


class Authenticator:
    """One account in the app."""

    def __init__(self, key: str) -> None:
        self._app = pyotp.TOTP("".join(key.split()))
        self._last = 0

    def code(self) -> str:
        """A code that was not shown before: of the step before this one, this one, or the next."""
        self._last = max(self._last + 1, int(time.time() + TO_TYPE) // STEP - 1)
        while self._last > int(time.time()) // STEP + 1:
            time.sleep(0.1)
        return self._app.at(self._last * STEP)
