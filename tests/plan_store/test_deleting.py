""" "Delete this": no row carries a word of the hope any more, whoever wrote it; the rest stays."""

import ast
import inspect as python_inspect
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.words import Library
from plan_store.alerting import Noticed, raise_alert
from plan_store.causes import Cause
from plan_store.deleting import GONE, delete_item, delete_statement, keeps_danger
from plan_store.keeping_words import keep_statement, link
from plan_store.noting_for_staff import write_note
from plan_store.opening import Store
from plan_store.sweeping import sweep
from plan_store.tables import (
    Alert,
    Aspiration,
    AspirationStatement,
    Attachment,
    Brokering,
    Contact,
    HopeOption,
    Incoming,
    OptionAnswer,
    Outgoing,
    ShortVersion,
    Statement,
)
from plan_store.what_hangs_on_a_hope import (
    CARDS,
    FILLED_FROM,
    REMOVED,
    STAYS,
    hanging_on,
    tables_reached,
)
from plan_store.what_was_answered import ANSWERS
from tests.plan_store.a_full_hope import (
    PLANTED,
    WITH_WORDS,
    is_full,
    message,
    plant,
    says_to,
    sealed_columns,
    speaks_of_all_of_it,
    words_left,
)
from tests.plan_store.deciding_people import (
    Deciding,
    agreed,
    promises,
    somebody_who_hopes,
)
from tests.review.brokering import has_a_meeting
from tests.review.people import hopes

DOCS = Path(__file__).parents[2] / "docs" / "data-protection.md"
# In every word of what stays.
OTHER = "walrus"
# What fills a reply and is of no hope.
OF_NO_HOPE = {
    *("question", "plan_link", "my_things_link", "looked_on", "door_link", "facilitator"),
    *("lines", "meeting", "say", "chapter", "number", "button"),
}


@pytest.fixture
def sam(store: Store) -> Deciding:
    return somebody_who_hopes(store)


def test_every_table_with_words_is_reached_from_a_hope_or_says_why_it_stays() -> None:
    reached = tables_reached() & WITH_WORDS
    assert reached.isdisjoint(STAYS), "a table cannot both go and stay"
    assert reached | set(STAYS) == WITH_WORDS
    assert set(REMOVED) - {table.__tablename__ for table in ANSWERS} <= reached


def test_the_note_on_data_protection_says_what_stays_and_why() -> None:
    said = DOCS.read_text().split("**Deleting a hope**")[1].split("\n\n")[0]
    of_no_hope_by_nature = {"person", "contact", "facilitator", "agreement"}
    assert [t for t in set(STAYS) - of_no_hope_by_nature if f"`{t}`" not in said] == []


def test_every_kind_that_fills_a_reply_is_known() -> None:
    """A new kind in the words of the chat must say of which table it is."""
    source = textwrap.dedent(python_inspect.getsource(Library._named))
    kinds = {
        value.value.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.match_case)
        for value in ast.walk(node.pattern)
        if isinstance(value, ast.MatchValue) and isinstance(value.value, ast.Constant)
    }
    assert kinds == {*FILLED_FROM, CARDS, *OF_NO_HOPE}
    assert set(FILLED_FROM.values()) <= tables_reached()


def test_no_word_of_a_deleted_hope_is_left_in_any_table(sam: Deciding) -> None:
    is_full(sam)
    speaks_of_all_of_it(sam)
    plant(sam)
    other = hopes(sam.store, sam.person_id, f"{OTHER} watching")
    has_a_meeting(sam.store, sam.person_id, f"The {OTHER} house")
    with sam.store.writing() as session:
        write_note(session, sam.by_ann(), f"likes a {OTHER}")
    before = sorted(words_left(sam.store, OTHER))
    assert set(words_left(sam.store, PLANTED)) == {
        f"{table}.{column.key}"
        for table in tables_reached() & WITH_WORDS
        for column in sealed_columns(table)
    }
    cause = sam.by_sam("yes")
    with sam.store.writing() as session:
        delete_item(session, cause, session.get_one(Aspiration, sam.hope_id))
    assert sweep(sam.store).files == 1
    assert sorted(words_left(sam.store, PLANTED)) == []
    assert sorted(words_left(sam.store, OTHER)) == before
    with sam.store.reading() as session:
        for table in (HopeOption, OptionAnswer, Brokering, ShortVersion):
            assert session.scalars(select(table)).all() == []
        assert session.get_one(Aspiration, other).status != "cancelled"


