"""What raised an alert, a voice or a photo, is kept with the alert, under the alert's own key.

Comes in: an alert as it is raised; later, the moment at which the person's file is there. Goes out:
a copy that stays when the person deletes theirs or is forgotten, for as long as the alert's words.
"""

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.opening import Store
from plan_store.reaching_people import check_can_open_alert
from plan_store.roles import Viewer
from plan_store.sealing.keyring import Damaged, Forgotten
from plan_store.sealing.sealed_files import SealedFiles
from plan_store.tables import Alert, AlertRecording, Attachment, Incoming

DUE, KEPT, LOST = "due", "kept", "lost"
# Of these, nothing comes any more.
NEVER_COMES = ("deleted", "failed", "over")
# By these a message names the one that it was heard in, or that it changes.
MADE_FROM = {"heard": "voice", "edit": "edits"}


def note_what_raised(session: Session, alert: Alert, message: Incoming) -> None:
    """Note what came with the message of this alert, or with the one that it was made from."""
    messages = {message.id, *(message.details.get(name) for name in MADE_FROM.values())} - {None}
    came = session.scalars(
        select(Attachment).where(Attachment.incoming_id.in_(messages)).order_by(Attachment.id)
    ).first()
    if came is not None:
        session.add(
            AlertRecording(
                alert_id=alert.id,
                attachment_id=came.id,
                kind=came.kind,
                media_type=came.media_type,
            )
        )
        session.flush()


def note_what_was_missed(store: Store) -> None:
    """Of alerts of before that were raised by what a voice said or by a caption that was changed.

    Which message theirs was made from stands sealed, where no migration can look.
    """
    with store.writing() as session:
        missed = session.execute(
            select(Alert, Incoming)
            .join(Incoming, Incoming.id == Alert.incoming_id)
            .outerjoin(AlertRecording, AlertRecording.alert_id == Alert.id)
            .where(AlertRecording.id.is_(None), Incoming.kind.in_(MADE_FROM))
            .order_by(Alert.id)
        )
        for alert, message in missed.all():
            note_what_raised(session, alert, message)


def keep_what_raised(session: Session, files: SealedFiles, row: AlertRecording) -> None:
    """Copy the person's file under the alert's key, where it is there; else it is due or lost."""
    came = session.get(Attachment, row.attachment_id) if row.attachment_id else None
    if row.state != DUE or (came is not None and came.file is None and came.state == DUE):
        return
    row.state, row.attachment_id = LOST, None
    if came is not None and came.file is not None:
        owner = session.get_one(Alert, row.alert_id).sealed_by_key
        # Where it is gone from the folder, or cannot be opened, nothing can be kept.
        with suppress(FileNotFoundError, Forgotten, Damaged):
            row.file, row.state = files.keep(owner, files.read(came.file)), KEPT
    session.flush()


def keep_all_that_raised(store: Store) -> int:
    """Copy what is due and there; how many were looked at. It is done before files are swept."""
    with store.reading() as session:
        due = session.scalars(
            select(AlertRecording.id)
            .outerjoin(Attachment, Attachment.id == AlertRecording.attachment_id)
            .where(
                AlertRecording.state == DUE,
                Attachment.file.is_not(None) | Attachment.state.in_(NEVER_COMES),
            )
        ).all()
    for row_id in due:
        with store.writing() as session:
            row = session.get(AlertRecording, row_id, with_for_update=True)
            if row is not None:
                keep_what_raised(session, store.files, row)
    return len(due)


def keep_before_they_go(session: Session, files: SealedFiles, person_id: str) -> None:
    """Somebody is about to be forgotten: what raised their alerts is copied now, or never."""
    for row in session.scalars(
        select(AlertRecording)
        .join(Alert, Alert.id == AlertRecording.alert_id)
        .where(Alert.person_id == person_id, AlertRecording.state == DUE)
    ).all():
        keep_what_raised(session, files, row)
        if row.state == DUE:
            # It was still on its way to us.
            row.state, row.attachment_id = LOST, None


def find_what_raised(
    session: Session, viewer: Viewer, alert_id: int
) -> tuple[str, str, str, str | None] | None:
    """Kind, media type, file name, and whose it is (None: forgotten), for who may see the alert.

    None where there is nothing to open. Raises `MayNot`.
    """
    alert = check_can_open_alert(session, viewer, alert_id)
    found = session.execute(
        select(AlertRecording, Attachment)
        .outerjoin(Attachment, Attachment.id == AlertRecording.attachment_id)
        .where(AlertRecording.alert_id == alert_id)
    ).one_or_none()
    if found is None:
        return None
    row, came = found
    name = row.file or (came.file if came is not None else None)
    return None if name is None else (row.kind, row.media_type, name, alert.person_id)
