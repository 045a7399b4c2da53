"""Forgotten is forgotten: no row, no file, no key; but for what the law wants kept."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from plan_store.alerting import acknowledge, close
from plan_store.causes import Cause
from plan_store.deleting import delete_statement
from plan_store.forgetting import (
    GOODBYE,
    asks_to_be_forgotten,
    forget,
    rows_of_a_person,
    what_must_stay,
    who_leaves,
)
from plan_store.inviting import find_contact, new_invite, use_invite
from plan_store.linking_to_a_plan import make_plan_link
from plan_store.looking import looked
from plan_store.opening import Store
from plan_store.people_of_a_device import come_in, keep_unsent
from plan_store.reading_alerts import open_alerts
from plan_store.roles import Viewer
from plan_store.sealing.keyring import Forgotten
from plan_store.sweeping import YOUNG_SECONDS, sweep
from plan_store.tables import (
    Alert,
    AlertRecording,
    Attachment,
    Facilitator,
    Incoming,
    Outgoing,
    Person,
    SealingKey,
    Statement,
    Table,
    now,
)
from tests.plan_store.telling_a_plan import Teller
from tests.plan_store.test_sealing import ADDRESS, FILE_WORDS, NAME, WORDS, everything_in, tells

# What stays when the last person is gone: the alert and its steps, the desk, and what is nobody's.
STAYS = {
    *("alembic_version", "alert", "alert_step", "alert_telling", "facilitator", "desk_key"),
    "alert_recording",
    *("sealing_key", "invite", "facilitator_role", "forgetting"),
}


def everywhere(store: Store) -> str:
    """A person who has something in every table; returns their id."""
    person_id = tells(store)
    with store.writing() as session:
        facilitator = session.scalars(select(Facilitator)).one()
        looked(session, facilitator.id, person_id, "page")
        make_plan_link(session, person_id)
        contact = find_contact(session, "telegram", ADDRESS)
        assert contact is not None
        session.add(
            Outgoing(
                person_id=person_id,
                contact_id=contact.id,
                key="kept_words",
                filling={},
                text=f"You said: {WORDS}",
                buttons=[],
            )
        )
    return person_id


def counts(store: Store) -> dict[str, int]:
    with store.engine.connect() as connection:
        return {
            table: connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0
            for table in Table.metadata.tables
        }


def kept_with_alerts(store: Store) -> list[str]:
    """The files that stand under keys of alerts."""
    with store.reading() as session:
        return [name or "" for name in session.scalars(select(AlertRecording.file))]


def test_every_table_that_hangs_on_a_person_is_known(store: Store) -> None:
    known = {table.name for table, _ in rows_of_a_person("x")}
    hang_on_nobody = {
        *("facilitator", "desk_key", "sealing_key", "unheard", "device"),
        *("facilitator_role", "recovery_code", "desk_session", "forgetting", "api_token"),
        "account_change",
        # Of the place, and of nobody.
        *("local_option", "local_option_version", "fund"),
        # Kept by law.
        *("alert", "alert_step", "alert_telling", "alert_recording"),
    }
    assert set(Table.metadata.tables) - known == hang_on_nobody


def test_nothing_is_left_of_a_person_but_the_alert(store: Store) -> None:
    person_id = everywhere(store)
    with store.reading() as session:
        keys = session.scalars(select(SealingKey.id).where(SealingKey.owner == person_id)).all()
    with store.writing() as session:
        gone = forget(session, person_id, Cause(person_id, "person"))
    assert (len(gone.files), gone.alerts_kept) == (1, 1)
    assert {table for table, count in counts(store).items() if count} <= STAYS
    raw = everything_in(store)
    assert person_id not in raw
    assert not any(key in raw for key in keys)
    sweep(store)
    assert [path.name for path in store.files.folder.iterdir()] == kept_with_alerts(store)


def test_the_key_is_gone_so_a_backup_of_words_says_nothing(store: Store) -> None:
    person_id = tells(store)
    token = store.keys.seal(person_id, WORDS.encode())
    sealed = store.keys.seal_bytes(person_id, FILE_WORDS)
    with store.writing() as session:
        forget(session, person_id, Cause(person_id, "person"))
    with pytest.raises(Forgotten):
        store.keys.open(token)
    with pytest.raises(Forgotten):
        store.keys.open_bytes(sealed)
    with pytest.raises(Forgotten):
        store.keys.seal(person_id, b"more")


def test_an_alert_is_kept_with_the_name_and_can_be_closed(store: Store) -> None:
    person_id = tells(store)
    with store.writing() as session:
        assert what_must_stay(session, person_id) == 1
        forget(session, person_id, Cause(person_id, "person"))
    with store.writing() as session:
        ann = session.scalars(select(Facilitator)).one()
        (seen,) = open_alerts(session, Viewer(ann.id, frozenset({"safeguarding_lead"})))
        assert (seen.called, seen.words, seen.person_id, seen.forgotten) == (
            NAME,
            WORDS,
            None,
            True,
        )
        assert "person_forgotten" in [step.what for step in seen.steps]
        cause = Cause.by_click("", ann.id, "c1")
        acknowledge(session, cause, seen.id)
        close(session, cause, seen.id, "Told the family's social worker.")
        assert open_alerts(session, Viewer(ann.id, frozenset({"safeguarding_lead"}))) == ()


def test_others_keep_everything(store: Store) -> None:
    sam = Teller(store, "Sam")
    sam.says(sam.begins("home"), "hope", "a flat of my own")
    before = counts(store)
    person_id = tells(store)
    with store.writing() as session:
        forget(session, person_id, Cause(person_id, "person"))
        forget(session, person_id, Cause(person_id, "person"))
    after = counts(store)
    mine = {table: count for table, count in before.items() if table not in STAYS}
    assert {table: after[table] for table in mine} == mine
    with store.reading() as session:
        assert session.get_one(Person, sam.person_id).called == "Sam"


def test_a_device_of_nobody_goes_and_a_shared_one_stays(store: Store) -> None:
    with store.writing() as session:
        sam = come_in(session, "d" * 64, new_invite(session, "t"))
        ash = come_in(session, "d" * 64, new_invite(session, "t"))
        assert sam is not None
        assert ash is not None
        keep_unsent(session, 1, WORDS)
    for contact, devices in ((sam, 1), (ash, 0)):
        with store.writing() as session:
            forget(session, contact.person_id, Cause(contact.person_id, "person"))
        assert counts(store)["device"] == devices


def test_asked_they_are_forgotten_after_the_goodbye_and_not_before(store: Store) -> None:
    person_id = everywhere(store)
    with store.writing() as session:
        person = session.get_one(Person, person_id)
        asks_to_be_forgotten(session, Cause(person_id, "person"), person)
    late = now() + GOODBYE + timedelta(seconds=1)
    assert sweep(store).people == 0, "there is time to read the goodbye"
    assert sweep(store, late).people == 0, "the goodbye has not left yet"
    with store.writing() as session:
        session.scalars(select(Outgoing)).one().state = "sent"
        assert who_leaves(session, late) == [person_id]
    assert sweep(store, late).people == 1
    assert counts(store)["person"] == 0


def test_what_was_deleted_leaves_the_folder_and_the_rest_stays(store: Store) -> None:
    tells(store)
    with store.writing() as session:
        statement = session.scalars(select(Statement)).one()
        cause = Cause.message(statement.person_id, statement.incoming_id)
        delete_statement(session, cause, statement)
    assert sweep(store).files == 1
    assert [path.name for path in store.files.folder.iterdir()] == kept_with_alerts(store)
    with store.reading() as session:
        attachment = session.scalars(select(Attachment)).one()
        assert (attachment.state, attachment.file, attachment.provider_id) == (
            "deleted",
            None,
            None,
        )
        message = session.scalars(select(Incoming)).one()
        assert (message.words, message.details) == ("", {})
    assert sweep(store).files == 0


def test_with_a_voice_the_words_written_down_go_too(store: Store) -> None:
    sam = Teller(store)
    voice = store.files.keep(sam.person_id, FILE_WORDS)
    attached = {"kind": "voice", "media_type": "audio/ogg", "file": voice, "state": "kept"}
    said = sam.says(sam.begins("home"), "hope", "", sent="voice", how="spoken", attachment=attached)
    with store.writing() as session:
        statement = session.get_one(Statement, said)
        came = session.get_one(Incoming, statement.incoming_id)
        session.add(
            Incoming(
                key="heard:1",
                person_id=sam.person_id,
                contact_id=came.contact_id,
                kind="heard",
                how="spoken",
                words=WORDS,
                details={"voice": came.id},
            )
        )
    with store.writing() as session:
        statement = session.get_one(Statement, said)
        cause = Cause.message(statement.person_id, statement.incoming_id)
        delete_statement(session, cause, statement)
    with store.reading() as session:
        assert WORDS not in session.scalars(select(Incoming.words)).all()
    assert sweep(store).files == 1


def test_a_young_file_without_a_row_stays_and_an_old_one_goes(store: Store) -> None:
    sam = Teller(store)
    name = store.files.keep(sam.person_id, FILE_WORDS)
    assert sweep(store).files == 0, "its row is on the way"
    old = now().timestamp() - YOUNG_SECONDS - 60
    os.utime(store.files.path(name), (old, old))
    assert sweep(store).files == 1


def test_somebody_new_comes_in_by_the_same_address(store: Store) -> None:
    person_id = tells(store)
    with store.writing() as session:
        forget(session, person_id, Cause(person_id, "person"))
        again = use_invite(session, new_invite(session, "t"), "telegram", ADDRESS)
        assert again is not None
        assert again.person_id != person_id
        assert session.scalars(select(Alert.person_id)).all() == [None]
