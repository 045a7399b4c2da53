"""Sealing a store that stood in the clear, and unsealing it for the way back.

Comes in: columns of words, some of them from before there were keys. Goes out: the same columns
sealed, a few hundred rows at a time; one that is killed half way goes on at the next start.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, column, inspect, select, table, text, true, update

from plan_store.sealing.keyring import KEY_ID_LENGTH, MARK, Forgotten, Keyring, key_of
from plan_store.sealing.sealed_columns import SEALED

if TYPE_CHECKING:
    from plan_store.opening import Store

AT_ONCE = 500
# What everything sealed looks like, for LIKE.
LOOKS_SEALED = f"{MARK}{'_' * KEY_ID_LENGTH}.%"


@dataclass(frozen=True, slots=True)
class WordsColumn:
    """A column of words: its table, that one's key, the column that names the owner or =NAME."""

    table: str
    key: str
    owner: str
    name: str


def columns_of_words() -> list[WordsColumn]:
    """Every sealed column of the code as it is now."""
    from plan_store.tables import Table  # noqa: PLC0415 - the tables need the types beside us

    found = []
    for mapper in Table.registry.mappers:
        # A composite key has no sealed words beside it; a test holds this.
        key = mapper.primary_key[0].name
        found += [
            WordsColumn(str(mapper.class_.__tablename__), key, mapper.class_.sealed_by, each.name)
            for each in mapper.columns
            if isinstance(each.type, SEALED)
        ]
    return sorted(found, key=lambda each: (each.table, each.name))


def seal_column(connection: Connection, keys: Keyring, words: WordsColumn) -> int:
    """Seal what stands in the clear in this column; how many rows that were."""
    return _rewrite(connection, words, False, lambda owner, old: keys.seal(owner, old.encode()))


def unseal_column(connection: Connection, keys: Keyring, words: WordsColumn) -> int:
    """Write this column in the clear again."""
    return _rewrite(connection, words, True, lambda _owner, old: keys.open(old).decode())


def seal_under_newest(
    connection: Connection, keys: Keyring, words: WordsColumn, owner: str, most: int = AT_ONCE
) -> int:
    """Bring up to `most` rows of this owner under their newest key; how many that were."""
    newest = keys.newest(owner).id
    constant = words.owner.startswith("=")
    named = words.key if constant else words.owner
    rows = table(words.table, *(column(name) for name in {words.key, named, words.name}))
    old = rows.c[words.name]
    found = connection.execute(
        select(rows.c[words.key], old)
        .where(
            true() if constant else rows.c[named] == owner,
            old.like(LOOKS_SEALED),
            old.not_like(f"{MARK}{newest}.%"),
        )
        .limit(most)
    ).all()
    for key, token in found:
        # Only where nobody wrote something newer meanwhile: that is under the newest key already.
        connection.execute(
            update(rows)
            .where(rows.c[words.key] == key, old == token)
            .values({words.name: keys.seal(owner, keys.open(token))})
        )
    return len(found)


def seal_what_is_clear(store: "Store") -> int:
    """Seal every column and file that still stands in the clear."""
    sealed = 0
    for words in columns_of_words():
        with store.engine.begin() as connection:
            sealed += seal_column(connection, store.keys, words)
    for name, owner in files_kept(store):
        if store.files.key_of(name) is None:
            sealed += _sealed(store, name, owner)
    return sealed


def files_kept(store: "Store") -> list[tuple[str, str]]:
    """The names of all files that a row names, each with whose it is."""
    with store.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT file, person_id FROM attachment WHERE file IS NOT NULL ORDER BY id")
        )
        found = [(name, owner) for name, owner in rows]
        # On the way up or down, the table may not be there.
        if inspect(connection).has_table("alert_recording"):
            copies = connection.execute(
                text(
                    "SELECT alert_recording.file, alert.sealed_by_key FROM alert_recording"
                    " JOIN alert ON alert.id = alert_recording.alert_id"
                    " WHERE alert_recording.file IS NOT NULL ORDER BY alert_recording.id"
                )
            )
            found += [(name, owner) for name, owner in copies]
        return found


def leave_nothing_behind(store: "Store") -> None:
    """Rewrite the database's own files: what rows held before still lies in them."""
    plain = store.engine.execution_options(isolation_level="AUTOCOMMIT")
    if store.engine.dialect.name == "postgresql":
        with plain.connect() as connection:
            for name in sorted({words.table for words in columns_of_words()}):
                connection.execute(text(f'VACUUM FULL "{name}"'))
        return
    raw = store.engine.raw_connection()
    try:
        for command in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.cursor().execute(command)
    finally:
        raw.close()


def _sealed(store: "Store", name: str, owner: str) -> int:
    try:
        return int(store.files.seal_again(name, owner))
    except Forgotten:
        return 0


def _rewrite(
    connection: Connection,
    words: WordsColumn,
    sealed: bool,
    change: Callable[[str, str], str],
) -> int:
    count = 0
    for key, owner, old in _rows(connection, words, sealed):
        rows = table(words.table, column(words.key), column(words.name))
        connection.execute(
            update(rows).where(rows.c[words.key] == key).values({words.name: change(owner, old)})
        )
        count += 1
    return count


def _rows(
    connection: Connection, words: WordsColumn, sealed: bool
) -> Iterator[tuple[Any, str, str]]:
    constant = words.owner.removeprefix("=") if words.owner.startswith("=") else None
    owner = words.key if constant else words.owner
    rows = table(words.table, *(column(name) for name in {words.key, owner, words.name}))
    old, key = rows.c[words.name], rows.c[words.key]
    looks = old.like(LOOKS_SEALED) if sealed else old.not_like(LOOKS_SEALED)
    last = None
    while True:
        page = select(key, rows.c[owner], old).where(old.is_not(None), old != "", looks)
        if last is not None:
            page = page.where(key > last)
        found = connection.execute(page.order_by(key).limit(AT_ONCE)).all()
        if not found:
            return
        for this_key, this_owner, value in found:
            yield this_key, constant or this_owner, value
        last = found[-1][0]


def keys_in_use(store: "Store", owner: str) -> set[str]:
    """The ids of the keys that something of this owner stands under."""
    used = set()
    with store.engine.connect() as connection:
        for words in columns_of_words():
            constant = words.owner.startswith("=")
            if constant and words.owner != f"={owner}":
                continue
            named = words.name if constant else words.owner
            rows = table(words.table, *(column(name) for name in {words.name, named}))
            asked = select(rows.c[words.name]).where(rows.c[words.name].like(LOOKS_SEALED))
            if not constant:
                asked = asked.where(rows.c[named] == owner)
            used |= {key_of(token) for (token,) in connection.execute(asked)}
    used |= {store.files.key_of(name) for name, whose in files_kept(store) if whose == owner}
    return {key for key in used if key}
