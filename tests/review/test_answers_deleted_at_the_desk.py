"""An answer that was deleted: the desk says that it was, and when, and no word of it."""

from plan_store.causes import Cause
from plan_store.deleting import delete_answer
from plan_store.looking_at_options import keep_thought
from plan_store.meeting_up import keep_meeting_answer
from plan_store.opening import Store
from plan_store.order_of_locks import lock_hopes
from plan_store.tables import HopeOption, Incoming, Meeting
from plan_store.what_was_answered import answers_of
from tests.review.brokering import has_a_meeting, has_an_option
from tests.review.conftest import Visitor
from tests.review.people import hopes, sends, somebody

GONE = "Sam deleted what they had said to this"


def deletes(store: Store, person_id: str, message_id: int) -> None:
    cause = Cause.message(person_id, sends(store, person_id, "yes"))
    with store.writing() as session:
        (answer,) = answers_of(session, [message_id])
        delete_answer(session, cause, answer)


def test_a_thought_and_what_helps_to_come(ann: Visitor, store: Store) -> None:
    sam = somebody(store, "Sam")
    hope = hopes(store, sam, "I want to work with dogs")
    option = has_an_option(store, sam, hope)
    meeting = has_a_meeting(store, sam, "The hall")
    thought, ride = sends(store, sam, "my uncle Zebedee"), sends(store, sam, "my sister Zelda")
    with store.writing() as session:
        about = session.get_one(Meeting, meeting)
        cause, said = Cause.message(sam, ride), session.get_one(Incoming, ride)
        keep_meeting_answer(session, cause, said, about, "transport", "words", helped=False)
        lock_hopes(session, [hope])
        row = session.get_one(HopeOption, option)
        row.state, row.sent_at = "sent", said.received_at
        cause, said = Cause.message(sam, thought), session.get_one(Incoming, thought)
        keep_thought(session, cause, said, row, "words", helped=False)
    options, meetings = f"/people/{sam}/options", f"/people/{sam}/meetings"
    for page, words in ((options, "my uncle Zebedee"), (meetings, "my sister Zelda")):
        assert words in ann.opens(page).text
        assert GONE not in ann.opens(page).text
    for message_id in (thought, ride):
        deletes(store, sam, message_id)
    for page, words in ((options, "my uncle Zebedee"), (meetings, "my sister Zelda")):
        assert words not in ann.opens(page).text
        assert GONE in ann.opens(page).text
