"""What Telegram refuses, and how it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .sample_files import picture, voice

if TYPE_CHECKING:
    from . import Phone, TelegramDouble
    from .talking_to_it import Line


def buttons(**button: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Yes", **button}]]}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "400 Bad Request: message text is empty"),
        ("  \n ", "400 Bad Request: message text is empty"),
        ("a" * 4097, "400 Bad Request: message is too long"),
        ("🙂" * 2049, "400 Bad Request: message is too long"),
    ],
)
def test_words_have_a_length(line: Line, ash: Phone, text: str, answer: str) -> None:
    ash.starts()
    assert line.is_refused("sendMessage", chat_id=1, text=text) == answer
    assert ash.heard == []


def test_the_longest_words_are_counted_without_their_marks(line: Line, ash: Phone) -> None:
    ash.starts()
    marked = f"<b>{'a' * 4096}</b>"
    message = line.gets("sendMessage", chat_id=1, text=marked, parse_mode="HTML")
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]
    assert line.gets("sendMessage", chat_id=1, text="🙂" * 2048)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("é <blink>x</blink>", 'Unsupported start tag "blink" at byte offset 3'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_marks_that_cannot_be_read(line: Line, ash: Phone, text: str, why: str) -> None:
    ash.starts()
    answer = line.is_refused("sendMessage", chat_id=1, text=text, parse_mode="HTML")
    assert answer == f"400 Bad Request: can't parse entities: {why}"


def test_marks_are_placed_as_telegram_counts(line: Line, ash: Phone) -> None:
    ash.starts()
    text = ' 🙂 <a href="https://example.org/">Tom &amp; <i>Ann</i></a> '
    message = line.gets("sendMessage", chat_id=1, text=text, parse_mode="HTML")
    assert message["text"] == "🙂 Tom & Ann"
    assert message["entities"] == [
        {"type": "text_link", "offset": 3, "length": 9, "url": "https://example.org/"},
        {"type": "italic", "offset": 9, "length": 3},
    ]


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (buttons(callback_data="a" * 65), "BUTTON_DATA_INVALID"),
        (buttons(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (buttons(callback_data=""), "BUTTON_DATA_INVALID"),
        (buttons(), "Text buttons are unallowed in the inline keyboard"),
        (buttons(callback_data="a", url="https://example.org"), "one action a button"),
        (buttons(url="http://localhost/plan"), "Wrong HTTP URL"),
        (buttons(url="https://t.me/MyWayTestBot?start=" + "a" * 65), "start parameter"),
    ],
)
def test_buttons_hold_little(line: Line, ash: Phone, markup: dict[str, Any], why: str) -> None:
    ash.starts()
    answer = line.is_refused("sendMessage", chat_id=1, text="?", reply_markup=markup)
    assert answer.startswith("400 Bad Request")
    assert why in answer


@pytest.mark.parametrize("data", ["a", "a" * 64, "é" * 32])
def test_buttons_hold_up_to_64_bytes(line: Line, ash: Phone, data: str) -> None:
    ash.starts()
    line.gets("sendMessage", chat_id=1, text="?", reply_markup=buttons(callback_data=data))
    ash.taps("Yes")
    assert line.gets("getUpdates")[-1]["callback_query"]["data"] == data


def test_a_tap_is_answered_in_time_or_not_at_all(
    line: Line, ash: Phone, double: TelegramDouble
) -> None:
    old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    ash.starts()
    line.gets("sendMessage", chat_id=1, text="?", reply_markup=buttons(callback_data="y"))
    query = ash.taps("Yes")
    assert line.is_refused("answerCallbackQuery", callback_query_id="123") == old
    double.forgets_taps()
    assert line.is_refused("answerCallbackQuery", callback_query_id=query) == old
    assert ash.spinner == [query]


def test_files_have_a_kind_and_a_size(line: Line, ash: Phone, double: TelegramDouble) -> None:
    ash.starts()

    def refused(method: str, name: str, content: bytes, **params: str) -> str:
        url = f"{double.base_url}{double.token}/{method}"
        answer = line.client.post(url, data={"chat_id": "1", **params}, files={name: content})
        assert answer.status_code == 400
        return str(answer.json()["description"])

    assert "OGG/Opus" in refused("sendVoice", "voice", b"RIFF....WAVE")
    assert "1 MB" in refused("sendVoice", "voice", voice(1024 * 1024 + 1))
    assert "IMAGE_PROCESS_FAILED" in refused("sendPhoto", "photo", b"<svg/>")
    assert "PHOTO_INVALID_DIMENSIONS" in refused("sendPhoto", "photo", picture(9_000, 1_001))
    assert "caption is too long" in refused("sendPhoto", "photo", picture(), caption="a" * 1025)
    assert "no parameter photo" in refused("sendMessage", "photo", picture(), text="hello")
    assert ash.heard == []


def test_big_files_cannot_be_fetched(line: Line, ash: Phone) -> None:
    ash.sends_document(b"%PDF", size=20 * 1024 * 1024 + 1)
    about = line.gets("getUpdates")[0]["message"]["document"]
    assert (
        line.is_refused("getFile", file_id=about["file_id"]) == "400 Bad Request: file is too big"
    )
    assert line.is_refused("getFile", file_id="never-seen") == "400 Bad Request: invalid file_id"


def test_who_cannot_be_written_to(line: Line, ash: Phone) -> None:
    def refused(chat_id: int) -> str:
        return line.is_refused("sendMessage", chat_id=chat_id, text="hello")

    assert refused(99) == "400 Bad Request: chat not found"
    assert refused(1) == "403 Forbidden: bot can't initiate conversation with a user"
    ash.starts()
    group = ash.joins_group("Friends")
    assert line.gets("sendMessage", chat_id=group.chat.chat_id, text="hello all")
    group.throws_bot_out()
    assert refused(group.chat.chat_id) == "403 Forbidden: bot was kicked from the group chat"
    ash.deletes_account()
    assert refused(1) == "403 Forbidden: user is deactivated"


def test_only_own_messages_can_be_changed_and_only_really(line: Line, ash: Phone) -> None:
    hers = ash.types("hello")
    sent = line.gets("sendMessage", chat_id=1, text="hi")["message_id"]

    def refused(message_id: int, text: str) -> str:
        return line.is_refused("editMessageText", chat_id=1, message_id=message_id, text=text)

    assert "message can't be edited" in refused(hers, "no")
    assert "message to edit not found" in refused(12345, "no")
    assert "message is not modified" in refused(sent, "hi")
    assert line.gets("editMessageText", chat_id=1, message_id=sent, text="hi you")["edit_date"]
    assert ash.latest.text == "hi you"


def test_what_the_description_does_not_know_is_complained_about(
    line: Line, ash: Phone, double: TelegramDouble
) -> None:
    ash.starts()
    line.is_refused("sendMessage", chat_id=1, text="hi", alt_text="a door")
    line.is_refused("sendMessage", chat_id=1)
    line.is_refused("sendMessage", chat_id=1, text="hi", reply_markup={"inline_keyboard": [[{}]]})
    line.is_refused("setMyCommands", commands="help")
    assert line.is_refused("makeTea") == "404 Not Found"
    assert double.complaints == [
        "sendMessage: sendMessage has no parameter alt_text",
        'sendMessage: parameter "text" is required',
        double.complaints[2],
        double.complaints[3],
    ]
    assert "InlineKeyboardButton needs the field text" in double.complaints[2]
    assert "can't parse commands as JSON" in double.complaints[3]
