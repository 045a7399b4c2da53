"""The chapter about work and learning, as a young person walks it."""

from pathlib import Path

import pytest

from plan_store.chapters import read_chapters
from tests.conversations.chat import A_PICTURE, Chat
from tests.conversations.easy_turns import DATA

CONTROLS = {
    "help": "help",
    "say that again please": None,
    "can you say it simpler": None,
    "who can see this?": "who_sees_this",
    "I want to talk to a person": "asked_person",
    "are you a robot?": "i_am_a_computer",
    "thank you": "thanks",
    "show my plan": "my_plan_empty",
}


async def test_from_hello_to_sharing(chat: Chat) -> None:
    await chat.gets_ready("Sam")
    await chat.says("I want to work with dogs", "kept_words", "ask_work_help")
    await chat.says("my sister can come with me", "kept_words", "work_with_whom")
    await chat.taps("With a friend", "kept_words", "work_when")
    await chat.says("dont know", "left_dont_know", "work_important")
    await chat.taps("Very important", "kept_words", "read_back")
    assert "“I want to work with dogs”" in chat.text
    assert "“my sister can come with me”" in chat.text
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.shares()
    assert "Sam" in chat.text
    said = {statement["target"]: statement for statement in chat.kept("statement")}
    name, hope, help_ = said["name"], said["ask_work_hope"], said["ask_work_help"]
    with_whom, when, important = (
        said[f"work_{part}"] for part in ("with_whom", "when", "important")
    )
    assert (name["target"], name["words"]) == ("name", "Sam")
    assert (hope["words"], hope["how"], hope["said_by"]) == (
        "I want to work with dogs",
        "typed",
        "person",
    )
    assert help_["words"] == "my sister can come with me"
    assert (with_whom["words"], with_whom["how"]) == ("🧑‍🤝‍🧑 With a friend", "tapped")
    assert (when["kind"], important["words"]) == ("dont_know", "😀 Very important")
    assert chat.kept("sharing")[0]["audience"] == "facilitator"
    assert chat.kept("aspiration")[-1]["whose_turn"] == "facilitator"
    assert chat.kept("aspiration")[-1]["agreed_at"] is not None


