"""Renewing keys: people's keys under a new master key, and people's words under a new key.

Comes in: the store. Goes out: how much was done. Each step is a short transaction; one that is
killed half way is gone on with by the same command, and nothing is ever without its key.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from plan_store.opening import Store
from plan_store.sealing.keyring import bound_to
from plan_store.sealing.master_keys import (
    MasterKeys,
    Wrapped,
    file_of,
    fresh_master_key,
    keep_master_keys,
    parse,
    read_master_keys,
)
from plan_store.sealing.sealing_what_is_kept import (
    columns_of_words,
    files_kept,
    keys_in_use,
    seal_under_newest,
)
from plan_store.tables import SealingKey, now

AT_ONCE = 500
# A process may go on with an older key for a minute. An older one is destroyed long after that.
OLD_KEY_STAYS = timedelta(minutes=10)
# In the file: the newest, and the one before it, until a process that read it has ended.
MASTERS_IN_FILE = 2


@dataclass(frozen=True, slots=True)
class Renewed:
    """How many rows and files were brought under a newer key, and how many old keys destroyed."""

    rows: int = 0
    files: int = 0
    destroyed: int = 0


def new_master_in_file(store: Store) -> None:
    """Put a new master key before the others in the file, and leave out what nothing needs."""
    file = file_of(store.settings)
    kept = [key.hex() for key in parse(file.read_text())][: MASTERS_IN_FILE - 1]
    keep_master_keys(store.settings, [fresh_master_key(), *kept])


def under_newest_master(store: Store) -> int:
    """Bring every key under the newest master key; how many that were."""
    masters = read_master_keys(store.settings)
    done = 0
    while batch := _some_under_older(store, masters):
        done += batch
    return done


def under_each_master(store: Store) -> dict[str, int]:
    """How many keys stand under each master key, by its name."""
    with store.reading() as session:
        counted = session.execute(
            select(SealingKey.master, func.count()).group_by(SealingKey.master)
        )
        return {master: count for master, count in counted}  # noqa: C416  (a row is no pair)


def owners(store: Store) -> list[str]:
    """Everybody who has a key, but for the house: addresses are found again by its one."""
    with store.reading() as session:
        return list(
            session.scalars(
                select(SealingKey.owner)
                .where(SealingKey.owner != "house")
                .distinct()
                .order_by(SealingKey.owner)
            )
        )


def renew(store: Store, owner: str, at: datetime | None = None) -> Renewed:
    """Give the owner a new key, or go on with one that was begun, and seal all theirs under it."""
    if owner == "house":
        raise ValueError("Addresses are found again by the house's key: it stays.")
    if len(_keys_of(store, owner)) == 1:
        with store.writing() as session:
            session.add(SealingKey(**store.keys.make(owner)))
    return go_on(store, owner, at)


def go_on(store: Store, owner: str, at: datetime | None = None) -> Renewed:
    """Seal what still stands under an older key, and destroy older keys that nothing needs."""
    store.keys.forget(owner)
    rows = files = destroyed = 0
    for words in columns_of_words():
        if words.owner.startswith("=") != (owner == "desk"):
            continue
        while True:
            with store.engine.begin() as connection:
                done = seal_under_newest(connection, store.keys, words, owner)
            rows += done
            if done == 0:
                break
    for name, whose in files_kept(store):
        if whose == owner:
            files += store.files.seal_again(name, owner)
    newest, *older = _keys_of(store, owner)
    if older and newest.made_at <= (at or now()) - OLD_KEY_STAYS:
        used = keys_in_use(store, owner)
        for key in older:
            if key.id in used:
                continue
            with store.writing() as session:
                session.delete(session.get_one(SealingKey, key.id))
            destroyed += 1
    return Renewed(rows, files, destroyed)


def begun(store: Store) -> list[str]:
    """The owners of more than one key: a renewal was begun, and an older key is still there."""
    with store.reading() as session:
        return list(
            session.scalars(
                select(SealingKey.owner).group_by(SealingKey.owner).having(func.count() > 1)
            )
        )


def _keys_of(store: Store, owner: str) -> list[SealingKey]:
    """The owner's keys, the newest first. Raises LookupError."""
    with store.reading() as session:
        found = session.scalars(
            select(SealingKey)
            .where(SealingKey.owner == owner)
            .order_by(SealingKey.made_at.desc(), SealingKey.id.desc())
        ).all()
    if not found:
        raise LookupError(owner)
    return list(found)


def _some_under_older(store: Store, masters: MasterKeys) -> int:
    with store.writing() as session:
        keys = session.scalars(
            select(SealingKey)
            .where(SealingKey.master != masters.newest)
            .limit(AT_ONCE)
            .with_for_update()
        ).all()
        for key in keys:
            bound = bound_to(key.id, key.owner)
            plain = masters.unwrap(Wrapped(key.master, key.wrapped), bound)
            wrapped = masters.wrap(plain, bound)
            key.master, key.wrapped = wrapped.master, wrapped.text
    return len(keys)
