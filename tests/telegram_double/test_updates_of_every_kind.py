"""Every kind of update is built, is valid, and is understood by python-telegram-bot or named."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import telegram

from . import Description, KindOfUpdate, updates_of_every_kind

if TYPE_CHECKING:
    from .talking_to_it import Line

NOT_UNDERSTOOD_BY_THE_LIBRARY = {"message.rich_message"}
"""python-telegram-bot 22.8 speaks Bot API 10.0: it passes these on unread. A newer one may not."""


@cache
def description() -> Description:
    """Read when a test asks for it: it may be absent."""
    return Description.read()


@cache
def every_kind() -> list[KindOfUpdate]:
    """One update of each kind."""
    return list(updates_of_every_kind(description()))


def test_no_kind_is_missing() -> None:
    names = {kind.name for kind in every_kind()}
    fields = {field["name"] for field in description().fields_of("Update") if not field["required"]}
    assert {kind.field for kind in every_kind()} == fields
    for field in description().fields_of("Message"):
        if not field["required"]:
            wanted = f"message.{field['name']}"
            assert any(name == wanted or name.startswith(f"{wanted}=") for name in names), wanted
    assert {f"my_chat_member.new_chat_member=ChatMember{s}" for s in ("Banned", "Left")} <= names


def test_every_one_is_valid_and_the_same_each_time() -> None:
    for kind in every_kind():
        description().check(kind.update, ["Update"], kind.name)
    assert list(updates_of_every_kind(description())) == every_kind()
    ids = [kind.update["update_id"] for kind in every_kind()]
    assert ids == sorted(set(ids))


def test_the_library_understands_all_but_the_named() -> None:
    bot = telegram.Bot("1:token")
    not_understood = set()
    for kind in every_kind():
        update = telegram.Update.de_json(kind.update, bot)
        read = update.to_dict()
        inside = read.get(kind.field)
        part = kind.name.removeprefix("message.").split("=")[0].split(".")[0]
        unread = part in (update.message.api_kwargs if update.message else {})
        if kind.field in update.api_kwargs or not inside or unread:
            not_understood.add(kind.name)
    assert not_understood == NOT_UNDERSTOOD_BY_THE_LIBRARY


def test_every_one_can_be_polled(line: Line) -> None:
    for kind in every_kind():
        line.double.gives(kind.update)
    first = line.gets("getUpdates")
    rest = line.gets("getUpdates", offset=first[-1]["update_id"] + 1)
    assert len(first) == 100
    assert first + rest == [kind.update for kind in every_kind()]
