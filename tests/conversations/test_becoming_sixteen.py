"""Somebody becomes 16 in the middle of the chat: told once, and asked about family once more.

In: the day comes; an answer typed or tapped. Out: who may see the hope, and the open question back.
"""

from sqlalchemy.orm import Session

from bot.replying import fill_what_the_desk_put
from plan_store.becoming_sixteen import FAMILY_STILL, become_16, month_of
from plan_store.tables import ComingOfAge, Outgoing, now
from tests.conversations.chat import Chat
from tests.conversations.test_consent_is_shown import is_asked_who_sees, person_id, who_sees


async def shares_with_family(chat: Chat) -> None:
    await is_asked_who_sees(chat)
    await chat.taps("More people", "ask_sharing_more")
    await chat.taps("My family too", "consent_begins", "consent_who")
    await chat.taps("My family too", "consent_change")
    await chat.taps("Yes, any day", "consent_danger")
    await chat.taps("Tell a person", "shared_family", "chapter_done")


async def is_16_today(chat: Chat) -> list[str]:
    """The month is over; the keys of what the house then says, and what the chat shows."""

    def young(session: Session) -> None:
        last_year = month_of(now()).replace(year=now().year - 1)
        session.add(ComingOfAge(person_id=person_id(chat, session), month=last_year))

    await chat.door.in_store.write(young)
    become_16(chat.door.in_store.store)
    become_16(chat.door.in_store.store)

    def said(session: Session) -> list[Outgoing]:
        fill_what_the_desk_put(session, chat.door.library)
        mine = session.query(Outgoing).filter_by(person_id=person_id(chat, session))
        return [row for row in mine.order_by(Outgoing.id) if row.cause_id is None]

    told = await chat.door.in_store.write(said)
    assert all(
        row.text and "You are 16 now. You decide who sees your plan." in row.text for row in told
    )
    assert all("ask_person" in row.buttons[-1]["value"] for row in told)
    # It was there before the next words.
    chat.talk._shown = told[-1].id
    return [row.key for row in told]


async def test_not_my_family_any_more(chat: Chat) -> None:
    await shares_with_family(chat)
    assert await who_sees(chat) == {"facilitator", "family"}
    assert await is_16_today(chat) == ["sixteen_now_family"]
    assert await who_sees(chat) == {"facilitator", "family"}
    await chat.says("not my family", "family_not", "what_now")
    assert await who_sees(chat) == {"facilitator"}


async def test_family_still_and_by_a_plain_yes(chat: Chat) -> None:
    await shares_with_family(chat)
    await is_16_today(chat)
    await chat.says("help", "help", FAMILY_STILL)
    await chat.taps("My family too", "family_still", "what_now")
    assert await who_sees(chat) == {"facilitator", "family"}


async def test_with_nothing_shared_they_are_told_and_asked_nothing(chat: Chat) -> None:
    await chat.tells()
    assert await is_16_today(chat) == ["sixteen_now"]
    await chat.says("yes", "explain_sharing", "ask_sharing")
