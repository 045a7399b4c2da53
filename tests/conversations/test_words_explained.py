"""Somebody asks what a word means: easy words say it, and the question that was open stays."""

import pytest

from tests.conversations.chat import Chat


@pytest.mark.parametrize(
    ("asked", "means"),
    [
        ("what is a facilitator?", "A facilitator is a person."),
        ("whats a facilitator", "A facilitator is a person."),
        ("what does volunteer mean", "volunteer"),
        ("what is my circle?", "people you choose"),
    ],
)
async def test_a_word_is_explained_and_the_question_stays(
    chat: Chat, asked: str, means: str
) -> None:
    await chat.gets_ready()
    turn = await chat.says(asked)
    assert turn["replies"][-1]["key"] == "ask_work_hope"
    assert means in chat.text
    assert not [row for row in chat.kept("statement") if row["words"] == asked]


async def test_a_word_nobody_explained_is_said_to_be_so(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("what does bureaucracy mean", "word_not_known", "ask_work_hope")
