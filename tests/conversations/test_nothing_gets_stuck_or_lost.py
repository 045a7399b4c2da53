"""What people who tried to trip the chat up found, each as they did it.

In: answers that look like something else, hopes told out of turn, changes after the end, deleting.
Out: nothing is lost, nothing is asked for ever, and nothing changes that nobody asked for.
"""

from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.inviting import find_contact
from plan_store.moving_on import move
from plan_store.tables import Aspiration, Person, Place, Statement
from tests.conversations.chat import Chat


def person_id(chat: Chat, session: Session) -> str:
    contact = find_contact(session, "terminal", chat.talk._name)
    assert contact is not None
    return contact.person_id


def stands_at(chat: Chat, chapter: str, question: str, session: Session) -> None:
    """This question is asked now, for a hope of its own."""
    place = session.get_one(Place, person_id(chat, session))
    place.chapter, place.aspiration_id, place.comes_back_to = chapter, None, None
    move(place, "words", question)


async def hopes(chat: Chat) -> list[tuple[str, str]]:
    def mine(session: Session) -> list[tuple[str, str]]:
        of_them = select(Aspiration).where(Aspiration.person_id == person_id(chat, session))
        return [(hope.life_area, hope.status) for hope in session.scalars(of_them.order_by("id"))]

    return await chat.door.in_store.read(mine)


async def with_somebody(chat: Chat) -> bool | None:
    return await chat.door.in_store.read(
        lambda session: session.get_one(Place, person_id(chat, session)).with_somebody
    )


async def agrees_and_keeps_private(chat: Chat) -> None:
    await chat.tells()
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.taps("Only me", "shared_me", "chapter_done")


async def test_deleting_one_hope_leaves_another_that_began_with_the_same_words(
    chat: Chat,
) -> None:
    await chat.gets_ready()
    await chat.says("I want to work with dogs and live in my own flat")
    assert chat.turns[-1]["replies"][-1]["key"] == "ask_keep_second"
    await chat.taps("Yes, keep it", "kept_second", "ask_work_help")
    for _ in range(4):
        turn = await chat.says("skip")
    assert turn["replies"][-1]["key"] == "read_back"
    await chat.taps("Change it", "ask_hope_again")
    await chat.says("I want to go to college", "kept_words", "read_back")
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.taps("Only me")
    # The home chapter goes on now, and its hope is read back.
    for _ in range(6):
        if chat.turns[-1]["replies"][-1]["key"] == "read_back":
            break
        await chat.says("skip")
    await chat.says("delete this", "ask_delete")
    assert "my own flat" in chat.text
    await chat.taps("Yes, delete it")
    left = [area for area, status in await hopes(chat) if status != "cancelled"]
    assert left == ["work_learning"]


async def test_a_hope_told_when_nothing_is_asked_is_kept_and_becomes_one(chat: Chat) -> None:
    await agrees_and_keeps_private(chat)
    words = "I want to live in a flat near my nan"
    await chat.says(words, "ask_keep_as_hope")
    await chat.taps("Yes, let us", "kept_words", "home_help")
    assert [row["words"] for row in chat.kept("statement")].count(words) == 1
    assert ("home", "proposed") in await hopes(chat) or "home" in dict(await hopes(chat))


async def test_a_hope_told_where_a_part_was_to_be_chosen_is_kept(chat: Chat) -> None:
    await agrees_and_keeps_private(chat)
    await chat.taps("Choose a part", "choose_chapter")
    words = "I want to live in a flat near my nan"
    await chat.says(words, "ask_keep_as_hope")
    await chat.says("no", "kept_more", "choose_chapter")
    assert words in [row["words"] for row in chat.kept("statement")]


async def test_new_words_at_the_read_back_are_put_where_they_belong(chat: Chat) -> None:
    await chat.tells()
    await chat.says("college in Derby", "ask_which_is_it")
    await chat.taps("My hope", "kept_new_words", "read_back")
    assert "“college in Derby”" in chat.text
    await chat.taps("Change it", "ask_which_part")
    await chat.says("my sister and my mum", "ask_which_is_it")
    await chat.says("what helps", "kept_new_words", "read_back")
    assert "“my sister and my mum”" in chat.text


