"""The voice or photo that raised an alert stays with it, under its key, and goes with it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.tidying_up import TidyingUp
from plan_store.alerting import Noticed, raise_alert
from plan_store.causes import Cause
from plan_store.deleting import delete_statement
from plan_store.forgetting import forget
from plan_store.migrating import down, up
from plan_store.opening import Store
from plan_store.retaining import apply, read_retention
from plan_store.sealing.renewing_keys import renew
from plan_store.sweeping import sweep
from plan_store.tables import (
    Alert,
    AlertRecording,
    Attachment,
    Incoming,
    SealingKey,
    Statement,
    now,
)
from tests.plan_store.telling_a_plan import Teller

VOICE = b"OggS he hits me"


@pytest.fixture
def sam(store: Store) -> Teller:
    return Teller(store)


def speaks(sam: Teller, state: str = "kept", kind: str = "voice") -> int:
    """A voice or photo that is part of the plan; the id of its message."""
    file = sam.store.files.keep(sam.person_id, VOICE) if state == "kept" else None
    came: dict[str, Any] = {"kind": kind, "media_type": "audio/ogg", "state": state, "file": file}
    said = sam.says(sam.begins("home"), "hope", "", sent=kind, how="spoken", attachment=came)
    return sam.statement(said).incoming_id


def is_heard(sam: Teller, voice: int) -> int:
    return sam.sends("he hits me", sent="heard", how="spoken", details={"voice": voice})


def alarms(store: Store, message_id: int) -> int:
    with store.writing() as session:
        message = session.get_one(Incoming, message_id)
        return raise_alert(session, message, Noticed("abuse", "hits me")).id


def copy_of(store: Store) -> AlertRecording:
    with store.reading() as session:
        return session.scalars(select(AlertRecording)).one()


def test_a_photo_and_a_voice_that_was_written_down_are_copied(store: Store, sam: Teller) -> None:
    alarms(store, is_heard(sam, speaks(sam)))
    assert copy_of(store).state == "due"
    sweep(store)
    kept = copy_of(store)
    assert (kept.state, kept.kind, kept.attachment_id) == ("kept", "voice", None)
    assert store.files.read(kept.file or "") == VOICE
    with store.reading() as session:
        alert = session.scalars(select(Alert)).one()
        theirs = session.scalars(
            select(SealingKey.id).where(SealingKey.owner == alert.sealed_by_key)
        ).all()
    assert store.files.key_of(kept.file or "") in theirs


def test_it_stays_when_the_person_deletes_theirs_at_once(store: Store, sam: Teller) -> None:
    voice = speaks(sam)
    alarms(store, is_heard(sam, voice))
    with store.writing() as session:
        statement = session.scalars(select(Statement)).one()
        cause = Cause.message(statement.person_id, statement.incoming_id)
        delete_statement(session, cause, statement)
    sweep(store)
    kept = copy_of(store)
    assert store.files.read(kept.file or "") == VOICE
    with store.reading() as session:
        assert session.scalars(select(Attachment.file)).all() == [None]
    assert [path.name for path in store.files.folder.iterdir()] == [kept.file]


@pytest.mark.parametrize("swept_before", [True, False])
def test_it_stays_when_the_person_is_forgotten(
    store: Store, sam: Teller, swept_before: bool
) -> None:
    alarms(store, speaks(sam, kind="photo"))
    if swept_before:
        sweep(store)
    with store.writing() as session:
        gone = forget(session, sam.person_id, Cause(sam.person_id, "person"))
    for name in gone.files:
        store.files.remove(name)
    sweep(store)
    kept = copy_of(store)
    assert store.files.read(kept.file or "") == VOICE
    assert [path.name for path in store.files.folder.iterdir()] == [kept.file]


def test_with_the_alert_it_goes_after_its_time_with_the_key(store: Store, sam: Teller) -> None:
    alert_id = alarms(store, speaks(sam))
    sweep(store)
    later = now() + timedelta(days=13 * 366)
    apply(store, read_retention(), later)
    assert copy_of(store).state == "kept", "never while it is open"
    with store.writing() as session:
        session.get_one(Alert, alert_id).state = "closed"
    apply(store, read_retention(), later)
    with store.reading() as session:
        assert session.scalars(select(AlertRecording)).all() == []
        theirs = session.scalars(select(Attachment.file)).all()
    assert [path.name for path in store.files.folder.iterdir()] == theirs


def test_what_never_came_is_said_to_be_lost(store: Store, sam: Teller) -> None:
    alarms(store, speaks(sam, "due"))
    sweep(store)
    assert copy_of(store).state == "due", "it may still come"
    with store.writing() as session:
        session.scalars(select(Attachment)).one().state = "failed"
    sweep(store)
    assert copy_of(store).state == "lost"


def test_forgotten_before_it_came_it_is_lost_and_the_alert_stays(store: Store, sam: Teller) -> None:
    alarms(store, speaks(sam, "due"))
    with store.writing() as session:
        forget(session, sam.person_id, Cause(sam.person_id, "person"))
    assert copy_of(store).state == "lost"


def test_a_new_key_of_the_alert_seals_its_file_too(store: Store, sam: Teller) -> None:
    alarms(store, speaks(sam))
    sweep(store)
    with store.reading() as session:
        owner = session.scalars(select(Alert.sealed_by_key)).one()
    before = store.files.key_of(copy_of(store).file or "")
    assert renew(store, owner).files == 1
    assert store.files.key_of(copy_of(store).file or "") != before
    assert store.files.read(copy_of(store).file or "") == VOICE


def test_alerts_of_before_get_theirs_when_the_house_runs(store: Store, sam: Teller) -> None:
    photo = alarms(store, speaks(sam, kind="photo"))
    heard = alarms(store, is_heard(sam, speaks(sam)))
    typed = alarms(store, sam.sends("he hits me"))
    down(store, "0011")
    up(store)
    TidyingUp(store, read_retention()).tidy()
    with store.reading() as session:
        copies = {row.alert_id: row for row in session.scalars(select(AlertRecording))}
    assert {alert: (row.kind, row.state) for alert, row in copies.items()} == {
        photo: ("photo", "kept"),
        heard: ("voice", "kept"),
    }
    assert typed not in copies
    assert all(store.files.read(row.file or "") == VOICE for row in copies.values())
    TidyingUp(store, read_retention()).tidy()
    with store.reading() as session:
        assert len(session.scalars(select(AlertRecording)).all()) == 2
