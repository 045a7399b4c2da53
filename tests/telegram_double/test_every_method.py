"""Each method that the double knows is called once, and gives what is published; each body kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .keeping_the_line import METHODS
from .sample_files import picture, voice

if TYPE_CHECKING:
    from . import Phone, TelegramDouble
    from .talking_to_it import Line

BUTTONS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}

AS_FORM = {"chat_id": "1", "text": "5", "protect_content": "true"}


def good_calls(line: Line, ash: Phone) -> dict[str, dict[str, Any]]:
    """One good call of every method, in an order in which they can be made."""
    files = line.double.exchange.files
    old_photo = files.keep(picture(), "photos", "jpg").file_id
    old_voice = files.keep(voice(), "voice", "oga").file_id
    old_document = files.keep(b"%PDF", "documents", "bin").file_id
    ash.starts()
    text = line.gets("sendMessage", chat_id=1, text="?", reply_markup=BUTTONS)["message_id"]
    tap = ash.taps("Yes")
    shown = line.gets("sendPhoto", chat_id=1, photo=old_photo)["message_id"]
    return {
        "getMe": {},
        "getUpdates": {"timeout": 0},
        "sendMessage": {"chat_id": 1, "text": "hi", "reply_parameters": {"message_id": text}},
        "sendPhoto": {"chat_id": 1, "photo": old_photo, "caption": "a <b>door</b>"},
        "sendVoice": {"chat_id": 1, "voice": old_voice, "duration": 3, "protect_content": True},
        "sendDocument": {"chat_id": 1, "document": old_document},
        "sendChatAction": {"chat_id": 1, "action": "typing"},
        "editMessageText": {"chat_id": 1, "message_id": text, "text": "??"},
        "editMessageCaption": {"chat_id": 1, "message_id": shown, "caption": "a door"},
        "editMessageReplyMarkup": {"chat_id": 1, "message_id": shown, "reply_markup": BUTTONS},
        "deleteMessage": {"chat_id": 1, "message_id": text},
        "answerCallbackQuery": {"callback_query_id": tap, "text": "Thank you"},
        "getFile": {"file_id": old_voice},
        "setMyCommands": {"commands": [{"command": "help", "description": "Get help"}]},
        "setMyDescription": {"description": "Say what you want."},
        "setMyShortDescription": {"short_description": "Your way."},
        "setChatMenuButton": {"chat_id": 1, "menu_button": {"type": "commands"}},
        "setWebhook": {"url": "https://chat.example.org", "allowed_updates": ["message"]},
        "getWebhookInfo": {},
        "deleteWebhook": {},
    }


def test_every_method_gives_what_is_published(line: Line, ash: Phone) -> None:
    calls = good_calls(line, ash)
    assert set(calls) == set(METHODS)
    for method, params in calls.items():
        line.gets(method, **params)  # checked against the description on its way
    assert line.double.complaints == []


def test_a_wrong_result_of_the_double_itself_would_show(line: Line) -> None:
    line.double.exchange.methods = {**METHODS, "getMe": lambda *_: {"id": "seven"}}
    with pytest.raises(Exception, match=r"getMe\.id must be Integer"):
        line.gets("getMe")
    assert line.double.complaints == [
        "the double itself gave a wrong result: getMe.id must be Integer, not str"
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"json": {"chat_id": 1, "text": "5", "protect_content": True}},
        {"data": AS_FORM},
        {"params": AS_FORM},
        {"files": [(k, (None, v)) for k, v in AS_FORM.items()]},
    ],
    ids=["json", "form", "query", "multipart"],
)
def test_every_kind_of_body_is_read(
    line: Line, ash: Phone, double: TelegramDouble, body: dict[str, Any]
) -> None:
    ash.starts()
    answer = line.client.post(f"{double.base_url}{double.token}/SENDmessage", **body)
    assert answer.json()["ok"], answer.text
    assert (ash.latest.text, ash.latest.protected) == ("5", True)


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("application/json", b'{"chat_id": ', "can't parse the body as JSON"),
        ("application/json", b"[1]", "must be a JSON object"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nnonsense",
            "can't parse the body as multipart",
        ),
    ],
)
def test_a_body_that_cannot_be_read(
    line: Line, double: TelegramDouble, kind: str, body: bytes, why: str
) -> None:
    url = f"{double.base_url}{double.token}/sendMessage"
    answer = line.client.post(url, content=body, headers={"content-type": kind})
    assert answer.status_code == 400
    assert why in answer.json()["description"]
    assert why in double.complaints[0]


def test_a_token_that_was_revoked_and_paths_that_lead_nowhere(
    line: Line, double: TelegramDouble
) -> None:
    assert line.client.get(f"{double.url}/somewhere").status_code == 404
    assert line.client.get(f"{double.base_file_url}{double.token}/no/file").status_code == 404
    double.revokes_token()
    assert line.is_refused("getMe") == "401 Unauthorized"
    assert line.client.get(f"{double.base_file_url}{double.token}/no/file").status_code == 401
