"""One valid update of every kind that Telegram has, built from its published description.

In: the description. Out: named updates, the same ones every time: each field of Update, for a
message each field of Message, and each form where a field may take several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .published_description import ARRAY, PLAIN_TYPES, Description

if TYPE_CHECKING:
    from collections.abc import Iterator

DATE = 1_790_000_000
PERSON = 4201
CHOICE = re.compile(r'(?:always|one of|either|can be|must be) "([a-z_]+)"')
BESIDE_A_PICTURE = {
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "media_group_id",
}
BESIDE_WORDS = {"entities", "link_preview_options", "suggested_post_info", "effect_id"}
IN_A_GROUP = [
    "new_chat",
    "left_chat",
    "chat_owner",
    "delete_chat",
    "group_chat",
    "supergroup_chat",
    "migrate_",
    "video_chat",
    "forum_",
    "general_forum",
    "giveaway",
    "boost_added",
    "proximity_",
    "sender_chat",
    "sender_tag",
    "sender_boost",
    "is_topic",
    "message_thread",
    "is_automatic",
    "message_auto_delete",
]
MESSAGE_KINDS = {
    "message": "private",
    "edited_message": "private",
    "channel_post": "channel",
    "edited_channel_post": "channel",
    "business_message": "private",
    "edited_business_message": "private",
    "guest_message": "supergroup",
}


@dataclass(frozen=True)
class KindOfUpdate:
    """`name` says what is in it: "message.sticker", "my_chat_member.new_chat_member=…"."""

    name: str
    update: dict[str, Any]

    @property
    def field(self) -> str:
        """The field of Update that it fills."""
        return re.split(r"[.=]", self.name)[0]


def updates_of_every_kind(
    description: Description | None = None, *, first_id: int = 900_000_001
) -> Iterator[KindOfUpdate]:
    """Every kind once, in the order of the description, with rising update ids."""
    builder = _Builder(description or Description.read())
    for number, (name, content) in enumerate(builder.contents()):
        field = re.split(r"[.=]", name)[0]
        yield KindOfUpdate(name, {"update_id": first_id + number, field: content})


class _Builder:
    def __init__(self, description: Description) -> None:
        self._description = description

    def contents(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for field in self._description.fields_of("Update"):
            name = field["name"]
            if name in MESSAGE_KINDS:
                yield name, self._message(MESSAGE_KINDS[name], {"text": "hello"})
            elif not field["required"]:
                for form, value in self._forms(field):
                    yield name + form, self._with_usual_company(name, value)
            if name == "message":
                yield from self._messages()

    def _messages(self) -> Iterator[tuple[str, dict[str, Any]]]:
        before_content = True
        for field in self._description.fields_of("Message"):
            name = field["name"]
            before_content = before_content and name != "text"
            if field["required"]:
                continue
            company: dict[str, Any] = {}
            if name in BESIDE_A_PICTURE:
                company = {"photo": self._value(["Array of PhotoSize"], {"name": "photo"})}
            elif before_content or name in BESIDE_WORDS or name == "reply_markup":
                company = {"text": "hello"}
            where = "supergroup" if name.startswith(tuple(IN_A_GROUP)) else "private"
            for form, value in self._forms(field):
                content = self._message(where, {**company, name: value})
                yield f"message.{name}{form}", content

    def _message(self, where: str, content: dict[str, Any]) -> dict[str, Any]:
        person = {"id": PERSON, "is_bot": False, "first_name": "Ash"}
        chat: dict[str, Any] = {"id": PERSON, "type": where, "first_name": "Ash"}
        if where != "private":
            chat = {"id": -1_001_000_000_001, "type": where, "title": "Friends"}
        sender = {"sender_chat": chat} if where == "channel" else {"from": person}
        return {"message_id": 1, **sender, "date": DATE, "chat": chat, **content}

    def _with_usual_company(self, name: str, value: dict[str, Any]) -> dict[str, Any]:
        """Optional fields without which Telegram never sends this kind."""
        if name == "callback_query":
            return {**value, "message": self._message("private", {"text": "?"}), "data": "tap"}
        if name == "message_reaction":
            return {**value, "user": {"id": PERSON, "is_bot": False, "first_name": "Ash"}}
        return value

    def _forms(self, field: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """The value of a field; where it may take several forms, each of them."""
        kind = field["types"][0]
        if forms := self._object_forms(kind):
            for form in forms:
                yield f"={form}", self._object(form)
            return
        value = self._value(field["types"], field)
        yield "", value
        if not isinstance(value, dict):
            return
        for inner in self._description.fields_of(kind):
            if inner["required"]:
                for form in self._object_forms(inner["types"][0])[1:]:
                    changed = {**value, inner["name"]: self._object(form)}
                    yield f".{inner['name']}={form}", changed

    def _object_forms(self, kind: str) -> list[str]:
        subtypes = self._description.types.get(kind, {}).get("subtypes", [])
        return [form for form in subtypes if form in self._description.types]

    def _object(self, kind: str) -> dict[str, Any]:
        made = {
            field["name"]: self._value(field["types"], field)
            for field in self._description.fields_of(kind)
            if field["required"]
        }
        if kind == "InaccessibleMessage":
            made["date"] = 0
        return made

    def _value(self, types: list[str], field: dict[str, Any]) -> Any:
        kind = types[0]
        if kind.startswith(ARRAY):
            return [self._value([kind.removeprefix(ARRAY)], field)]
        if kind in PLAIN_TYPES:
            return _plain(kind, field)
        if subtypes := self._description.types[kind].get("subtypes"):
            return self._value(subtypes[:1], field)
        return self._object(kind)


def _plain(kind: str, field: dict[str, Any]) -> Any:
    if kind == "String":
        return _words(field)
    if kind == "Integer":
        return _number(field)
    return 1.5 if kind == "Float" else field["name"] != "is_bot"


def _words(field: dict[str, Any]) -> str:
    name: str = field["name"]
    if choice := CHOICE.search(field["description"]):
        return choice.group(1)
    if name == "currency":
        return "GBP"
    return "https://example.org/" if name.endswith("url") else f"some {name}"


def _number(field: dict[str, Any]) -> int:
    name: str = field["name"]
    if "date" in name or "Unix time" in field["description"]:
        return DATE
    if name == "id" or name.endswith("_id"):
        return PERSON
    return 0 if name == "offset" else 1
