"""What the bot sends and changes: messages, pictures, voices, typing, and edits of them.

In: the exchange and parameters that are already of the right types. Out: the Message as the Bot
API gives it back, kept in the chat so that the phone shows it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from .chats import TYPING_LASTS, Chat
from .files_kept import MAX_DOCUMENT, KeptFile, check_voice, picture_size
from .measuring_messages import measured_buttons, measured_caption, measured_text
from .published_description import Upload
from .refusals import Refused, bad_request, not_modified

if TYPE_CHECKING:
    from .exchange import Exchange

CHAT_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    return _send(exchange, params, measured_text(params))


def send_photo(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    caption = measured_caption(params)
    photo = params["photo"]
    if isinstance(photo, Upload):
        picture_size(photo.content)
        kept = exchange.files.keep(photo.content, "photos", "jpg")
    else:
        kept = _sent_before(exchange, photo, "photos")
    width, height = picture_size(kept.content)
    sizes = [{**kept.as_json(), "width": width, "height": height}]
    return _send(exchange, params, {"photo": sizes, **caption})


def send_voice(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    caption = measured_caption(params)
    if exchange.chat(params["chat_id"]).refuses_voice:
        raise bad_request("VOICE_MESSAGES_FORBIDDEN")
    voice = params["voice"]
    if isinstance(voice, Upload):
        try:
            check_voice(voice.content)
        except Refused as refusal:
            exchange.complaints.append(f"sendVoice: {refusal.description}")
            raise
        kept = exchange.files.keep(voice.content, "voice", "oga")
    else:
        kept = _sent_before(exchange, voice, "voice")
    about = {**kept.as_json(), "duration": params.get("duration", 0), "mime_type": "audio/ogg"}
    return _send(exchange, params, {"voice": about, **caption})


def send_document(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    caption = measured_caption(params)
    document = params["document"]
    if isinstance(document, Upload):
        if not document.content:
            raise bad_request("file must be non-empty")
        if len(document.content) > MAX_DOCUMENT:
            raise bad_request("file is too big")
        kept = exchange.files.keep(document.content, "documents", "bin")
        about = {**kept.as_json(), "file_name": document.filename}
    else:
        about = _sent_before(exchange, document, "documents").as_json()
    return _send(exchange, params, {"document": about, **caption})


def send_chat_action(exchange: Exchange, params: dict[str, Any]) -> bool:
    chat = exchange.chat(params["chat_id"])
    chat.check_open()
    if params["action"] not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.typing_until = time.monotonic() + TYPING_LASTS
    exchange.changed.notify_all()
    return True


def edit_message_text(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    if "text" not in params:
        raise bad_request("message text is empty")
    chat, message = _own_message(exchange, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    parts = {**measured_text(params), **measured_buttons(params)}
    return _change(exchange, chat, message, parts, ("text", "entities", "reply_markup"))


def edit_message_caption(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    chat, message = _own_message(exchange, params)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    parts = {**measured_caption(params), **measured_buttons(params)}
    return _change(exchange, chat, message, parts, ("caption", "caption_entities", "reply_markup"))


def edit_message_reply_markup(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    chat, message = _own_message(exchange, params)
    return _change(exchange, chat, message, measured_buttons(params), ("reply_markup",))


def delete_message(exchange: Exchange, params: dict[str, Any]) -> bool:
    chat = exchange.chat(params["chat_id"])
    chat.message(params["message_id"], "delete")
    del chat.messages[params["message_id"]]
    exchange.changed.notify_all()
    return True


def _send(exchange: Exchange, params: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    chat = exchange.chat(params["chat_id"])
    chat.check_open()
    buttons = measured_buttons(params)
    answered = _message_answered(chat, params)
    exchange.pacer.count(chat.chat_id)
    if params.get("protect_content"):
        content["has_protected_content"] = True
    _lay_keyboard(chat, params.get("reply_markup") or {})
    return exchange.put(chat, exchange.bot, {**answered, **content, **buttons})


def _message_answered(chat: Chat, params: dict[str, Any]) -> dict[str, Any]:
    wanted = params.get("reply_parameters")
    if wanted is None:
        return {}
    original = chat.messages.get(wanted["message_id"])
    if original is not None:
        return {"reply_to_message": {k: v for k, v in original.items() if k != "reply_to_message"}}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _lay_keyboard(chat: Chat, markup: dict[str, Any]) -> None:
    """The big buttons under the text box, which send their label as a message."""
    if "keyboard" in markup:
        chat.keyboard = [[_label(key) for key in row] for row in markup["keyboard"]]
    elif markup.get("remove_keyboard"):
        chat.keyboard = []


def _label(key: dict[str, Any] | str) -> str:
    return key if isinstance(key, str) else str(key["text"])


def _sent_before(exchange: Exchange, file_id: str, folder: str) -> KeptFile:
    kept = exchange.files.with_id(file_id)
    if kept is None or not kept.path.startswith(folder):
        raise bad_request("wrong file identifier/HTTP URL specified")
    return kept


def _own_message(exchange: Exchange, params: dict[str, Any]) -> tuple[Chat, dict[str, Any]]:
    if "chat_id" not in params or "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = exchange.chat(params["chat_id"])
    chat.check_open()
    message = chat.message(params["message_id"], "edit")
    if not message["from"]["is_bot"]:
        raise bad_request("message can't be edited")
    return chat, message


def _change(
    exchange: Exchange,
    chat: Chat,
    message: dict[str, Any],
    parts: dict[str, Any],
    replaced: tuple[str, ...],
) -> dict[str, Any]:
    changed = {k: v for k, v in message.items() if k not in (*replaced, "edit_date")} | parts
    if changed == {k: v for k, v in message.items() if k != "edit_date"}:
        raise not_modified()
    exchange.pacer.count(chat.chat_id)
    changed["edit_date"] = int(time.time())
    chat.messages[message["message_id"]] = changed
    exchange.changed.notify_all()
    return changed
