"""The phone does what a phone does, and the bot gets valid updates of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from . import NothingCame
from .sample_files import picture, voice

if TYPE_CHECKING:
    from . import Phone, TelegramDouble
    from .talking_to_it import Line


def test_all_that_a_person_can_send(line: Line, ash: Phone) -> None:
    ash.starts("code_1-A")
    first = ash.types("hello")
    ash.types("and this", answering=first)
    ash.sends_voice(voice())
    ash.sends_photo(picture(), caption="my room")
    ash.sends_document(b"%PDF", "letter.pdf")
    ash.sends_sticker()
    ash.sends_location()
    ash.sends_contact()
    ash.sends_poll()
    ash.edits(first, "hello you")
    ash.joins_group("Friends").types("hello group")
    ash.blocks()
    ash.unblocks()
    updates = line.gets("getUpdates")  # checked against the description on its way
    kinds = [next(k for k in update if k != "update_id") for update in updates]
    assert kinds == [
        *["message"] * 10,
        "edited_message",
        "my_chat_member",
        *["message"] * 2,
        *["my_chat_member"] * 2,
    ]
    assert updates[10]["edited_message"]["text"] == "hello you"
    assert updates[-1]["my_chat_member"]["old_chat_member"]["status"] == "kicked"
    assert ash.screen[1].text == "hello you"


def test_a_long_text_is_cut_by_the_app(line: Line, ash: Phone) -> None:
    ash.types("a" * 5000)
    assert [len(u["message"]["text"]) for u in line.gets("getUpdates")] == [4096, 904]


@pytest.mark.parametrize("payload", ["a" * 65, "two words", "é"])
def test_a_link_that_telegram_would_not_open(ash: Phone, payload: str) -> None:
    with pytest.raises(ValueError, match="start"):
        ash.starts(payload)


def ask(line: Line, text: str, **button: Any) -> int:
    markup = {"inline_keyboard": [[{"text": "Yes", **button}]]}
    message = line.gets("sendMessage", chat_id=1, text=text, reply_markup=markup)
    return int(message["message_id"])


def test_taps_go_to_the_newest_buttons_and_old_ones_by_id(line: Line, ash: Phone) -> None:
    ash.starts()
    old = ask(line, "first", callback_data="1")
    ask(line, "second", callback_data="2")
    line.gets("sendMessage", chat_id=1, text="no buttons here")
    ash.taps("Yes")
    ash.taps_old(old, "Yes")
    ash.taps_old(old, "Yes", too_old=True)
    _, *taps = line.gets("getUpdates")
    assert [tap["callback_query"]["data"] for tap in taps] == ["2", "1", "1"]
    assert taps[-1]["callback_query"]["message"]["date"] == 0
    assert len(ash.spinner) == 3
    with pytest.raises(AssertionError, match="no button 'Maybe'"):
        ash.taps("Maybe")


def test_links_open_and_big_buttons_are_words(line: Line, ash: Phone) -> None:
    ash.starts()
    ask(line, "your plan", url="https://chat.example.org/plan")
    assert ash.taps("Yes") is None
    assert ash.opened == ["https://chat.example.org/plan"]
    line.gets("sendMessage", chat_id=1, text="big", reply_markup={"keyboard": [[{"text": "Help"}]]})
    ash.taps("Help")
    assert line.gets("getUpdates")[-1]["message"]["text"] == "Help"
    line.gets("sendMessage", chat_id=1, text="small", reply_markup={"remove_keyboard": True})
    assert ash.keyboard == []


def test_waiting_has_an_end(line: Line, ash: Phone) -> None:
    ash.types("hello?")
    ash.hears_nothing(within=0.01)
    with pytest.raises(NothingCame, match=r"(?s)within 0.01 s.*person: hello\?"):
        ash.hears(within=0.01)
    line.gets("sendMessage", chat_id=1, text="hello!")
    assert ash.hears()[0].text == "hello!"
    assert ash.sees("ello!").from_bot
    line.gets("sendMessage", chat_id=1, text="and more")
    with pytest.raises(AssertionError, match="not nothing"):
        ash.hears_nothing(within=0.01)


def test_updates_are_kept_until_confirmed(line: Line, ash: Phone, double: TelegramDouble) -> None:
    ash.types("one")
    ash.types("two")
    first, second = line.gets("getUpdates")
    assert line.gets("getUpdates", limit=1) == [first]
    assert line.gets("getUpdates", offset=second["update_id"]) == [second]
    with pytest.raises(NothingCame):
        double.all_taken(within=0.01)
    assert line.gets("getUpdates", offset=second["update_id"] + 1) == []
    double.all_taken()
    assert [call.status for call in double.calls("getUpdates")] == [200] * 4


def test_only_kinds_that_were_asked_for_come(
    line: Line, ash: Phone, double: TelegramDouble
) -> None:
    line.gets("getUpdates", allowed_updates=["callback_query"])
    ash.types("not asked for")
    assert line.gets("getUpdates") == []
    double.gives({"message": ash.screen[0].raw})
    assert len(line.gets("getUpdates", allowed_updates=[])) == 1
    assert line.gets("getWebhookInfo")["pending_update_count"] == 1
