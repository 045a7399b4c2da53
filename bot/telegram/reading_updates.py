"""Reading one update of Telegram's: which person's message it is, or why it is none.

Comes in: the update as JSON. Goes out: a plain message for the reception, a start with an invite,
a block, or a reason for leaving it. Every kind of update has one of these ends.
"""

from dataclasses import dataclass
from typing import Any

from telegram import Bot, CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType, MessageType
from telegram.error import TelegramError
from telegram.helpers import effective_message_type

from bot.receiving import Came

DOOR = "telegram"
# Commands of Telegram's menu are taps on the controls.
COMMANDS = {
    "/start": "/begin",
    "/help": "/help",
    "/listen": "/listen",
    "/plan": "/show_plan",
    "/person": "/ask_person",
    "/again": "/again",
    "/stop": "/stop",
}
LOCATIONS = {MessageType.LOCATION, MessageType.VENUE}
VIDEOS = {MessageType.VIDEO, MessageType.VIDEO_NOTE, MessageType.ANIMATION}
RECORDINGS = {MessageType.VOICE, MessageType.AUDIO}
# Sent on purpose by a person; each is answered by name.
OTHER_THINGS = {
    MessageType.STICKER: "sticker",
    MessageType.CONTACT: "contact",
    MessageType.POLL: "poll",
    MessageType.DOCUMENT: "document",
    MessageType.DICE: "thing",
    MessageType.GAME: "thing",
    MessageType.STORY: "thing",
    MessageType.CHECKLIST: "thing",
    MessageType.PAID_MEDIA: "thing",
    **dict.fromkeys(LOCATIONS, "location"),
    **dict.fromkeys(VIDEOS, "video"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """One update, read. Exactly one of `came`, `blocked`, `left` says what it is.

    `invite`: the code behind /start. `callback_id`: what must be answered so that no spinner stays.
    `left`: why it is no message to the chat.
    """

    key: str
    kind: str
    chat_id: int | None = None
    came: Came | None = None
    invite: str | None = None
    callback_id: str | None = None
    blocked: bool | None = None
    left: str | None = None


def read_update(raw: Any, bot: Bot | None = None) -> Read:
    """Read one update; never raises for what is in it."""
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(update_id, int):
        return Read(f"{DOOR}:unreadable", "unreadable", left="no_update_id")
    key = f"{DOOR}:{update_id}"
    kind = next((name for name in raw if name != "update_id"), "empty")
    try:
        read = _of_a_person(key, Update.de_json(raw, bot))
    except (
        *(TelegramError, TypeError, ValueError, LookupError, AttributeError),
        # A time that no calendar has.
        *(OverflowError, OSError),
    ):
        return Read(key, kind, callback_id=_callback_id(raw), left="unreadable")
    return read or Read(key, kind, left="not_for_the_chat")


def _callback_id(raw: Any) -> str | None:
    """What must be answered, also where the rest of a tap cannot be read."""
    query = raw.get("callback_query")
    found = query.get("id") if isinstance(query, dict) else None
    return found if isinstance(found, str) else None


def _of_a_person(key: str, update: Update) -> Read | None:
    """The kinds of update that are somebody's doing in their own chat."""
    if update.callback_query is not None:
        return _tap(key, update.callback_query)
    if update.message is not None:
        return _message(key, update.message)
    if update.edited_message is not None:
        return _edit(key, update.edited_message)
    if update.my_chat_member is not None:
        return _membership(key, update.my_chat_member)
    return None


def _tap(key: str, query: CallbackQuery) -> Read:
    chat = query.message.chat if query.message is not None else None
    if (chat is not None and chat.type != ChatType.PRIVATE) or not query.data:
        return Read(key, "callback_query", callback_id=query.id, left="not_a_button_of_ours")
    chat_id = chat.id if chat is not None else query.from_user.id
    came = Came(DOOR, str(chat_id), key, "tap", how="tapped", details={"behind": query.data[:64]})
    return Read(key, "callback_query", chat_id, came, callback_id=query.id)


def _message(key: str, message: Message) -> Read:
    if message.chat.type != ChatType.PRIVATE:
        return Read(key, "message", left="not_private")
    chat_id = message.chat.id
    if message.text is not None:
        return _text(key, chat_id, message)
    words = message.caption or ""
    kind, how, attachment = _thing(message)
    if kind is None:
        return Read(key, "message", chat_id, left="service_message")
    came = Came(
        DOOR,
        str(chat_id),
        key,
        kind,
        words,
        how,
        attachment=attachment,
        provider_id=str(message.message_id),
        also=_other_text(message),
    )
    return Read(key, "message", chat_id, came)


def _other_text(message: Message) -> str:
    """Text inside of what was sent that somebody may have typed."""
    found: list[str | None] = []
    if message.poll is not None:
        found += [message.poll.question, *(option.text for option in message.poll.options)]
        found.append(message.poll.explanation)
    if message.contact is not None:
        found += [message.contact.first_name, message.contact.last_name]
    if message.venue is not None:
        found += [message.venue.title, message.venue.address]
    if message.document is not None:
        found.append(message.document.file_name)
    return "\n".join(part for part in found if part)


def _text(key: str, chat_id: int, message: Message) -> Read:
    text = message.text or ""
    # "/start@my_bot code" is what some phones send.
    command, _, rest = text.strip().partition(" ")
    command = command.partition("@")[0].lower()
    if command in COMMANDS:
        came = Came(
            DOOR,
            str(chat_id),
            key,
            "tap",
            text,
            "tapped",
            details={"value": COMMANDS[command]},
            provider_id=str(message.message_id),
        )
        code = rest.strip() if command == "/start" else ""
        return Read(key, "message", chat_id, came, invite=code or None)
    came = Came(DOOR, str(chat_id), key, "text", text, provider_id=str(message.message_id))
    return Read(key, "message", chat_id, came)


def _thing(message: Message) -> tuple[str | None, str, dict[str, Any] | None]:
    """The kind of what was sent, how its words came, and the file to fetch."""
    kind = effective_message_type(message)
    if message.photo:
        biggest = message.photo[-1]
        return "photo", "photo", _file("photo", biggest.file_id, "image/jpeg", biggest.file_size)
    if kind in RECORDINGS:
        sound = message.voice or message.audio
        if sound is not None:
            media_type = sound.mime_type or "audio/ogg"
            return "voice", "spoken", _file("voice", sound.file_id, media_type, sound.file_size)
    if message.document is not None and (message.document.mime_type or "").startswith("image/"):
        picture = message.document
        media_type = picture.mime_type or "image/jpeg"
        return "photo", "photo", _file("photo", picture.file_id, media_type, picture.file_size)
    # Newer than the library: somebody sent something, and it is answered.
    if kind is None:
        return "thing", "typed", None
    return OTHER_THINGS.get(MessageType(kind)), "typed", None


def _file(kind: str, file_id: str, media_type: str, size: int | None) -> dict[str, Any]:
    return {"kind": kind, "media_type": media_type[:64], "provider_id": file_id, "size": size}


def _edit(key: str, message: Message) -> Read:
    words = message.text or message.caption
    if message.chat.type != ChatType.PRIVATE:
        return Read(key, "edited_message", left="not_private")
    if not words:
        # A live place on a map moves by edits; nothing new is said.
        return Read(key, "edited_message", message.chat.id, left="edit_without_words")
    came = Came(
        DOOR,
        str(message.chat.id),
        key,
        "edit",
        words,
        provider_id=str(message.message_id),
    )
    return Read(key, "edited_message", message.chat.id, came)


def _membership(key: str, change: ChatMemberUpdated) -> Read:
    if change.chat.type != ChatType.PRIVATE:
        return Read(key, "my_chat_member", left="not_private")
    gone = change.new_chat_member.status in {"kicked", "left"}
    return Read(key, "my_chat_member", change.chat.id, blocked=gone)
