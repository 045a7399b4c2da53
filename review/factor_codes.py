"""The second factor: an app's codes of six digits (TOTP), and the picture by which it is set up.

Comes in: the desk's secret, a code as it was typed. Goes out: the time step of a right code; the
app's own secret, encrypted for the store.
"""

import base64
import hashlib
import re
import time

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken

# Who is meant, in the app's list of accounts.
ISSUER = "My Way desk"
STEP_SECONDS = 30
# Clocks of phones are off by less than half a minute.
STEPS_AROUND = (-1, 0, 1)


class Unreadable(Exception):
    """The desk's secret is another one than when the app was set up."""


class FactorCodes:
    """Makes, encrypts and checks second factors."""

    def __init__(self, desk_secret: str) -> None:
        key = hashlib.sha256(b"second factor\0" + desk_secret.encode()).digest()
        self._box = Fernet(base64.urlsafe_b64encode(key))

    def new_secret(self) -> str:
        """A fresh secret for an app, as it is typed where no camera reads the picture."""
        return pyotp.random_base32()

    def seal(self, secret: str) -> str:
        """What is kept of it."""
        return self._box.encrypt(secret.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Back from what is kept. Raises `Unreadable`."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unreadable from None

    def step_of(self, secret: str, typed: str, at: float | None = None) -> int | None:
        """The time step whose code this is, around now; None for a wrong code."""
        code = re.sub(r"\s", "", typed)
        now = int((time.time() if at is None else at) // STEP_SECONDS)
        app = pyotp.TOTP(secret)
        found = [
            now + around
            for around in STEPS_AROUND
            if pyotp.utils.strings_equal(app.at((now + around) * STEP_SECONDS), code)
        ]
        return found[-1] if found else None

    def picture(self, secret: str, email: str) -> str:
        """The picture that an app's camera reads, as SVG for the page."""
        address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
        drawn = segno.make(address, micro=False, error="m").svg_inline(scale=5, light="#fff")
        return drawn.replace("/>", "></path>")
