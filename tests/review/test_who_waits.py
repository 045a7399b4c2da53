"""The waiting list: by person, the most pressing first, and nobody's private words."""

from datetime import timedelta

from sqlalchemy import event, update
from sqlalchemy.orm import Session

from plan_store.looking import looked
from plan_store.morning import InTheMorning, people_of
from plan_store.opening import Store
from plan_store.reading_a_person import read_person
from plan_store.roles import Viewer
from plan_store.tables import Contact, Facilitator, Outgoing, Person, now
from tests.review.conftest import Visitor
from tests.review.people import (
    asks_for_a_person,
    begins_a_hope,
    hopes,
    is_in_danger,
    is_not_understood,
    says,
    somebody,
)

EVERYTHING = Viewer(0, frozenset({"manager"}))


def who_waits(session: Session) -> list[InTheMorning]:
    return [person for person in people_of(session, EVERYTHING) if person.reasons]


def opened(store: Store, ann: Visitor, *people: str) -> None:
    """Ann has looked at them, so that they are not new any more."""
    for person_id in people:
        ann.opens(f"/people/{person_id}")


def test_the_most_pressing_come_first_and_each_person_once(store: Store, ann: Visitor) -> None:
    new = somebody(store, "Nell")
    aside, hope, call, alert, nothing = (
        somebody(store, name) for name in ("Amir", "Hope", "Cara", "Dee", "Zoe")
    )
    is_not_understood(store, aside, "asdf")
    hopes(store, hope, "I want to work with dogs")
    hopes(store, call, "I want to swim")
    asks_for_a_person(store, call)
    is_in_danger(store, alert, "I cut myself")
    opened(store, ann, aside, hope, call, alert, nothing)

    with store.reading() as session:
        waiting = who_waits(session)

    assert [person.person_id for person in waiting] == [alert, call, hope, aside, new]
    assert [why.kind for why in waiting[1].reasons] == ["call", "hope"]
    page = ann.opens("/")
    text = page.text
    assert (
        text.index("1 safeguarding alert, seen by nobody yet")
        < text.index("Asked to talk to a person since")
        < text.index("1 hope to answer", text.index("Hope"))
        < text.index("1 message the chat could not answer")
        < text.index("New: nobody has opened their page yet")
    )
    assert [link for link in page.links if link.startswith("/people/")] == [
        f"/people/{person.person_id}" for person in waiting
    ]
    assert "5 people wait" in text


def test_no_words_of_anybody_stand_in_the_lists(store: Store, ann: Visitor) -> None:
    sam = somebody(store)
    hopes(store, sam, "I want to work with dogs")
    is_in_danger(store, sam, "I cut myself")
    for path in ("/", "/people"):
        text = ann.opens(path).text
        assert "Sam" in text
        assert "dogs" not in text
        assert "cut myself" not in text


def test_who_waits_longest_comes_first(store: Store) -> None:
    first, second = somebody(store, "B"), somebody(store, "A")
    asks_for_a_person(store, first)
    asks_for_a_person(store, second)
    with store.reading() as session:
        assert [person.person_id for person in who_waits(session)] == [first, second]


def test_a_private_hope_does_not_wait_for_a_facilitator(store: Store, ann: Visitor) -> None:
    sam = somebody(store)
    hopes(store, sam, "a secret", "me")
    half = begins_a_hope(store, sam)
    says(store, half, "hope", "half said")
    opened(store, ann, sam)
    with store.reading() as session:
        assert who_waits(session) == []
    assert "Nobody waits for you now." in ann.opens("/").text


def test_somebody_without_a_name_is_there_too(store: Store, ann: Visitor) -> None:
    somebody(store, None)
    assert "No name yet" in ann.opens("/").text
    assert "No name yet" in ann.opens("/people").text


def test_a_new_person_is_new_until_somebody_looks(store: Store, ann: Visitor) -> None:
    sam = somebody(store)
    assert "New: nobody has opened their page yet" in ann.opens("/").text
    opened(store, ann, sam)
    assert "Nobody waits for you now." in ann.opens("/").text
    assert "Sam" in ann.opens("/people").text


def test_somebody_quiet_is_named_after_two_weeks(store: Store, ann: Visitor) -> None:
    sam = somebody(store)
    opened(store, ann, sam)
    long_ago = now() - timedelta(days=20)
    with store.writing() as session:
        session.execute(update(Person).values(created_at=long_ago))
        session.execute(update(Contact).values(heard_at=long_ago))
    assert "Quiet: nothing was said on either side" in ann.opens("/").text
    assert "(20 days ago)" in ann.opens("/").text

    ann.sends(ann.opens(f"/people/{sam}"), "/answers", words="How are you?")
    assert "Nobody waits for you now." in ann.opens("/").text


def test_an_answer_that_did_not_arrive_waits(store: Store, ann: Visitor) -> None:
    sam = somebody(store)
    page = ann.opens(f"/people/{sam}")
    ann.sends(page, "/answers", words="Hello Sam")
    with store.writing() as session:
        session.execute(update(Outgoing).values(state="failed"))
    assert "The last answer did not reach them" in ann.opens("/").text


def test_the_number_of_queries_does_not_grow_with_the_people(store: Store) -> None:
    def count() -> tuple[int, int, int]:
        asked: list[str] = []

        def note(*arguments: object) -> None:
            asked.append(str(arguments[2]))

        event.listen(store.engine, "before_cursor_execute", note)
        try:
            with store.reading() as session:
                people = people_of(session, EVERYTHING)
            for_the_list = len(asked)
            with store.reading() as session:
                read_person(session, EVERYTHING, sam)
            return len(people), for_the_list, len(asked) - for_the_list
        finally:
            event.remove(store.engine, "before_cursor_execute", note)

    with store.writing() as session:
        ann = Facilitator(name="Ann", email="ann@example.org", password_hash="-")
        session.add(ann)
        session.flush()
        ann_id = ann.id
    sam = somebody(store)
    hopes(store, sam, "I want to swim")
    is_in_danger(store, sam, "help me")
    few = count()
    for number in range(50):
        every_kind = [somebody(store, f"Number {number}") for _ in range(4)]
        hopes(store, every_kind[0], "I want to swim")
        is_not_understood(store, every_kind[1], "?")
        is_in_danger(store, every_kind[2], "help me")
        with store.writing() as session:
            looked(session, ann_id, every_kind[3], "page")
    for _ in range(20):
        hopes(store, sam, "and one more")
        is_in_danger(store, sam, "help me")
        is_not_understood(store, sam, "?")
    many = count()

    assert few[0] == 1
    assert many[0] == 201
    assert many[1:] == few[1:]
    assert many[1] <= 16
    assert many[2] <= 30