async def test_which_part_is_never_asked_for_ever(chat: Chat) -> None:
    await chat.tells()
    await chat.taps("Change it", "ask_which_part")
    heard = [(await chat.says(w))["replies"][0]["key"] for w in ("Jade", "Derby", "Lee", "Bee")]
    assert "offer_person" in heard, chat.turns[-4:]


async def test_a_part_behind_more_can_be_typed(chat: Chat) -> None:
    await chat.gets_ready()
    for words in ("I want to work with dogs", "my sister", "Jade", "next year", "very important"):
        await chat.says(words)
    await chat.taps("Change it", "ask_which_part")
    assert not any("How important" in label for label in chat.labels)
    await chat.says("how important", "ask_important_again")


async def test_what_was_agreed_can_be_changed_after_the_chapter(chat: Chat) -> None:
    await agrees_and_keeps_private(chat)
    await chat.says("change it", "read_back")
    assert "“I want to work with dogs”" in chat.text
    await chat.taps("Change it", "ask_which_part")
    await chat.taps("My hope", "ask_hope_again")
    await chat.says("I want to work with cats", "kept_words", "read_back")
    assert "“I want to work with cats”" in chat.text


async def test_somebody_comes_in_at_a_private_question(chat: Chat) -> None:
    await agrees_and_keeps_private(chat)
    await chat.says("can we talk about my health", "health.opens", "talk_or_sort")
    await chat.says("talk")
    await chat.says("feel less tired")
    assert chat.turns[-1]["replies"][-1]["key"] == "health_help"
    turn = await chat.says("my sister is here")
    keys = [reply["key"] for reply in turn["replies"]]
    assert keys[0] == "somebody_is_here"
    assert keys[-1] != "health_help"
    await chat.says("I am on my own now", "this_waited", "health_help")


@pytest.mark.parametrize("answer", ["with jade", "with my friend", "with my sister"])
async def test_who_should_be_with_me_is_not_who_is_here(chat: Chat, answer: str) -> None:
    await chat.gets_ready()
    await chat.says("I want to work with dogs")
    await chat.says("more time", "kept_words", "work_with_whom")
    await chat.says(answer, "kept_words", "work_when")
    assert not await with_somebody(chat)
    assert answer in [row["words"] for row in chat.kept("statement")]


