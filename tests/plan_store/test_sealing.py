"""What people say stands in the database and in files only under keys of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import JSON, String, Text, text
from sqlalchemy.exc import StatementError

from plan_store.alerting import Noticed, raise_alert
from plan_store.causes import Cause
from plan_store.facilitators import find_by_email, make_account, new_desk_key
from plan_store.inviting import find_contact, welcome
from plan_store.keeping_words import keep_statement
from plan_store.migrating import down, up
from plan_store.opening import Store, open_store
from plan_store.sealing.keyring import MARK, Damaged, Forgotten, key_of
from plan_store.sealing.master_keys import (
    NoMasterKey,
    file_of,
    fresh_master_key,
    keep_master_keys,
)
from plan_store.sealing.sealed_columns import SEALED, Fingerprint, NobodysWords
from plan_store.sealing.sealing_what_is_kept import columns_of_words
from plan_store.settings import StoreSettings
from plan_store.tables import Answer, Attachment, Contact, Person, Statement, Table
from plan_store.taking_in import keep

WORDS = "zebras whisper under marmalade bridges"
NAME = "Quillabeth"
ADDRESS = "778899001122"
FILE_WORDS = b"OggS the-voice-of-quillabeth"

# Text that stands in the clear, and why it may. A new column of text is sealed, or stands here.
IDS = "an id that says nothing"
KINDS = "a kind, a state or a key of the project's own data"
HASHES = "a hash of something random, or Argon2id"
CLEAR = {
    **dict.fromkeys(("person.id", "sealing_key.id", "sealing_key.owner"), IDS),
    "place.leased_by": IDS,
    **dict.fromkeys(("alert.sealed_by_key", "agreement.sealed_by_key", "history.item_id"), IDS),
    **dict.fromkeys(("history.click", "answer.click", "capacity_note.click"), IDS),
    "forgetting.click": IDS,
    "invite.made_by": IDS,
    "attachment.file": "a random name",
    "facilitator.factor_secret": "encrypted under a key made from the desk's secret",
    "facilitator.council_id": "the council's number of somebody who works there",
    "incoming.key": "the provider's number of a message, or a page's random number",
    "incoming.provider_id": "the number of a message in its chat",
    "outgoing.provider_id": "the number of a message in its chat",
    "unheard.key": "the provider's number of an update",
    "sealing_key.wrapped": "a key, sealed under a master key",
    "sealing_key.master": "the hash of a master key",
    **dict.fromkeys(
        (
            *(
                "desk_key.key_hash",
                "device.key_hash",
                "recovery_code.code_hash",
                "plan_link.key_hash",
                "invite.code_hash",
            ),
            *("facilitator.password_hash", "device_person.secret_hash"),
        ),
        HASHES,
    ),
    "turn.replies": "keys of words and ids, no words",
    "turn.wrote": "tables and ids",
    "outgoing.filling": "ids",
    "outgoing.buttons": "labels of the library, and keys",
    "outgoing.picture": "a symbol of the library and its description",
    "place.comes_back_to": "keys of questions and ids",
    **dict.fromkeys(
        (
            *("agreement.how", "coming_of_age.family", "forgetting.who", "forgetting.why"),
            *("access.what", "alert.kind", "alert.how", "alert.tier", "alert.state"),
            *("alert_step.what", "alert_step.who", "alert_step.detail"),
            *("alert_telling.who", "alert_telling.state", "alert_telling.problem"),
            *("aspiration.kind", "aspiration.life_area", "aspiration.status"),
            *("aspiration.whose_turn", "aspiration_statement.part", "attachment.kind"),
            *("attachment.media_type", "attachment.state", "chapter_place.chapter"),
            *("chapter_place.state", "chapter_place.question", "contact.door"),
            *("device_person.picture", "history.who", "history.what", "history.item"),
            *("incoming.kind", "incoming.how", "incoming.state", "incoming.reason"),
            *("outgoing.key", "outgoing.sends", "outgoing.state", "outgoing.problem"),
            *("place.expecting", "place.question", "place.chapter", "sharing.audience"),
            *("statement.action", "statement.target", "statement.kind", "statement.how"),
            *("consent_answer.question", "consent_answer.choice", "consent_answer.answer"),
            *("desk_key.roles", "facilitator_role.role", "desk_session.browser"),
            *("statement.said_by", "turn.action", "unheard.kind", "unheard.reason"),
            *("waiting_question.question", "wish_check.form", "wish_check.outcome"),
        ),
        KINDS,
    ),
}


def of_text() -> Iterator[tuple[str, bool]]:
    """Every column that can hold words, and whether it is sealed or a keyed hash."""
    for table in Table.metadata.tables.values():
        for column in table.columns:
            if column.foreign_keys:
                continue
            if isinstance(column.type, (*SEALED, Fingerprint)):
                yield f"{table.name}.{column.name}", True
            elif isinstance(column.type, (String, Text, JSON)):
                yield f"{table.name}.{column.name}", False


def test_every_column_of_text_is_sealed_or_has_a_reason_to_stand_in_the_clear() -> None:
    assert {name for name, sealed in of_text() if not sealed} == set(CLEAR)
    assert all(CLEAR.values())


def test_every_sealed_table_says_whose_its_words_are() -> None:
    for words in columns_of_words():
        table = Table.metadata.tables[words.table]
        assert words.owner.startswith("=") or words.owner in table.columns, words
        assert len(table.primary_key.columns) == 1, words


def tells(store: Store) -> str:
    """Somebody with a word in every kind of place; returns their id."""
    with store.writing() as session:
        contact = welcome(session, "telegram", ADDRESS)
        person = session.get_one(Person, contact.person_id)
        person.called = NAME
        voice = {
            "kind": "voice",
            "media_type": "audio/ogg",
            "provider_id": f"file-of-{ADDRESS}",
            "file": store.files.keep(person.id, FILE_WORDS),
            "state": "kept",
        }
        message = keep(
            session,
            contact,
            "telegram:1",
            "voice",
            WORDS,
            details={"value": WORDS},
            attachment=voice,
        )
        assert message is not None
        cause = Cause.message(person.id, message.id)
        keep_statement(session, cause, message, "a", "b", WORDS)
        raise_alert(session, message, Noticed("abuse", WORDS))
        ann = make_account(session, new_desk_key(session), "Annabarb", "annabarb@b.org", "x")
        session.add(
            Answer(click="1", person_id=person.id, facilitator_id=ann.id, words=f"yes, {WORDS}")
        )
        return person.id


def everything_in(store: Store) -> str:
    """All cells of all tables, as they stand."""
    with store.engine.connect() as connection:
        return "\n".join(
            repr(row)
            for table in Table.metadata.tables
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))
        )


PLANTED = (WORDS, NAME, ADDRESS, "Annabarb", "annabarb@b.org")


def test_words_names_and_addresses_stand_nowhere_in_the_clear(store: Store) -> None:
    tells(store)
    raw = everything_in(store)
    assert MARK in raw
    assert [word for word in PLANTED if word in raw] == []
    kept = b"".join(path.read_bytes() for path in store.files.folder.iterdir())
    assert FILE_WORDS not in kept


def test_with_the_key_all_of_it_is_read_again(store: Store, store_settings: StoreSettings) -> None:
    person_id = tells(store)
    other = open_store(store_settings)  # another process, whose ring is empty
    with other.reading() as session:
        contact = find_contact(session, "telegram", ADDRESS)
        assert contact is not None
        assert (contact.person_id, contact.address) == (person_id, ADDRESS)
        assert session.get_one(Person, person_id).called == NAME
        found = find_by_email(session, " ANNABARB@b.org")
        assert found is not None
        assert found.name == "Annabarb"
        attachment = session.query(Attachment).one()
        assert other.files.read(attachment.file or "") == FILE_WORDS
    other.close()


def test_words_of_nobody_are_refused(store: Store) -> None:
    person_id = tells(store)
    with pytest.raises(StatementError) as refused, store.writing() as session:
        session.execute(
            Statement.__table__.update()  # type: ignore[attr-defined]
            .where(Statement.person_id == person_id)
            .values(words=WORDS)
        )
    assert isinstance(refused.value.orig, NobodysWords)
    assert WORDS not in str(refused.value)


def test_the_key_of_another_opens_nothing(store: Store) -> None:
    tells(store)
    with store.engine.begin() as connection:
        keys = connection.execute(text("SELECT id, owner, wrapped FROM sealing_key")).all()
        house = next(key for key in keys if key.owner == "house")
        connection.execute(
            text("UPDATE sealing_key SET wrapped = :wrapped WHERE owner NOT IN ('house', 'desk')"),
            {"wrapped": house.wrapped},
        )
    store.keys.close()
    with pytest.raises(NoMasterKey), store.reading() as session:
        session.query(Statement).all()


def test_what_was_changed_does_not_open(store: Store) -> None:
    person_id = tells(store)
    token = store.keys.seal(person_id, b"dogs")
    changed = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")
    with pytest.raises(Damaged):
        store.keys.open(changed)
    with pytest.raises(Forgotten):
        store.keys.open(token.replace(key_of(token) or "-", "0" * 16))


def test_a_lost_master_key_is_one_clear_sentence(
    store: Store, store_settings: StoreSettings
) -> None:
    tells(store)
    keep_master_keys(store_settings, [fresh_master_key()])
    other = open_store(store_settings)
    with pytest.raises(NoMasterKey, match="MYWAY_MASTER_KEYS"), other.reading() as session:
        session.query(Contact).all()
    file_of(store_settings).unlink()
    with pytest.raises(NoMasterKey, match="MYWAY_MASTER_KEYS"), other.reading() as session:
        session.query(Contact).all()
    other.close()


def test_a_fresh_machine_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    settings = StoreSettings.model_construct(var_folder=tmp_path / "var", database_url="")
    store = open_store(settings)
    up(store)
    store.close()
    assert file_of(settings).stat().st_mode & 0o777 == 0o600
    kept = file_of(settings).read_text()
    store = open_store(settings)
    up(store)
    store.close()
    assert file_of(settings).read_text() == kept, "it is made once"


def test_a_store_in_the_clear_is_sealed_when_it_is_brought_up(store: Store) -> None:
    person_id = tells(store)
    down(store, "0006")
    raw = everything_in_the_clear(store)
    assert [word for word in PLANTED if word not in raw] == []
    assert [path.read_bytes() for path in store.files.folder.iterdir()] == [FILE_WORDS]
    up(store)
    raw = everything_in(store)
    assert [word for word in PLANTED if word in raw] == []
    assert FILE_WORDS not in b"".join(path.read_bytes() for path in store.files.folder.iterdir())
    with store.reading() as session:
        assert session.get_one(Person, person_id).called == NAME
        assert session.query(Statement).one().words == WORDS
        assert find_contact(session, "telegram", ADDRESS) is not None
        assert find_by_email(session, "annabarb@b.org") is not None
        attachment = session.query(Attachment).one()
    assert store.files.read(attachment.file or "") == FILE_WORDS


def test_nothing_of_the_clear_store_is_left_in_its_files(
    store: Store, store_settings: StoreSettings
) -> None:
    if store.engine.dialect.name != "sqlite":
        pytest.skip("VACUUM FULL is PostgreSQL's own promise")
    tells(store)
    down(store, "0006")
    up(store)
    files = [path for path in store_settings.var_folder.glob("myway.sqlite*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    assert [word for word in PLANTED if word.encode() in content] == []


def everything_in_the_clear(store: Store) -> str:
    """The tables of before, as they stand."""
    tables = ("person", "contact", "incoming", "attachment", "statement", "alert", "answer")
    with store.engine.connect() as connection:
        return "\n".join(
            repr(row)
            for table in (*tables, "facilitator")
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))
        )