def test_what_was_not_sent_yet_is_not_sent_any_more(sam: Deciding) -> None:
    promises(sam)
    cause = sam.by_sam("yes")
    with sam.store.writing() as session:
        assert "promise_made" in session.scalars(select(Outgoing.key)).all()
        delete_item(session, cause, session.get_one(Aspiration, sam.hope_id))
        assert "promise_made" not in session.scalars(select(Outgoing.key)).all()


def test_words_that_stand_in_another_hope_are_left_there_with_their_message(sam: Deciding) -> None:
    with sam.store.writing() as session:
        shared = session.scalars(select(Statement)).one()
        shared_words, shared_id = shared.words, shared.id
    other = hopes(sam.store, sam.person_id, "to live by the sea")
    with sam.store.writing() as session:
        link(
            session,
            session.get_one(Aspiration, other),
            session.get_one(Statement, shared_id),
            "help",
        )
    cause = sam.by_sam("yes")
    with sam.store.writing() as session:
        delete_item(session, cause, session.get_one(Aspiration, sam.hope_id))
    with sam.store.reading() as session:
        kept = session.get_one(Statement, shared_id)
        assert kept.words == shared_words
        assert session.get_one(Incoming, kept.incoming_id).words == shared_words


def test_one_part_goes_and_what_staff_made_of_the_hope_stays(sam: Deciding) -> None:
    agreed(sam)
    with sam.store.reading() as session:
        wording = sam.wordings()
    part = says_to(sam, "ask_help", message(sam, "my aunt helps"))
    newer = message(sam, "my aunt Jo helps")
    with sam.store.writing() as session:
        older = session.get_one(Statement, part)
        came = session.get_one(Incoming, newer)
        cause = Cause.message(sam.person_id, newer)
        now_said = keep_statement(session, cause, came, "t", "ask_help", came.words, replaces=older)
        for each in (older, now_said):
            link(session, session.get_one(Aspiration, sam.hope_id), each, "help")
        delete_statement(session, cause, now_said)
    with sam.store.reading() as session:
        left = session.scalars(select(Statement.words).where(Statement.target == "ask_help")).all()
        assert left == ["", ""]
        assert "my aunt helps" not in session.scalars(select(Incoming.words)).all()
    assert sam.wordings() == wording


def test_a_reply_that_quotes_keeps_what_it_says_besides(sam: Deciding) -> None:
    asked = message(sam, "delete the dogs")
    with sam.store.writing() as session:
        statement = session.scalars(select(Statement)).one()
        contact = session.scalars(select(Contact).where(Contact.person_id == sam.person_id)).one()
        session.add(
            Outgoing(
                person_id=sam.person_id,
                contact_id=contact.id,
                key="ask_delete",
                filling={"words": {"statement": statement.id}},
                text=f"You said: “{statement.words}”. Delete it?",
                buttons=[],
                state="sent",
                cause_id=asked,
            )
        )
    with sam.store.writing() as session:
        statement = session.scalars(select(Statement)).one()
        delete_statement(session, Cause.message(sam.person_id, asked), statement)
        assert session.scalars(select(Outgoing.text)).one() == f"You said: “{GONE}”. Delete it?"
        assert session.get_one(Incoming, asked).words == "", "it named the words too"


def test_words_about_danger_stay_and_it_is_known_before(sam: Deciding) -> None:
    with sam.store.writing() as session:
        statement = session.scalars(select(Statement)).one()
        assert not keeps_danger(session, statement)
        came = session.get_one(Incoming, statement.incoming_id)
        raise_alert(session, came, Noticed("abuse", "phrase"))
        words = came.words
    cause = sam.by_sam("yes")
    with sam.store.writing() as session:
        assert keeps_danger(session, session.scalars(select(Statement)).one())
        delete_item(session, cause, session.get_one(Aspiration, sam.hope_id))
        assert session.scalars(select(Alert.words)).one() == words
        assert session.get_one(Incoming, came.id).words == ""


def test_what_is_said_of_a_row_that_nobody_knows_is_refused(sam: Deciding) -> None:
    with pytest.raises(ValueError, match="'bus'"):
        says_to(sam, "bus:1", message(sam))


def test_a_repeat_finds_nothing_more(sam: Deciding) -> None:
    is_full(sam)
    cause = sam.by_sam("yes")
    with sam.store.writing() as session:
        hope = session.get_one(Aspiration, sam.hope_id)
        delete_item(session, cause, hope)
        rows = hanging_on(session, hope)
        assert {row.__tablename__ for row in rows}.isdisjoint(REMOVED)
        assert AspirationStatement.__tablename__ in {row.__tablename__ for row in rows}
        states = session.scalars(select(Attachment.state)).all()
        assert set(states) == {"deleted"}
