"""Before somebody else may see something, the person shows that they know what that means.

In: answers that show it, answers that do not, and taking it back. Out: who may see the hope.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.inviting import find_contact
from plan_store.tables import Aspiration, Call, ConsentAnswer, Sharing
from tests.conversations.chat import Chat

THREE = ("consent_who", "consent_change", "consent_danger")


def person_id(chat: Chat, session: Session) -> str:
    contact = find_contact(session, "terminal", chat.talk._name)
    assert contact is not None
    return contact.person_id


async def who_sees(chat: Chat) -> set[str]:
    """Everybody who may see something of this person now."""

    def audiences(session: Session) -> set[str]:
        mine = (
            select(Sharing.audience)
            .join(Aspiration, Aspiration.id == Sharing.aspiration_id)
            .where(Sharing.until.is_(None), Aspiration.person_id == person_id(chat, session))
        )
        return set(session.scalars(mine))

    return await chat.door.in_store.read(audiences)


async def shown(chat: Chat) -> list[tuple[str, str | None, bool]]:
    def rows(session: Session) -> list[tuple[str, str | None, bool]]:
        asked = select(ConsentAnswer).where(ConsentAnswer.person_id == person_id(chat, session))
        return [(row.question, row.answer, row.right) for row in session.scalars(asked)]

    return await chat.door.in_store.read(rows)


async def is_asked_who_sees(chat: Chat) -> None:
    await chat.tells()
    await chat.taps("Yes", "explain_sharing", "ask_sharing")


async def test_limits_of_privacy_come_before_anything_is_asked(chat: Chat) -> None:
    await chat.says("hello")
    await chat.says("Sam", "hello_name", "ask_ready")
    assert "only if you may be in danger" in chat.text
    assert "Four examples" in chat.text


async def test_three_questions_then_it_is_shared(chat: Chat) -> None:
    await is_asked_who_sees(chat)
    assert await who_sees(chat) == set()
    await chat.shares()
    assert await who_sees(chat) == {"facilitator"}
    assert await shown(chat) == [
        ("consent_who", "facilitator", True),
        ("consent_change", "any_day", True),
        ("consent_danger", "told", True),
    ]


async def test_one_that_is_not_clear_is_explained_and_asked_once_more(chat: Chat) -> None:
    await is_asked_who_sees(chat)
    await chat.taps("My facilitator", "consent_begins", "consent_who")
    await chat.taps("Everybody", "consent_who_is_facilitator", "consent_who")
    await chat.taps("My facilitator", "consent_change")
    await chat.says("i dont know", "consent_change_is", "consent_change")
    await chat.says("yes", "consent_danger")
    assert await who_sees(chat) == set()
    await chat.taps("Tell a person", "shared_facilitator", "chapter_done")
    assert [right for _, _, right in await shown(chat)] == [False, True, False, True, True]


async def test_not_clear_twice_is_shared_with_nobody_and_a_person_explains(chat: Chat) -> None:
    await is_asked_who_sees(chat)
    await chat.taps("My facilitator", "consent_begins", "consent_who")
    await chat.taps("Only me", "consent_who_is_facilitator", "consent_who")
    await chat.says("yes yes yes", "consent_not_clear", "chapter_done")
    assert await who_sees(chat) == set()

    def calls(session: Session) -> list[int]:
        mine = select(Call.id).where(Call.person_id == person_id(chat, session))
        return list(session.scalars(mine))

    assert len(await chat.door.in_store.read(calls)) == 1


async def test_asking_for_simpler_words_is_no_wrong_answer(chat: Chat) -> None:
    await is_asked_who_sees(chat)
    await chat.taps("My facilitator", "consent_begins", "consent_who")
    await chat.says("simpler please", "consent_who")
    await chat.taps("Everybody", "consent_who_is_facilitator", "consent_who")
    await chat.says("simpler please", "consent_who")
    await chat.taps("My facilitator", "consent_change")


async def test_not_now_shares_with_nobody(chat: Chat) -> None:
    await is_asked_who_sees(chat)
    await chat.taps("My facilitator", "consent_begins", "consent_who")
    await chat.says("not now", "consent_left", "chapter_done")
    assert await who_sees(chat) == set()


async def test_back_from_a_question_is_to_who_can_see_it(chat: Chat) -> None:
    await is_asked_who_sees(chat)
    await chat.taps("My facilitator", "consent_begins", "consent_who")
    await chat.says("go back", "we_go_back", "ask_sharing")
    await chat.taps("Only me", "shared_me", "chapter_done")


async def test_the_same_people_again_is_one_question_and_new_ones_are_three(chat: Chat) -> None:
    await is_asked_who_sees(chat)
    await chat.shares()
    await chat.says("I want to talk about my home", "home.opens", "talk_or_sort")
    await chat.says("talk", "home_hope")
    await chat.says("my own flat", "kept_words", "home_help")
    for _ in range(4):
        turn = await chat.says("skip")
        if turn["replies"][-1]["key"] == "read_back":
            break
    await chat.says("yes", "ask_sharing_again")
    await chat.taps("The same as before", "consent_who")
    await chat.taps("My facilitator", "shared_facilitator", "chapter_done")
    await chat.says("who sees this?", "who_sees_shared", "ask_sharing_change")
    await chat.taps("Other people", "ask_sharing")
    await chat.taps("More people", "ask_sharing_more")
    await chat.taps("My family too", "consent_begins", "consent_who")
    await chat.taps("My family too", "consent_change")
    await chat.taps("Yes, any day", "consent_danger")
    await chat.taps("Tell a person", "shared_family", "what_now")
    assert await who_sees(chat) == {"facilitator", "family"}
    # Fewer people is no new sharing: nothing is asked.
    await chat.says("who sees this?", "who_sees_shared", "ask_sharing_change")
    await chat.taps("Other people", "ask_sharing")
    await chat.taps("My facilitator", "shared_facilitator", "what_now")
    assert await who_sees(chat) == {"facilitator"}


async def test_one_tap_takes_it_all_back(chat: Chat) -> None:
    await is_asked_who_sees(chat)
    await chat.shares()
    await chat.says("who sees this?", "who_sees_shared", "ask_sharing_change")
    await chat.taps("Stop all sharing", "nobody_sees_now", "what_now")
    assert await who_sees(chat) == set()
    assert any(row["kind"] == "said" for row in chat.kept("statement"))


async def test_said_in_the_middle_of_a_question_it_is_taken_back_and_the_question_stays(
    chat: Chat,
) -> None:
    await is_asked_who_sees(chat)
    await chat.shares()
    await chat.says("I want to talk about my home", "home.opens", "talk_or_sort")
    await chat.says("talk", "home_hope")
    await chat.says("stop sharing my plan", "nobody_sees_now", "home_hope")
    assert await who_sees(chat) == set()


async def test_the_limits_are_said_again_before_a_private_question(chat: Chat) -> None:
    await is_asked_who_sees(chat)
    await chat.taps("Only me")
    await chat.says("can we talk about my health", "health.opens", "talk_or_sort")
    await chat.says("talk")
    heard: list[str] = []
    for _ in range(4):
        turn = await chat.says("skip")
        heard += [reply["key"] for reply in turn["replies"]]
        if "health_help" in heard:
            break
    assert heard[heard.index("health_help") - 1] == "limits_again"
