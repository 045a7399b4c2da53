"""From a line of a plan to its moment: the question, the words, the answer; and nothing private."""

from sqlalchemy import select

from plan_store.opening import Store
from plan_store.tables import Access, Contact, Incoming, Outgoing, Statement
from tests.review.conftest import Visitor
from tests.review.people import agrees, begins_a_hope, hopes, says, somebody


def chat_says(
    store: Store, person_id: str, text: str, cause_id: int | None, **more: object
) -> None:
    with store.writing() as session:
        contact = session.scalars(select(Contact).where(Contact.person_id == person_id)).one()
        session.add(
            Outgoing(
                person_id=person_id,
                contact_id=contact.id,
                cause_id=cause_id,
                key="ask_hope",
                text=text,
                buttons=[],
                state="sent",
                **{"filling": {}, **more},
            )
        )


def statement_of(store: Store, words: str) -> int:
    with store.reading() as session:
        # Sealed: the database cannot look for words.
        (found,) = [said.id for said in session.scalars(select(Statement)) if said.words == words]
        return found


def test_a_line_leads_to_what_was_asked_said_and_answered(store: Store, ann: Visitor) -> None:
    sam = somebody(store)
    hope = begins_a_hope(store, sam)
    chat_says(store, sam, "What work would you like?", None)
    message = says(store, hope, "hope", "I want to work with dogs", how="spoken")
    chat_says(store, sam, "I kept your words.", message)
    agrees(store, hope)
    with store.reading() as session:
        assert session.get_one(Incoming, message).person_id == sam

    page = ann.opens(f"/people/{sam}")
    path = f"/people/{sam}/moments/{statement_of(store, 'I want to work with dogs')}"
    assert path in page.links
    text = ann.opens(path).text
    assert (
        text.index("Spoken")
        < text.index("What work would you like?")
        < text.index("I want to work with dogs")
        < text.index("I kept your words.")
    )
    with store.reading() as session:
        looked = list(session.scalars(select(Access.what).order_by(Access.id)))
    assert looked == ["page", f"moment:{path.rpartition('/')[2]}"]


def test_words_said_back_and_private_words_are_not_there(store: Store, ann: Visitor) -> None:
    sam = somebody(store)
    secret = hopes(store, sam, "a secret", "me")
    filled = {"words": {"aspiration": secret}}
    chat_says(store, sam, "You said: a secret.", None, filling=filled)
    hopes(store, sam, "I want to swim")
    swim = statement_of(store, "I want to swim")
    page = ann.opens(f"/people/{sam}/moments/{swim}")
    assert "I want to swim" in page.text
    assert "a secret" not in page.text
    assert "They may be private" in page.text

    hidden = statement_of(store, "a secret")
    assert ann.client.get(f"/people/{sam}/moments/{hidden}").status_code == 404
    zoe = somebody(store, "Zoe")
    assert ann.client.get(f"/people/{zoe}/moments/{swim}").status_code == 404