async def test_what_helps_is_not_who_is_here_either(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("I want to work with dogs")
    await chat.says("somebody who sits with me", "kept_words", "work_with_whom")
    await chat.says("my mum is with me", "somebody_is_here", "work_with_whom")


@pytest.mark.parametrize("answer", ["no", "👍", "...", "yes"])
async def test_a_yes_or_no_is_asked_about_before_it_becomes_a_hope(chat: Chat, answer: str) -> None:
    await chat.gets_ready()
    await chat.says(answer, "did_not_catch", "ask_work_hope")
    assert answer not in [row["words"] for row in chat.kept("statement")]
    await chat.says("a cook", "kept_words", "ask_work_help")


async def test_a_question_s_own_example_is_an_answer(chat: Chat) -> None:
    """Whatever a question gives as an example is an answer to it, and no control."""
    await chat.tells()
    wrong = []
    for chapter in chat.door.library.chapters:
        for question in chapter.questions:
            for example in sorted(chat.door.library.examples_of(question.question)):
                await chat.door.in_store.write(
                    partial(stands_at, chat, chapter.chapter, question.question)
                )
                await chat.talk.turn("say it again")
                turn = await chat.talk.turn(example)
                first = turn["replies"][0]["key"]
                if first not in {"kept_words", "limits_again"}:
                    wrong.append((question.question, example, first))
    assert wrong == []


async def test_yes_at_the_same_people_as_before_means_them(chat: Chat) -> None:
    await chat.tells()
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.shares()
    await chat.says("I want to talk about my home", "home.opens", "talk_or_sort")
    await chat.says("talk", "home_hope")
    await chat.says("my own flat")
    for _ in range(4):
        turn = await chat.says("skip")
    assert turn["replies"][-1]["key"] == "read_back"
    await chat.taps("Yes", "ask_sharing_again")
    await chat.says("yes", "consent_who")


@pytest.mark.parametrize(
    ("words", "chapter"),
    [("My big dream", "dream"), ("dream", "dream"), ("How to help me", "support")],
)
async def test_a_part_can_be_chosen_by_typing_its_name(
    chat: Chat, words: str, chapter: str
) -> None:
    await agrees_and_keeps_private(chat)
    await chat.taps("Choose a part", "choose_chapter")
    turn = await chat.says(words)
    assert turn["replies"][0]["key"] == f"{chapter}.opens"


async def test_thumbs_up_changes_no_setting(chat: Chat) -> None:
    await chat.says("hello")
    await chat.says("Sam")
    await chat.taps("OK")
    await chat.taps("With pictures")
    await chat.taps("I read it myself", "ask_pace")
    await chat.says("👍", "ask_pace")

    def slow(session: Session) -> bool | None:
        return session.get_one(Person, person_id(chat, session)).slow

    assert await chat.door.in_store.read(slow) is None


async def test_back_while_sorting_is_the_picture_before(chat: Chat) -> None:
    await agrees_and_keeps_private(chat)
    await chat.says("I want to talk about my home", "home.opens", "talk_or_sort")
    await chat.taps("Sort pictures")
    first = chat.turns[-1]["replies"][-1]["key"]
    assert "Picture 1 of" in chat.text
    await chat.taps("I like it")
    assert "Picture 2 of" in chat.text
    await chat.says("back", "we_go_back", first)


async def test_one_picture_is_changed_and_the_others_stay(chat: Chat) -> None:
    await agrees_and_keeps_private(chat)
    await chat.says("I want to talk about how to help me", "support.opens", "talk_or_sort")
    sorting = chat.door.library.chapters["support"].sorting
    assert sorting is not None
    # What they sorted is read back as their own words are, in full.
    chat.said += ["Pictures, More time", ", ".join(card.label for card in sorting.cards[2:])]
    await chat.taps("Sort pictures")
    await chat.says("😍")
    await chat.taps("I like it")
    for _ in sorting.cards[2:]:
        turn = await chat.taps("I don't like it")
    assert turn["replies"][-1]["key"] == "read_back_pictures"
    assert "You like: “Pictures, More time”" in chat.text
    await chat.taps("Change it", "ask_which_picture")
    await chat.taps("More time", "support.more_time")
    await chat.taps("not sure", "read_back_pictures")
    assert "You like: “Pictures”" in chat.text
    assert "You are not sure: “More time”" in chat.text
    await chat.says("yes", "ask_sharing_again")


async def test_somebody_to_stay_away_from_a_person_can_talk_about_it(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.door.in_store.write(partial(stands_at, chat, "support", "support_stay_away"))
    await chat.says("say it again", "support_stay_away")
    turn = await chat.says("yes")
    assert turn["replies"][0]["key"] == "person_can_talk"
    assert any("Ask a person" in label for label in chat.labels)


async def test_the_time_of_a_second_hope_is_not_the_firsts(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("I want to work in a shop and I want to live in my own flat next year")
    assert chat.turns[-1]["replies"][-1]["key"] == "ask_keep_second"
    await chat.taps("No")
    asked = []
    for _ in range(5):
        asked.append(chat.turns[-1]["replies"][-1]["key"])
        await chat.says("skip")
    assert "work_when" in asked


@pytest.mark.parametrize("words", ["halal food", "crisps", "tiktok"])
async def test_a_word_or_three_at_an_open_question_are_an_answer(chat: Chat, words: str) -> None:
    await chat.gets_ready()
    await chat.says(words, "kept_words", "ask_work_help")


async def test_after_the_plan_there_is_a_way_on(chat: Chat) -> None:
    await agrees_and_keeps_private(chat)
    await chat.says("show my plan", "my_plan")
    assert any("part" in label for label in chat.labels)


async def test_nothing_said_is_in_the_store_twice(chat: Chat) -> None:
    await agrees_and_keeps_private(chat)

    def words(session: Session) -> list[str]:
        mine = select(Statement.words).where(Statement.person_id == person_id(chat, session))
        return [said for said in session.scalars(mine) if said != "skip"]

    said = await chat.door.in_store.read(words)
    assert len(said) == len(set(said))
