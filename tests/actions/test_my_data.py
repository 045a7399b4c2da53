"""Who looked, what is known about me, send it to me, forget me: done at once, by the chat."""

import pytest
from sqlalchemy import select

from actions.serving import Executor
from plan_store.alerting import Noticed, raise_alert
from plan_store.facilitators import make_account, new_desk_key
from plan_store.looking import looked
from plan_store.opening import Store
from plan_store.tables import Call, Contact, Incoming, Person, Place
from tests.actions.calling_the_hands import at_the_first_question, call, kept, keys, replies


async def asks(hands: Executor, store: Store, ash: Contact, intent: str) -> list[str]:
    return await keys(hands, call("action_my_data", kept(store, ash, intent), intent))


async def confirms(hands: Executor, store: Store, ash: Contact, answer: str) -> list[str]:
    return await keys(hands, call("action_confirm", kept(store, ash, f"sure {answer}"), answer))


def row(store: Store, ash: Contact) -> tuple[Person, Place]:
    with store.reading() as session:
        return session.get_one(Person, ash.person_id), session.get_one(Place, ash.person_id)


@pytest.mark.parametrize(
    ("intent", "says"),
    [("know_about_me", "my_things"), ("send_me_everything", "my_things_to_keep")],
)
async def test_all_that_is_known_is_shown_and_the_question_comes_back(
    hands: Executor, store: Store, ash: Contact, intent: str, says: str
) -> None:
    await at_the_first_question(hands, store, ash)
    asked = call("action_my_data", kept(store, ash, intent), intent)
    first, *rest = await replies(hands, asked)
    assert (first["key"], first["filling"]) == (says, {"link": {"my_things_link": ash.person_id}})
    assert [reply["key"] for reply in rest] == ["ask_work_hope"]
    with store.reading() as session:
        assert session.scalars(select(Call)).all() == [], "nobody has to do it by hand"


async def test_who_looked_is_told_from_the_log(hands: Executor, store: Store, ash: Contact) -> None:
    await at_the_first_question(hands, store, ash)
    assert await asks(hands, store, ash, "who_looked") == ["nobody_looked", "ask_work_hope"]
    with store.writing() as session:
        ann = make_account(session, new_desk_key(session), "Ann", "a@b.org", "x")
        bob = make_account(session, new_desk_key(session), "Bob", "b@b.org", "x")
        looked(session, ann.id, ash.person_id, "page")
    answer = await replies(hands, call("action_my_data", kept(store, ash, "who?"), "who_looked"))
    assert answer[0]["key"] == "somebody_looked"
    assert answer[0]["filling"]["facilitator"] == {"facilitator": ann.id}
    with store.writing() as session:
        looked(session, bob.id, ash.person_id, "recording:1")
    answer = await replies(hands, call("action_my_data", kept(store, ash, "who??"), "who_looked"))
    assert answer[0]["key"] == "more_looked"
    assert answer[0]["filling"]["facilitator"] == {"facilitator": bob.id}
    assert answer[0]["filling"]["count"] == {"number": 1}


async def test_forget_me_asks_first_and_a_no_keeps_all(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    assert await asks(hands, store, ash, "forget_me") == ["ask_forget"]
    assert await confirms(hands, store, ash, "deny") == ["not_forgotten", "ask_work_hope"]
    assert row(store, ash)[0].leaves_at is None


@pytest.mark.parametrize("answer", ["tell", "maybe", "nlu_fallback"])
async def test_what_is_no_clear_yes_keeps_all(
    hands: Executor, store: Store, ash: Contact, answer: str
) -> None:
    await at_the_first_question(hands, store, ash)
    await asks(hands, store, ash, "forget_me")
    assert (await confirms(hands, store, ash, answer))[0] == "not_forgotten"
    assert row(store, ash)[0].leaves_at is None


async def test_a_yes_forgets_and_asks_nothing_more(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    await asks(hands, store, ash, "forget_me")
    assert await confirms(hands, store, ash, "affirm") == ["forgotten_soon"]
    person, place = row(store, ash)
    assert person.leaves_at is not None
    assert (place.expecting, place.question) == ("nothing", None)


async def test_what_the_law_wants_kept_is_said_before_and_after(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    with store.writing() as session:
        message = session.scalars(select(Incoming).limit(1)).one()
        raise_alert(session, message, Noticed("abuse", "hit"))
    assert await asks(hands, store, ash, "forget_me") == ["ask_forget_but"]
    assert await confirms(hands, store, ash, "affirm") == ["forgotten_soon_but"]
