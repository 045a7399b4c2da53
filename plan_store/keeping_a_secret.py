"""A secret that a room makes for itself: made once, and the same after every restart."""

import os
import secrets
from pathlib import Path


def kept_secret(file: Path) -> str:
    """The secret in this file; two processes that start together agree on one."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        # 0600 from the first byte on: a later chmod would leave a moment in between.
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
            kept.write(secrets.token_hex(32))
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass  # another process was quicker, and its secret counts
        finally:
            fresh.unlink()
    return file.read_text().strip()
