"""A conversation that reads like the chat: what is said, and by key what is heard."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from bot.receiving import HEARD, Came
from bot.terminal.talking import DOOR, Talk
from plan_store.inviting import find_contact
from plan_store.tables import Incoming
from tests.conversations.easy_turns import hard_to_read

# One white dot: the smallest picture there is.
A_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


class Chat:
    """One person talking. `hears` are keys: words may change, meanings may not."""

    def __init__(self, talk: Talk, door: Door) -> None:
        self.talk = talk
        self.door = door
        self.turns: list[dict[str, Any]] = []
        self.said: list[str] = []

    async def says(self, words: str, *hears: str) -> dict[str, Any]:
        """Type something; with `hears`, exactly these replies come back."""
        return self._heard(await self.talk.turn(words), words, hears)

    def _heard(self, turn: dict[str, Any], words: str, hears: tuple[str, ...]) -> dict[str, Any]:
        self.turns.append(turn)
        self.said.append(words)
        hard = hard_to_read(turn, self.said)
        assert hard == [], hard
        heard = [reply["key"] for reply in turn["replies"]]
        if hears:
            assert heard == list(hears), (words, turn)
        assert heard, f"No answer to {words!r}"
        return turn

    async def taps(self, label: str, *hears: str) -> dict[str, Any]:
        """Tap the button of the last reply whose label has these words."""
        for reply in reversed([r for turn in self.turns for r in turn["replies"]]):
            for button in reply["buttons"]:
                if label in button["label"]:
                    return await self.says(json.dumps({"tap": button["label"]}), *hears)
        raise AssertionError(f"There is no button {label!r}")

    async def speaks(self, voice: Path, words: str, *hears: str) -> dict[str, Any]:
        """Send a voice in which the recogniser hears these words; `hears` is what follows then."""
        self.door.reception.writes_down = True
        await self.sends("voice", voice)
        return await self.is_heard(words, *hears)

    async def is_heard(self, words: str, *hears: str) -> dict[str, Any]:
        """The recogniser hears these words in the newest voice."""

        def newest(session: Session) -> Incoming:
            contact = find_contact(session, DOOR, self.talk._name)
            assert contact is not None
            spoken = select(Incoming).where(
                Incoming.person_id == contact.person_id, Incoming.kind == "voice"
            )
            return session.scalars(spoken.order_by(Incoming.id.desc())).first()  # type: ignore[return-value]

        said = await self.door.in_store.read(newest)
        details = {"voice": said.id, "serial": said.details["serial"]}
        came = Came(
            DOOR, self.talk._name, f"heard:{said.id}", HEARD, words, "spoken", details=details
        )
        return self._heard(await self.talk.brings(came, words), words, hears)

    async def sends(self, kind: str, file: Path, *hears: str, caption: str = "") -> dict[str, Any]:
        """Send a photo or a voice."""
        return await self.says(json.dumps({kind: str(file), "caption": caption}), *hears)

    @property
    def text(self) -> str:
        """What was said last, as the person reads it."""
        return "\n\n".join(reply["text"] for reply in self.turns[-1]["replies"])

    @property
    def labels(self) -> list[str]:
        """The buttons shown last."""
        return [b["label"] for reply in self.turns[-1]["replies"] for b in reply["buttons"]]

    def kept(self, table: str) -> list[dict[str, Any]]:
        """Everything of this table that the conversation kept, oldest first."""
        return [row for turn in self.turns for row in turn["kept"] if row["table"] == table]

    async def gets_ready(self, name: str = "Sam") -> None:
        """From the first hello to the first question of the first chapter."""
        await self.says("hello", "hello", "ask_name")
        await self.says(name, "hello_name", "ask_ready")
        await self.taps("OK", "explain_settings", "ask_pictures")
        await self.taps("With pictures", "ask_listening")
        await self.taps("I read it myself", "ask_pace")
        await self.taps("Just like this", "ask_with_somebody")
        await self.taps("on my own", "work_learning.opens", "ask_work_hope")

    async def shares(self) -> None:
        """With my facilitator, for the first time, after showing what that means."""
        await self.taps("My facilitator", "consent_begins", "consent_who")
        await self.taps("My facilitator", "consent_change")
        await self.taps("Yes, any day", "consent_danger")
        await self.taps("Tell a person", "shared_facilitator", "chapter_done")

    async def answers(self, *answers: str) -> None:
        """One answer after the other, typed."""
        for answer in answers:
            await self.says(answer)

    async def tells(self, hope: str = "I want to work with dogs", help_: str = "my sister") -> None:
        """The first chapter up to the read-back."""
        await self.gets_ready()
        await self.says(hope, "kept_words", "ask_work_help")
        await self.says(help_, "kept_words", "work_with_whom")
        await self.answers("skip", "skip")
        await self.says("skip", "left_skip", "read_back")
