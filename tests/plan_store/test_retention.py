"""The table of retention is whole, and what is over goes: each kind, and not before its time."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from plan_store import retaining
from plan_store.causes import Cause
from plan_store.inviting import new_invite
from plan_store.keeping_words import keep_statement, link
from plan_store.linking_to_a_plan import make_plan_link
from plan_store.opening import Store
from plan_store.reading_data import DataWrong
from plan_store.retaining import FILE, apply, read_retention
from plan_store.settings import StoreSettings
from plan_store.tables import (
    Alert,
    Aspiration,
    Attachment,
    Contact,
    Incoming,
    Invite,
    Outgoing,
    Person,
    PlanLink,
    SealingKey,
    Statement,
    Unheard,
    now,
)
from plan_store.taking_in import leave_unheard
from tests.plan_store.telling_a_plan import Teller
from tests.plan_store.test_sealing import FILE_WORDS, WORDS, tells

YEAR = timedelta(days=366)
TABLE = read_retention()


def gone(store: Store, after: timedelta) -> dict[str, int]:
    """What is over so long from now, by kind; and then it is gone."""
    found = apply(store, TABLE, now() + after)
    return {over.what: over.count for over in found if over.count}


def test_every_line_says_what_how_long_from_when_why_and_by_what_law() -> None:
    assert all(each.keeps and each.begins and each.why and each.law for each in TABLE.schedule)
    assert {each.code: each.lasts.days for each in TABLE.schedule if each.what == "recording"} == {
        "R1": 90
    }


def test_a_line_that_is_left_out_or_nobody_knows_is_refused(tmp_path: Path) -> None:
    whole = FILE.read_text()
    for wrong in (
        whole.replace("what: recording", "what: recordings"),
        whole.replace("for: 90 days", "for: a while"),
        whole.replace("code: R1", "code: P1"),
    ):
        file = tmp_path / "retention.yml"
        file.write_text(wrong)
        with pytest.raises(DataWrong):
            read_retention(file)


def speaks(store: Store) -> tuple[Teller, int]:
    """A voice whose words were written down, confirmed and agreed."""
    sam = Teller(store)
    hope = sam.begins("home")
    name = store.files.keep(sam.person_id, FILE_WORDS)
    voice = {"kind": "voice", "media_type": "audio/ogg", "file": name, "state": "kept"}
    said = sam.says(hope, "hope", "", sent="voice", how="spoken", attachment=voice)
    with store.writing() as session:
        spoken = session.get_one(Statement, said)
        message = session.get_one(Incoming, spoken.incoming_id)
        cause = Cause.message(sam.person_id, message.id)
        words = keep_statement(session, cause, message, "heard", "x", WORDS, replaces=spoken)
        link(session, session.get_one(Aspiration, hope), words, "hope")
    return sam, hope


def test_a_voice_goes_90_days_after_its_words_were_agreed(store: Store) -> None:
    sam, hope = speaks(store)
    assert "recording" not in gone(store, 3 * timedelta(days=91)), "they were not agreed"
    sam.agrees(hope)
    assert "recording" not in gone(store, timedelta(days=89))
    assert gone(store, timedelta(days=91)) == {"recording": 1}
    with store.reading() as session:
        row = session.scalars(select(Attachment)).one()
        assert (row.state, row.file) == ("over", None)
        assert session.scalars(select(Statement.words).where(Statement.words != "")).all() == [
            WORDS
        ]
    assert list(store.files.folder.iterdir()) == []


def test_who_wants_to_keep_their_voice_keeps_it(store: Store) -> None:
    sam, hope = speaks(store)
    sam.agrees(hope)
    with store.writing() as session:
        session.get_one(Person, sam.person_id).keeps_recordings = True
    assert "recording" not in gone(store, timedelta(days=200))


def test_a_voice_that_is_the_only_form_of_the_words_stays(store: Store) -> None:
    sam = Teller(store)
    hope = sam.begins("home")
    name = store.files.keep(sam.person_id, FILE_WORDS)
    voice = {"kind": "voice", "media_type": "audio/ogg", "file": name, "state": "kept"}
    sam.says(hope, "hope", "", sent="voice", how="spoken", attachment=voice)
    sam.agrees(hope)
    assert "recording" not in gone(store, timedelta(days=200))


def test_messages_are_emptied_after_a_year_and_the_plan_stays(store: Store) -> None:
    sam = Teller(store)
    hope = sam.begins("home")
    sam.says(hope, "hope", WORDS)
    with store.writing() as session:
        session.execute(update(Incoming).values(state="settled", settled_at=now()))
        contact = session.scalars(select(Contact)).first()
        assert contact is not None
        session.add(
            Outgoing(
                person_id=sam.person_id,
                contact_id=contact.id,
                key="k",
                filling={},
                text=WORDS,
                buttons=[],
                state="sent",
            )
        )
    assert gone(store, YEAR - timedelta(days=3)) == {}
    assert gone(store, YEAR).keys() == {"message_in", "message_out"}
    with store.reading() as session:
        assert set(session.scalars(select(Incoming.words))) == {""}
        assert session.scalars(select(Outgoing.text)).all() == [""]
        assert session.scalars(select(Statement.words)).all() == [WORDS]


def test_links_codes_and_notes_go(store: Store, store_settings: StoreSettings) -> None:
    sam = Teller(store)
    with store.writing() as session:
        make_plan_link(session, sam.person_id)
        new_invite(session, "t")
        leave_unheard(session, "telegram:9", "poll", "not_for_the_chat")
    logs = store_settings.var_folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    (logs / "bot.log").write_text("1 message")
    assert gone(store, timedelta(days=8)) == {"plan_link": 1}
    assert gone(store, timedelta(days=40)).keys() == {"invite", "log"}
    assert gone(store, timedelta(days=91)) == {"unheard": 1}
    with store.reading() as session:
        for table in (PlanLink, Invite, Unheard):
            assert session.scalars(select(table)).all() == []
    assert list(logs.iterdir()) == []


def test_a_person_goes_after_twelve_years_and_only_when_they_are_long_quiet(store: Store) -> None:
    person_id = tells(store)
    with store.writing() as session:
        session.execute(update(Person).values(created_at=now() - 12 * YEAR))
    assert "person" not in gone(store, timedelta(0)), "they wrote today"
    with store.writing() as session:
        session.execute(update(Contact).values(heard_at=now() - 2 * YEAR))
    assert gone(store, timedelta(0)) == {"person": 1}
    with store.reading() as session:
        assert session.get(Person, person_id) is None
        assert len(session.scalars(select(Alert)).all()) == 1, "it has its own time"


def test_an_alert_goes_after_twelve_years_with_its_key_but_never_while_it_is_open(
    store: Store,
) -> None:
    tells(store)
    with store.writing() as session:
        session.execute(update(Alert).values(raised_at=now() - 12 * YEAR))
    assert "alert" not in gone(store, timedelta(0))
    with store.writing() as session:
        session.execute(update(Alert).values(state="closed"))
    assert gone(store, timedelta(0)) == {"alert": 1}
    with store.reading() as session:
        assert not [key for key in session.scalars(select(SealingKey.owner)) if "alert" in key]


def test_a_dry_run_takes_nothing_away(
    store: Store,
    store_settings: StoreSettings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sam = Teller(store)
    with store.writing() as session:
        make_plan_link(session, sam.person_id)
        session.execute(update(PlanLink).values(ends_at=now() - timedelta(days=8)))
    monkeypatch.setattr(retaining, "StoreSettings", lambda: store_settings)
    for arguments, left in ((["--dry-run", "--json"], 1), (["--json"], 0)):
        assert retaining.main(arguments) == 0
        said = json.loads(capsys.readouterr().out)
        assert {"code": "A1", "what": "plan_link", "count": 1} in said
        with store.reading() as session:
            assert len(session.scalars(select(PlanLink)).all()) == left
    assert retaining.main(["--dry-run"]) == 0
    assert "would go" in capsys.readouterr().out
    assert retaining.main(["--dryrun"]) == 2


def test_old_logs_are_told_by_their_last_line(store: Store, store_settings: StoreSettings) -> None:
    logs = store_settings.var_folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    for name, age in (("old.log", 31), ("young.log", 29)):
        (logs / name).write_text("x")
        written = (now() - timedelta(days=age)).timestamp()
        os.utime(logs / name, (written, written))
    assert gone(store, timedelta(0)) == {"log": 1}
    assert [path.name for path in logs.iterdir()] == ["young.log"]
