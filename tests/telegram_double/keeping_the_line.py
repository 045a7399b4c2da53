"""What the bot does besides sending: who it is, its webhook, its menu, taps and files.

In: the exchange and parameters that are already of the right types. Out: what the Bot API gives
back. `METHODS` is the whole list of what the double knows.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from . import sending_messages as sending
from .files_kept import MAX_DOWNLOAD
from .formatted_text import utf16_length
from .measuring_messages import MAX_TOAST
from .refusals import bad_request, not_found, query_too_old

if TYPE_CHECKING:
    from .exchange import Exchange, Handler

WEBHOOK_PORTS = {None, 80, 88, 443, 8443}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LONGEST = {"description": 512, "short_description": 120}


def get_me(exchange: Exchange, _: dict[str, Any]) -> dict[str, Any]:
    return exchange.bot


def get_updates(_: Exchange, __: dict[str, Any]) -> None:
    """Answered by the exchange itself, because it waits."""
    raise not_found()


def set_webhook(exchange: Exchange, params: dict[str, Any]) -> bool:
    url: str = params["url"]
    parts = urlsplit(url)
    if url and parts.hostname not in LOOPBACK:
        if parts.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.port not in WEBHOOK_PORTS:
            raise bad_request(
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
            )
    if "secret_token" in params and not SECRET.fullmatch(params["secret_token"]):
        raise bad_request("secret token contains unallowed characters")
    exchange.updates.set_webhook(url, params)
    return True


def delete_webhook(exchange: Exchange, params: dict[str, Any]) -> bool:
    exchange.updates.set_webhook("", params)
    return True


def get_webhook_info(exchange: Exchange, _: dict[str, Any]) -> dict[str, Any]:
    return exchange.updates.webhook_info()


def answer_callback_query(exchange: Exchange, params: dict[str, Any]) -> bool:
    if utf16_length(params.get("text", "")) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query = exchange.queries.get(params["callback_query_id"])
    if query is None or time.monotonic() - query.born > exchange.query_lifetime:
        raise query_too_old()
    query.answered = params
    exchange.changed.notify_all()
    return True


def get_file(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    kept = exchange.files.with_id(params["file_id"])
    if kept is None:
        raise bad_request("invalid file_id")
    if kept.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {**kept.as_json(), "file_path": kept.path}


def set_my_commands(exchange: Exchange, params: dict[str, Any]) -> bool:
    commands = params["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    exchange.profile["commands", params.get("language_code", "")] = commands
    return True


def set_my_description(exchange: Exchange, params: dict[str, Any]) -> bool:
    return _set_profile(exchange, params, "description")


def set_my_short_description(exchange: Exchange, params: dict[str, Any]) -> bool:
    return _set_profile(exchange, params, "short_description")


def set_chat_menu_button(exchange: Exchange, params: dict[str, Any]) -> bool:
    if "chat_id" in params:
        exchange.chat(params["chat_id"])
    button = params.get("menu_button", {"type": "default"})
    exchange.profile["menu_button", str(params.get("chat_id", ""))] = button
    return True


def _set_profile(exchange: Exchange, params: dict[str, Any], what: str) -> bool:
    words = params.get(what, "")
    if utf16_length(words) > LONGEST[what]:
        raise bad_request(f"bot {what.replace('_', ' ')} is too long")
    exchange.profile[what, params.get("language_code", "")] = words
    return True


METHODS: dict[str, Handler] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendVoice": sending.send_voice,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": sending.edit_message_text,
    "editMessageCaption": sending.edit_message_caption,
    "editMessageReplyMarkup": sending.edit_message_reply_markup,
    "deleteMessage": sending.delete_message,
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
}
