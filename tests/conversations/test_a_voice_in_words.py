"""Who answers by voice alone can do all that others type: yes, skip, help, stop.

In: a voice, and what the recogniser hears in it. Out: the same as typed, with "I heard: …" where
there is room.
"""

from pathlib import Path

import pytest

from tests.conversations.chat import Chat


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    file = tmp_path / "voice.ogg"
    file.write_bytes(b"OggS" + b"\0" * 60)
    return file


def kinds(chat: Chat) -> list[str]:
    return [said["kind"] for said in chat.kept("statement")]


async def test_an_answer_is_asked_about(chat: Chat, voice: Path) -> None:
    await chat.gets_ready()
    await chat.speaks(voice, "I want to work with dogs.", "ask_heard")
    await chat.says("yes", "kept_words", "ask_work_help")
    assert [said["words"] for said in chat.kept("statement")][-1] == "I want to work with dogs."


@pytest.mark.parametrize("words", ["Help.", "Help me please."])
async def test_help_is_no_answer(chat: Chat, voice: Path, words: str) -> None:
    await chat.gets_ready()
    await chat.speaks(voice, words, "help", "ask_work_hope")
    await chat.says("I want to work with dogs", "kept_words", "ask_work_help")


@pytest.mark.parametrize(
    ("words", "kind"), [("Skip.", "skip"), ("I don't know.", "dont_know"), ("Not now", "not_now")]
)
async def test_left_empty_by_voice(chat: Chat, voice: Path, words: str, kind: str) -> None:
    await chat.gets_ready()
    await chat.says("I want to work with dogs", "kept_words", "ask_work_help")
    await chat.speaks(voice, words, "heard_words", "work_with_whom")
    assert kinds(chat)[-2:] == ["said", kind]


async def test_stop_stops(chat: Chat, voice: Path) -> None:
    await chat.gets_ready()
    await chat.speaks(voice, "Stop.", "heard_words", "stopped")
    await chat.says("hello")
    assert chat.turns[-1]["replies"][-1]["key"] == "ask_work_hope"


async def test_a_person_is_called_by_voice(chat: Chat, voice: Path) -> None:
    await chat.gets_ready()
    await chat.speaks(voice, "Can I talk to a person?", "asked_person", "ask_work_hope")
    assert len(chat.kept("call")) == 1


async def test_yes_to_what_was_read_back(chat: Chat, voice: Path) -> None:
    await chat.tells()
    await chat.speaks(voice, "Yes.", "explain_sharing", "ask_sharing")
    await chat.speaks(voice, "Only me.", "shared_me", "chapter_done")


async def test_a_yes_that_comes_too_late_agrees_to_nothing(chat: Chat, voice: Path) -> None:
    await chat.gets_ready()
    await chat.says("I want to work with dogs", "kept_words", "ask_work_help")
    await chat.answers("skip", "skip")
    # The last question was answered by a voice; what was heard in it is not for the read-back.
    await chat.speaks(voice, "No.", "ask_heard")


async def test_skip_said_of_a_question_that_is_over_leaves_the_next_one_open(
    chat: Chat, voice: Path
) -> None:
    await chat.gets_ready()
    await chat.says("I want to work with dogs", "kept_words", "ask_work_help")
    chat.door.reception.writes_down = True
    await chat.sends("voice", voice, "kept_voice", "work_with_whom")
    await chat.says("with my friend", "kept_words", "work_when")
    await chat.is_heard("Skip.", "heard_words", "work_when")
