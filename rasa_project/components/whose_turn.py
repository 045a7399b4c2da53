"""One message of a person at a time, inside Rasa: locks in memory, or in Redis when there is one.

In: the environment's REDIS_URL. Out: the lock store Rasa asks before it hears a message.
Rasa's endpoints file can name one kind of lock only and fails on a missing variable, so the choice
is made here. Several Rasa workers need Redis; one does not.
"""

import os
from typing import Any

import redis
from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.shared.exceptions import RasaException


def redis_url() -> str:
    """Where Redis is, or nothing."""
    return os.environ.get("REDIS_URL", "").strip()


def check_workers_share_their_locks() -> None:
    """Raises RasaException for several workers without Redis: Rasa lets any lock of ours pass."""
    if os.environ.get("SANIC_WORKERS", "1").strip() not in {"", "1"} and not redis_url():
        raise RasaException(
            "SANIC_WORKERS is more than 1, and there is no REDIS_URL: the workers would not know "
            "of each other's locks, and two messages of one person could be heard at once. Set "
            "REDIS_URL, or leave SANIC_WORKERS at 1."
        )


class WhoseTurn(LockStore):
    """Gives the lock store that fits the house."""

    def __new__(cls, endpoint_config: Any = None) -> LockStore:  # type: ignore[misc]  # noqa: ARG004
        """Redis when REDIS_URL is set, memory otherwise."""
        address = redis_url()
        return LocksInRedis(address) if address else InMemoryLockStore()


class LocksInRedis(RedisLockStore):
    """Rasa's Redis locks, at an address written as a URL (redis:// or rediss://)."""

    def __init__(self, address: str) -> None:
        """Raises redis.ConnectionError at start, not at the first message, if nobody is there."""
        super().__init__(key_prefix="myway")
        self.red = redis.Redis.from_url(address, socket_timeout=10)
        self.red.ping()
