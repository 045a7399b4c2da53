"""The morning page by its list: late, new since I looked, whose turn, searched; and in time."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, update

from plan_store.causes import Cause
from plan_store.morning import people_of
from plan_store.opening import Store
from plan_store.reaching_people import give_person
from plan_store.roles import Viewer
from plan_store.sealing.sealing_rows import owned
from plan_store.tables import (
    Call,
    Contact,
    Incoming,
    Outgoing,
    Person,
    Place,
    now,
)
from tests.review.conftest import Visitor, facilitator
from tests.review.people import (
    agrees,
    asks_for_a_person,
    begins_a_hope,
    hopes,
    is_in_danger,
    says,
    somebody,
)

MANAGER = Viewer(1, frozenset({"manager"}))
PEOPLE, MESSAGES = 200, 20_000
MOST_SECONDS = 0.2


def days_ago(days: int) -> datetime:
    return now() - timedelta(days=days)


def section_of(store: Store, person_id: str, viewer: Viewer = MANAGER) -> str:
    with store.reading() as session:
        return {each.person_id: each.section for each in people_of(session, viewer)}[person_id]


def test_what_waits_too_long_is_late_and_comes_before_what_does_not(
    store: Store, ann: Visitor
) -> None:
    sam, zoe = somebody(store, "Sam"), somebody(store, "Zoe")
    hopes(store, sam, "I want to swim")
    asks_for_a_person(store, zoe)
    assert (section_of(store, sam), section_of(store, zoe)) == ("turn", "turn")
    with store.writing() as session:
        session.execute(update(Call).values(at=days_ago(2)))
    assert section_of(store, zoe) == "late"
    page = ann.opens("/")
    assert page.text.index("Zoe") < page.text.index("Sam")
    assert "Late" in page.text


def test_an_alert_comes_before_everything(store: Store, ann: Visitor) -> None:
    sam = somebody(store)
    asks_for_a_person(store, sam)
    is_in_danger(store, sam, "I cut myself")
    with store.writing() as session:
        session.execute(update(Call).values(at=days_ago(9)))
    assert section_of(store, sam) == "alert"


def test_new_is_what_came_since_this_facilitator_looked(
    store: Store, ann: Visitor, bob: Visitor
) -> None:
    sam = somebody(store)
    hope = hopes(store, sam, "I want to swim")
    for visitor in (ann, bob):
        assert "1 new since you looked" in visitor.opens("/").text
    ann.sends(ann.opens(f"/people/{sam}"), "/answers", {"hope": str(hope)}, words="Where?")
    assert "new since you looked" not in ann.opens("/people").text
    assert "1 new since you looked" in bob.opens("/people").text
    assert "Their turn" in ann.opens("/people").text

    says(store, hope, "hope", "I want to swim in the sea")
    agrees(store, hope)
    assert "1 new since you looked" in ann.opens("/people").text
    hopes(store, sam, "a secret", "me")
    half = begins_a_hope(store, sam)
    says(store, half, "hope", "half said")
    assert "1 new since you looked" in ann.opens("/people").text


def test_how_they_like_to_talk_stands_beside_the_name(store: Store, ann: Visitor) -> None:
    sam = somebody(store)
    with store.writing() as session:
        session.execute(update(Person).values(slow=True, listens=True, pictures=False))
        session.execute(update(Place).values(with_somebody=True))
    for path in ("/", "/people", f"/people/{sam}"):
        text = ann.opens(path).text
        for like in ("Just words", "Listens", "Slow and short", "Somebody is there"):
            assert like in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"Sam", "Samira", "Zoe"}),
        ("q=sam", {"Sam", "Samira"}),
        ("q=SAM+ira", {"Samira"}),
        ("q=fay", {"Zoe"}),
        ("show=nobody", {"Sam", "Samira"}),
        ("show=my_turn", {"Zoe"}),
        ("show=my_turn&q=sam", set()),
        ("show=nonsense", {"Sam", "Samira", "Zoe"}),
    ],
)
def test_search_and_filters(
    store: Store, ann: Visitor, visit: Callable[[], Visitor], asked: str, found: set[str]
) -> None:
    people = {name: somebody(store, name) for name in ("Sam", "Samira", "Zoe")}
    asks_for_a_person(store, people["Zoe"])
    facilitator(visit, store, "Fay", "facilitator")
    with store.writing() as session:
        give_person(session, Cause.by_click(people["Zoe"], 1, "c" * 32), 2)
    links = ann.opens(f"/people?{asked}").links
    assert {name for name, id_ in people.items() if f"/people/{id_}" in links} == found


def test_a_page_with_the_newest_list_gets_nothing_more(store: Store, ann: Visitor) -> None:
    sam = somebody(store)
    page = ann.opens("/")
    (asks,) = (word for word in page.html.split('"') if word.startswith("/news?"))
    asks = asks.replace("&amp;", "&")
    assert ann.client.get(asks).status_code == 204
    asks_for_a_person(store, sam)
    news = ann.client.get(asks)
    assert news.status_code == 200
    assert news.text.lstrip().startswith('<div id="list"')
    assert "Asked to talk to a person" in news.text


def test_a_page_that_asks_by_itself_is_told_to_go_when_the_sign_in_ends(ann: Visitor) -> None:
    ann.sends(ann.opens("/"), "/sign-out")
    answer = ann.client.get("/news", headers={"hx-request": "true"}, follow_redirects=False)
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in"
    assert answer.text == ""


@pytest.mark.by_the_clock
def test_two_hundred_people_and_twenty_thousand_messages_are_there_in_time(
    store: Store, ann: Visitor
) -> None:
    people = [somebody(store, f"Number {number}") for number in range(PEOPLE)]
    for number, person_id in enumerate(people[:60]):
        hopes(store, person_id, "I want to swim", "facilitator" if number % 3 else "me")
    for person_id in people[60:80]:
        asks_for_a_person(store, person_id)
    for person_id in people[80:90]:
        is_in_danger(store, person_id, "help me")
    _talk(store, people)
    for path in ("/", "/people", "/news", f"/people/{people[0]}", "/alerts"):
        ann.client.get(path)
        took = []
        for _ in range(5):
            began = time.perf_counter()
            assert ann.client.get(path).status_code == 200
            took.append(time.perf_counter() - began)
        print(f"{path.split('/')[1] or 'morning'}: {min(took) * 1000:.0f} ms")
        # The quickest of five: others use this machine too.
        assert min(took) < MOST_SECONDS, path


def _talk(store: Store, people: list[str]) -> None:
    """Twenty thousand messages, half of them each way."""
    with store.writing() as session:
        contacts = {
            row.person_id: row.id for row in session.query(Contact.person_id, Contact.id).all()
        }
        each = range(MESSAGES // 2 // len(people))
        session.execute(
            insert(Incoming),
            [
                owned(
                    Incoming,
                    {
                        "key": f"talk-{person_id}-{number}",
                        "person_id": person_id,
                        "contact_id": contacts[person_id],
                        "kind": "text",
                        "how": "typed",
                        "words": "I want to say something",
                        "details": {},
                        "state": "settled",
                    },
                )
                for person_id in people
                for number in each
            ],
        )
        session.execute(
            insert(Outgoing),
            [
                owned(
                    Outgoing,
                    {
                        "person_id": person_id,
                        "contact_id": contacts[person_id],
                        "key": "facilitator_says" if number % 10 == 0 else "ask_hope",
                        "filling": {"words": {"answer": 0}},
                        "buttons": [],
                        "state": "sent",
                    },
                )
                for person_id in people
                for number in each
            ],
        )
