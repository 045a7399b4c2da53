"""A phone in a person's hand: they type, tap, talk and look at the screen.

In: what a test does. Out: updates to the bot, as Telegram would make them of it, and the screen
as the bot's messages change it. Waiting is on the exchange's condition, with a deadline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .chats import Chat, Door
from .measuring_messages import MAX_TEXT, check_start_payload
from .phone_screen import PhoneScreen
from .things_sent import ThingsSent

if TYPE_CHECKING:
    from .exchange import Exchange

MEMBER = {"status": "member"}
LEFT = {"status": "left"}
BANNED = {"status": "kicked", "until_date": 0}


class Phone(ThingsSent, PhoneScreen):
    """One person's phone. `chat` is the chat with the bot; a group is a chat too."""

    def __init__(self, exchange: Exchange, chat: Chat, person: dict[str, Any]) -> None:
        self.exchange = exchange
        self.chat = chat
        self.person = person
        self.seen: set[int] = set()
        self.opened: list[str] = []

    @property
    def user_id(self) -> int:
        return int(self.person["id"])

    def starts(self, payload: str = "") -> int:
        """Taps Start, perhaps behind a link t.me/bot?start=payload.

        :raises ValueError: Telegram would not pass on such a payload.
        """
        if self.chat.door is Door.BLOCKED:
            self.unblocks()
        return self.types(f"/start {check_start_payload(payload)}" if payload else "/start")

    def types(self, text: str, *, answering: int | None = None) -> int:
        """Sends a text; gives the message's id. The app cuts a text over 4,096 into several."""
        self._may_write()
        pieces = [text[at : at + MAX_TEXT] for at in range(0, len(text), MAX_TEXT)]
        sent = 0
        for piece in pieces:
            content: dict[str, Any] = {"text": piece}
            if piece.startswith("/"):
                command = piece.split(maxsplit=1)[0]
                mark = {"type": "bot_command", "offset": 0, "length": len(command)}
                content["entities"] = [mark]
            sent = self.sends_message(content, answering=answering)
        if not pieces:
            raise ValueError("the app sends no empty text")
        return sent

    def edits(self, message_id: int, text: str) -> None:
        """Changes one of the person's own texts."""
        with self.exchange.changed:
            message = self.chat.messages[message_id]
            changed = {k: v for k, v in message.items() if k != "entities"}
            changed |= {"text": text, "edit_date": message["date"] + 1}
            self.chat.messages[message_id] = changed
            self.exchange.updates.add({"edited_message": changed})

    def taps(self, label: str) -> str | None:
        """Taps a button by its label: on the newest message that has buttons, or under the text
        box. Gives the id of the callback query; None where a link opens or words are sent.
        """
        with self.exchange.changed:
            for shown in reversed(self.screen):
                if label in shown.labels:
                    return self.taps_old(shown.message_id, label)
                if shown.buttons:
                    break
            if any(label in row for row in self.chat.keyboard):
                self.types(label)
                return None
        raise AssertionError(f"no button {label!r} to tap:\n{self.read_aloud()}")

    def taps_old(self, message_id: int, label: str, *, too_old: bool = False) -> str | None:
        """Taps a button on any message. `too_old`: the bot gets an inaccessible message."""
        with self.exchange.changed:
            button = self.shown(message_id).button(label)
            if button.url is not None:
                self.opened.append(button.url)
                return None
            message = self.chat.messages[message_id]
            if too_old:
                message = {"chat": self.chat.about, "message_id": message_id, "date": 0}
            return self.sends_callback(message, button.data or "")

    def sends_callback(self, message: dict[str, Any], data: str) -> str:
        """A callback query with any data, as a changed app could send it."""
        with self.exchange.changed:
            query_id = self.exchange.new_query(self.chat.chat_id)
            self.exchange.updates.add(
                {
                    "callback_query": {
                        "id": query_id,
                        "from": self.person,
                        "message": message,
                        "chat_instance": str(self.chat.chat_id),
                        "data": data,
                    }
                }
            )
            return query_id

    def blocks(self) -> None:
        """Blocks the bot: whatever it sends is refused from now on."""
        with self.exchange.changed:
            self.chat.door = Door.BLOCKED
            self._membership(MEMBER, BANNED)

    def unblocks(self) -> None:
        with self.exchange.changed:
            self.chat.door = Door.OPEN
            self._membership(BANNED, MEMBER)

    def deletes_account(self) -> None:
        with self.exchange.changed:
            self.chat.door = Door.DEACTIVATED

    def refuses_voice(self) -> None:
        """The person's privacy settings take no voice messages."""
        with self.exchange.changed:
            self.chat.refuses_voice = True

    def joins_group(self, title: str, group_id: int = -4001) -> Phone:
        """Puts the bot into a group; gives the same phone with the group open."""
        about = {"id": group_id, "type": "group", "title": title}
        with self.exchange.changed:
            group = Chat(about=about, door=Door.OPEN)
            self.exchange.chats[group_id] = group
            phone = Phone(self.exchange, group, self.person)
            phone._membership(LEFT, MEMBER)
            phone.sends_message({"new_chat_members": [self.exchange.bot]})
            return phone

    def throws_bot_out(self) -> None:
        """Only in a group."""
        with self.exchange.changed:
            self.chat.door = Door.KICKED
            self._membership(MEMBER, BANNED)

    def _membership(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        bot = {"user": self.exchange.bot}
        self.exchange.updates.add(
            {
                "my_chat_member": {
                    "chat": self.chat.about,
                    "from": self.person,
                    "date": self.exchange.now(),
                    "old_chat_member": {**before, **bot},
                    "new_chat_member": {**after, **bot},
                }
            }
        )

    def _may_write(self) -> None:
        if self.chat.door in {Door.BLOCKED, Door.DEACTIVATED}:
            raise AssertionError(f"nobody can write here: {self.chat.door.value}")
