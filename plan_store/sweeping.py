"""Sweeping: what was deleted or is over leaves the files folder, and those who asked are forgotten.

Comes in: the store. Goes out: files that a row still names, and no others. It may be stopped at any
moment, and goes on the next time.
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from plan_store.causes import Cause
from plan_store.forgetting import forget, who_leaves
from plan_store.keeping_what_raised_an_alert import keep_all_that_raised
from plan_store.opening import Store
from plan_store.tables import AlertRecording, Attachment, SealingKey, now

log = logging.getLogger(__name__)

# A file is there before the row that names it: a young one may be on its way.
YOUNG_SECONDS = 3600.0
GONE = ("deleted", "over")


@dataclass(frozen=True, slots=True)
class Swept:
    """How many people were forgotten, and how many files went."""

    people: int = 0
    files: int = 0


def sweep(store: Store, at: datetime | None = None) -> Swept:
    """Forget who asked for it, and take away every file that nothing needs any more."""
    people = 0
    keep_all_that_raised(store)
    with store.reading() as session:
        leaving = who_leaves(session, at or now())
    for person_id in leaving:
        with store.writing() as session:
            gone = forget(session, person_id, Cause(person_id, "person"))
        for name in gone.files:
            store.files.remove(name)
        people += 1
    return Swept(people, _files_of_deleted(store) + _files_of_nobody(store))


def _files_of_deleted(store: Store) -> int:
    with store.reading() as session:
        found = session.execute(
            select(Attachment.id, Attachment.file).where(
                Attachment.state.in_(GONE),
                # What raised an alert is copied first.
                ~exists().where(
                    AlertRecording.attachment_id == Attachment.id, AlertRecording.state == "due"
                ),
                Attachment.file.is_not(None) | Attachment.provider_id.is_not(None),
            )
        ).all()
    for row in found:
        # The file goes first: a row that still names it lets the next sweep try again.
        if row.file:
            store.files.remove(row.file)
        with store.writing() as session:
            attachment = session.get(Attachment, row.id)
            if attachment is not None:
                attachment.file = attachment.provider_id = attachment.size = None
    return sum(1 for row in found if row.file)


def _files_of_nobody(store: Store) -> int:
    """Files that no row names: their person was forgotten, or a message came twice."""
    if not store.files.folder.is_dir():
        return 0
    there = {path.name: path for path in store.files.folder.iterdir() if path.is_file()}
    with store.reading() as session:
        named = {
            *session.scalars(select(Attachment.file).where(Attachment.file.is_not(None))),
            *session.scalars(select(AlertRecording.file).where(AlertRecording.file.is_not(None))),
        }
        keys = set(session.scalars(select(SealingKey.id)))
    removed = 0
    for name in there.keys() - named:
        key_id = store.files.key_of(name)
        try:
            young = time.time() - there[name].stat().st_mtime < YOUNG_SECONDS
        except FileNotFoundError:
            continue
        if young and (key_id is None or key_id in keys):
            continue
        store.files.remove(name)
        removed += 1
    return removed
