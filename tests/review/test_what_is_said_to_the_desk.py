"""What the young person says to the desk, at the desk: a picture opens, a voice has its words."""

import pytest
from sqlalchemy import select

from bot.saying_what_was_decided import decided
from plan_store.answering_a_proposal import answer_proposal
from plan_store.causes import Cause
from plan_store.keeping_words import keep_statement
from plan_store.opening import Store
from plan_store.putting_to_the_person import COME, DESK, OPTION, answered
from plan_store.reading_what_was_made import outcomes_of
from plan_store.sharing import share
from plan_store.tables import Aspiration, DeskQuestion, Incoming, OutcomeWording, Statement
from plan_store.taking_a_click import LONGEST_WORDS
from review.settings import ReviewSettings
from tests.review.brokering import has_a_meeting, has_an_option
from tests.review.conftest import Visitor
from tests.review.people import hopes, recording, sends, somebody

PICTURE = {"kind": "photo", "media_type": "image/png", "file": "p1.png", "state": "kept"}
VOICE = {"kind": "voice", "media_type": "audio/ogg", "file": "a1.ogg", "state": "kept"}


@pytest.fixture
def sam(store: Store) -> str:
    return somebody(store)


@pytest.fixture
def hope(store: Store, sam: str) -> int:
    return hopes(store, sam, "I want to work with dogs")


def test_a_picture_sent_as_the_answer_opens_while_the_hope_is_shared(
    store: Store, ann: Visitor, sam: str, hope: int, settings: ReviewSettings
) -> None:
    settings.files_folder.mkdir()
    (settings.files_folder / "p1.png").write_bytes(store.keys.seal_bytes(sam, b"a dog"))
    done = ann.sends(
        ann.opens(f"/people/{sam}"), "/questions", {"hope": str(hope)}, words="Which dogs?"
    )
    assert "Your question is kept." in done.text
    cause = Cause.message(sam, sends(store, sam, "", "photo", "photo", attachment=PICTURE))
    with store.writing() as session:
        question = session.scalars(select(DeskQuestion)).one()
        message = session.get_one(Incoming, cause.incoming_id)
        said = keep_statement(session, cause, message, "a", f"{DESK}{question.id}", "")
        answered(session, cause, question, "words", said)
    address = f"/people/{sam}/recordings/{recording(store, cause.incoming_id or 0)}"
    assert address in ann.opens(f"/people/{sam}").links
    assert ann.client.get(address).content == b"a dog"

    private = Cause.message(sam, sends(store, sam, "keep it private"))
    with store.writing() as session:
        share(session, private, session.get_one(Aspiration, hope), "me")
    assert ann.client.get(address).status_code == 404


def test_a_voice_instead_of_an_outcome_has_its_words_beside_it(
    store: Store, ann: Visitor, sam: str, hope: int
) -> None:
    page = ann.opens(f"/people/{sam}")
    ann.sends(page, "/outcomes", {"outcome": None}, words="I help at the dogs’ home.")
    cause = Cause.message(sam, sends(store, sam, "", "voice", "spoken", attachment=VOICE))
    with store.writing() as session:
        message = session.get_one(Incoming, cause.incoming_id)
        wording = session.scalars(select(OutcomeWording.id)).one()
        said = keep_statement(session, cause, message, "a", "desk:1", "")
        assert answer_proposal(session, cause, wording, "says_otherwise", said)
    heard = Cause.message(sam, sends(store, sam, "big dogs", "heard", "spoken"))
    with store.writing() as session:
        message = session.get_one(Incoming, heard.incoming_id)
        voice = session.scalars(select(Statement).where(Statement.target == "desk:1")).one()
        keep_statement(session, heard, message, "b", "desk:1", "big dogs", replaces=voice)
    with store.reading() as session:
        ((outcome,),) = outcomes_of(session, sam).values()
    instead = outcome.older[0].instead
    assert instead is not None
    assert instead.words == "big dogs"
    assert instead.recording is not None


def test_a_voice_sent_to_an_idea_or_a_meeting_opens_there(
    store: Store, ann: Visitor, sam: str, hope: int, settings: ReviewSettings
) -> None:
    settings.files_folder.mkdir()
    (settings.files_folder / "a1.ogg").write_bytes(store.keys.seal_bytes(sam, b"I like it"))
    option, meeting = has_an_option(store, sam, hope), has_a_meeting(store, sam, "The library")
    asked = {f"{OPTION}{option}": "options", f"{COME}food:{meeting}": "meetings"}
    found = {}
    for question, page in asked.items():
        cause = Cause.message(sam, sends(store, sam, "", "voice", "spoken", attachment=VOICE))
        with store.writing() as session:
            message = session.get_one(Incoming, cause.incoming_id)
            keep_statement(session, cause, message, "a", question, "")
        found[page] = f"/people/{sam}/recordings/{recording(store, cause.incoming_id or 0)}"
        assert found[page] in ann.opens(f"/people/{sam}/{page}").links
        assert ann.client.get(found[page]).content == b"I like it"
    private = Cause.message(sam, sends(store, sam, "keep it private"))
    with store.writing() as session:
        share(session, private, session.get_one(Aspiration, hope), "me")
    # What was said of a hope that is private now is nobody's; the meeting stays theirs together.
    assert ann.client.get(found["options"]).status_code == 404
    assert ann.client.get(found["meetings"]).status_code == 200


def test_what_the_desk_takes_goes_into_the_chat_whole(
    store: Store, ann: Visitor, sam: str, hope: int
) -> None:
    long = "I like dogs. " * 200
    page = ann.sends(
        ann.opens(f"/people/{sam}"), "/outcomes", {"outcome": None}, words=long[: LONGEST_WORDS + 1]
    )
    assert ann.response.status_code == 422
    assert "Use 1,500 letters at most" in page.text
    whole = long[: LONGEST_WORDS - 2].strip()
    ann.sends(page, "/outcomes", {"outcome": None}, words=whole, anyway="All of it is said")
    with store.reading() as session:
        wording = session.scalars(select(OutcomeWording)).one()
        assert decided(session, "words", "wording", wording.id)["words"] == whole
