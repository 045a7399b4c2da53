"""A hope of Sam's of which chat and desk made all they can, with a planted word in every column."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import inspect, select

from plan_store.answering import answer
from plan_store.answering_the_desk import answered
from plan_store.brokering_a_hope import STANDS
from plan_store.causes import Cause
from plan_store.keeping_words import PICTURE, keep_statement, link
from plan_store.looking_at_options import WORDS, keep_thought
from plan_store.opening import Store
from plan_store.putting_to_the_person import DESK, TICK, put
from plan_store.saying_it_anyway import Checked, keep_why
from plan_store.sealing.sealed_columns import SEALED, SealedDict
from plan_store.tables import (
    Aspiration,
    Contact,
    HopeOption,
    Incoming,
    Outgoing,
    ShortVersion,
    Statement,
    Table,
    WishCheck,
    now,
)
from plan_store.taking_in import keep
from plan_store.what_hangs_on_a_hope import (
    FILLED_FROM,
    tables_reached,
)
from tests.plan_store.deciding_people import (
    Deciding,
    agreed,
    click,
    promises,
    says,
    writes_step,
)
from tests.plan_store.test_sealing import FILE_WORDS
from tests.review.brokering import has_an_option

# In every word that is planted in the hope.
PLANTED = "zebra"
CLASSES = {m.class_.__tablename__: m.class_ for m in Table.registry.mappers}


def sealed_columns(table: str) -> list[Any]:
    return [c for c in inspect(CLASSES[table]).columns if isinstance(c.type, SEALED)]


WITH_WORDS = {table for table in CLASSES if sealed_columns(table)}


def message(sam: Deciding, words: str = "it", kind: str = "text", **more: Any) -> int:
    with sam.store.writing() as session:
        contact = session.scalars(select(Contact).where(Contact.person_id == sam.person_id)).one()
        came = keep(session, contact, click(), kind, words, **more)
        assert came is not None
        came.state = "settled"
        return came.id


def says_to(sam: Deciding, target: str, message_id: int) -> int:
    with sam.store.writing() as session:
        came = session.get_one(Incoming, message_id)
        cause = Cause.message(sam.person_id, message_id)
        return keep_statement(session, cause, came, "t", target, came.words).id


def is_full(sam: Deciding) -> None:
    """Everything that chat and desk can make of a hope is made of Sam's."""
    outcome_id = agreed(sam)
    step_id = writes_step(sam, outcome_id)
    says(sam, step_id, "needs_help")
    promises(sam)
    option_id = has_an_option(sam.store, sam.person_id, sam.hope_id)
    voice = {"kind": "voice", "media_type": "audio/ogg", "state": "kept", "provider_id": "x"}
    voice |= {"file": sam.store.files.keep(sam.person_id, FILE_WORDS)}
    spoken = message(sam, "", "voice", attachment=voice)
    message(sam, "heard", "heard", details={"voice": spoken})
    picture = says_to(sam, "ask_help", spoken)
    thought, looked = message(sam), message(sam)
    with sam.store.writing() as session:
        session.get_one(HopeOption, option_id).state = STANDS[-1]
    with sam.store.writing() as session:
        answer(session, sam.by_ann(), "it", sam.hope_id, session.get_one(Aspiration, 1).version)
        asked = put(session, sam.by_ann(), "ask", None, sam.hope_id, "it")
        assert asked is not None
        keep_why(session, sam.by_ann(), Checked("it", ("long",), "why"), "desk_question", asked.id)
        cause = Cause.message(sam.person_id, thought)
        option, came = session.get_one(HopeOption, option_id), session.get_one(Incoming, thought)
        keep_thought(session, cause, came, option, WORDS, helped=False)
        hope = session.get_one(Aspiration, sam.hope_id)
        link(session, hope, session.get_one(Statement, picture), "help")
    to_the_desk = says_to(sam, f"{DESK}{asked.id}", message(sam))
    says_to(sam, f"{TICK}{step_id}", message(sam))
    says_to(sam, f"{PICTURE}:{picture}", message(sam))
    still = says_to(sam, "ask_hope.again", looked)
    with sam.store.writing() as session:
        question = session.merge(asked)
        statement = session.get_one(Statement, to_the_desk)
        answered(session, Cause.message(sam.person_id, spoken), question, WORDS, statement)
        session.add(ShortVersion(statement_id=to_the_desk, person_id=sam.person_id, words="it"))
        session.add(
            WishCheck(
                person_id=sam.person_id,
                aspiration_id=sam.hope_id,
                form="ask_hope",
                due_at=now(),
                statement_id=still,
            )
        )


def speaks_of_all_of_it(sam: Deciding) -> None:
    """The chat has said each thing: one reply of every kind, deep in the lines of a reply."""
    with sam.store.writing() as session:
        contact = session.scalars(select(Contact.id).where(Contact.person_id == sam.person_id))
        contact_id = contact.one()
        for kind, table in FILLED_FROM.items():
            row = session.scalars(select(CLASSES[table])).first()
            assert row is not None, table
            named = {"words": {kind: inspect(row).identity[0]}}
            session.add(
                Outgoing(
                    person_id=sam.person_id,
                    contact_id=contact_id,
                    key="k",
                    filling={"said": {"lines": [["said", named]]}},
                    text="it",
                    buttons=[],
                    state="sent",
                )
            )


def plant(sam: Deciding) -> None:
    """The word stands in every sealed column of every row so far; the library's replies but."""
    with sam.store.writing() as session:
        session.query(Outgoing).filter(Outgoing.state == "due").delete()
        for table in tables_reached() & WITH_WORDS:
            rows = session.scalars(select(CLASSES[table])).all()
            assert rows, f"nothing is planted in {table}: make a row of it in is_full()"
            for row in rows:
                for column in sealed_columns(table):
                    word: Any = f"{PLANTED} of {table}.{column.key}"
                    if isinstance(column.type, SealedDict):
                        word = {**getattr(row, column.key), "value": word}
                    setattr(row, column.key, word)


def words_left(store: Store, word: str) -> Iterator[str]:
    with store.reading() as session:
        for table in WITH_WORDS:
            for row in session.scalars(select(CLASSES[table])):
                for column in sealed_columns(table):
                    if word in str(getattr(row, column.key)):
                        yield f"{table}.{column.key}"
