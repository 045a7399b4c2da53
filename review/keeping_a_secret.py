"""The secret that signs the desk's forms: given by the operator, or made once and kept.

Comes in: the settings. Goes out: the secret, the same after every restart.
"""

import os
import secrets

from review.settings import ReviewSettings


def desk_secret(settings: ReviewSettings) -> str:
    """The operator's secret, or our own; two desks that start together agree on one."""
    given = settings.desk_secret.get_secret_value()
    if given:
        return given
    file = settings.secret_file
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        # 0600 from the first byte on: a later chmod would leave a moment in between.
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
            kept.write(secrets.token_hex(32))
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass  # another desk was quicker, and its secret counts
        finally:
            fresh.unlink()
    return file.read_text().strip()