async def test_a_hope_can_be_tapped(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.taps("A job", "kept_words", "ask_work_help")
    hope = chat.kept("statement")[-1]
    assert (hope["words"], hope["how"]) == ("💼 A job", "tapped")


async def test_no_changes_one_part_and_keeps_both_wordings(chat: Chat) -> None:
    await chat.tells(hope="I want to work with cats")
    await chat.says("no", "ask_which_part")
    await chat.taps("My hope", "ask_hope_again")
    await chat.says("I want to work with dogs", "kept_words", "read_back")
    assert "dogs" in chat.text
    assert "cats" not in chat.text
    old, new = [s for s in chat.kept("statement") if s["words"].startswith("I want to work")]
    assert new["replaces_id"] == old["id"]


async def test_everything_left_empty_on_purpose_is_kept_as_such(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.taps("I don't know", "left_dont_know", "ask_work_help")
    await chat.answers("skip", "not now", "private")
    await chat.says("skip", "left_skip", "left_all_empty")
    kinds = [s["kind"] for s in chat.kept("statement")]
    assert kinds == ["said", "dont_know", "skip", "not_now", "private", "skip"]


async def test_only_me_shares_with_nobody(chat: Chat) -> None:
    await chat.tells()
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.taps("Only me", "shared_me", "chapter_done")
    assert chat.kept("sharing") == []
    assert chat.kept("aspiration")[-1]["whose_turn"] == "nobody"


async def test_what_was_taken_for_something_else_can_be_the_answer_after_all(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("what will the weather be tomorrow", "out_of_scope", "ask_work_hope")
    assert not [said for said in chat.kept("statement") if said["target"] == "ask_work_hope"]
    await chat.taps("It is my answer", "kept_words", "ask_work_help")
    (answer,) = [said for said in chat.kept("statement") if said["target"] == "ask_work_hope"]
    assert answer["words"] == "what will the weather be tomorrow"


async def test_a_name_of_two_letters_is_a_name(chat: Chat) -> None:
    await chat.gets_ready("Cy")
    assert [said["words"] for said in chat.kept("statement") if said["target"] == "name"] == ["Cy"]


@pytest.mark.parametrize("control", CONTROLS)
async def test_a_control_in_the_middle_comes_back_to_the_question(chat: Chat, control: str) -> None:
    await chat.gets_ready()
    turn = await chat.says(control)
    heard = [reply["key"] for reply in turn["replies"]]
    assert heard[-1] == "ask_work_hope"
    if CONTROLS[control] is not None:
        assert heard[0] == CONTROLS[control]
    await chat.says("I want to work with dogs", "kept_words", "ask_work_help")


async def test_a_person_can_always_be_asked(chat: Chat) -> None:
    await chat.says("hello")
    assert any("Ask a person" in label for label in chat.labels)
    await chat.taps("Ask a person", "asked_person", "ask_name")
    assert len(chat.kept("call")) == 1


async def test_an_old_button_is_said_to_be_old(chat: Chat) -> None:
    await chat.tells()
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.taps("✅ Yes", "already_did_that", "ask_sharing")
    assert len([a for a in chat.kept("aspiration") if a["agreed_at"]]) == 1


async def test_back_goes_to_the_question_before(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("I want to work with dogs", "kept_words", "ask_work_help")
    await chat.says("go back", "we_go_back", "ask_work_hope")
    await chat.says("I want to be a cook", "kept_words", "ask_work_help")


async def test_stop_stops_and_hello_goes_on(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("stop", "stopped")
    await chat.taps("Go on", "we_were_talking", "ask_work_hope")


async def test_not_ok_is_fine(chat: Chat) -> None:
    await chat.says("hello")
    await chat.says("Ash", "hello_name", "ask_ready")
    await chat.says("no", "not_ready", "ask_ready")


async def test_one_more_hope_in_the_same_chapter(chat: Chat) -> None:
    await chat.tells()
    await chat.taps("Yes")
    await chat.taps("Only me", "shared_me", "chapter_done")
    await chat.taps("Choose a part", "choose_chapter")
    await chat.taps("Work and learning", "work_learning.opens", "talk_or_sort")
    await chat.taps("Talk about it", "ask_work_hope")
    await chat.says("I want to learn to drive", "kept_words", "ask_work_help")
    assert len({a["id"] for a in chat.kept("aspiration")}) == 2


async def test_sorted_pictures_are_read_back_as_they_were_shown(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("I want to talk about what is good now", "good_now.opens", "talk_or_sort")
    await chat.taps("Sort pictures")
    chapter = read_chapters(DATA / "chapters")["good_now"]
    assert chapter.sorting is not None
    ways = {"👍": "You like", "🤷": "You are not sure", "👎": "You do not like"}
    for number, card in enumerate(chapter.sorting.cards):
        assert card.label in chat.text
        await chat.taps([*ways][number % 3])
    # A few at a time, each message as short as any other.
    read = []
    while chat.turns[-1]["replies"][-1]["key"] == "read_back_pictures":
        read += [line for line in chat.text.splitlines() if "“" in line]
        await chat.taps("Yes")
    piles = {way: [c.label for c in chapter.sorting.cards[n::3]] for n, way in enumerate(ways)}
    for way, labels in piles.items():
        lines = [line for line in read if line.startswith(ways[way])]
        assert ", ".join(line.partition("“")[2].rstrip("”") for line in lines) == ", ".join(labels)


async def test_a_voice_and_a_photo_are_kept_as_answers(chat: Chat, tmp_path: Path) -> None:
    voice, photo = tmp_path / "v.ogg", tmp_path / "p.png"
    voice.write_bytes(b"OggS" + b"\0" * 60)
    photo.write_bytes(A_PICTURE)
    await chat.gets_ready()
    await chat.sends("voice", voice, "kept_voice", "ask_work_help")
    await chat.sends("photo", photo, "kept_photo", "work_with_whom", caption="my dog")
    await chat.answers("skip", "skip", "skip")
    assert "your voice message" in chat.text
    assert "“my dog”" in chat.text
    files = chat.door.in_store.store.files
    kept = [file.name for file in files.folder.iterdir()]
    assert voice.read_bytes() in [files.read(name) for name in kept]
    assert voice.read_bytes() not in [(files.folder / name).read_bytes() for name in kept]


async def test_danger_is_answered_at_once_and_the_question_stays(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("my dad hits me", "danger_noticed", "danger_who_to_call")
    assert chat.kept("alert")[0]["words"] == "my dad hits me"
    await chat.taps("Go on", "we_were_talking", "ask_work_hope")


@pytest.mark.parametrize(
    "words",
    [
        "x" * 4096,
        "🦊",
        "أريد أن أعمل مع الكلاب",
        "\u200b\u200d\ufeff",
        "<b>bold</b> & <script>alert(1)</script>",
        "Robert'); DROP TABLE person;--",
        "{name} {{7*7}} ${7*7} %s",
        "https://example.org/?a=b&c=d",
        "/affirm",
        '/choose{"choice": "family"}',
        "a\r\nb\tc\x07",
    ],
)
async def test_odd_words_are_kept_as_they_are_and_answered_kindly(chat: Chat, words: str) -> None:
    await chat.gets_ready()
    turn = await chat.says(words)
    if turn["replies"][0]["key"] == "out_of_scope":
        await chat.taps("It is my answer", "kept_words", "ask_work_help")
    (answer,) = [s for s in chat.kept("statement") if s["target"] == "ask_work_hope"]
    assert answer["words"] == words
    await chat.says("help", "help", "ask_work_help")
