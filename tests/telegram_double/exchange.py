"""The telephone exchange inside the double: chats, files, updates, pace and faults, one lock.

In: a method with its parameters, already read from HTTP. Out: an `Answer`: status and body, and
whether the line drops or lags instead of giving it at once.
"""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .chats import Chat, Door
from .faults import Faults, Kind, as_refusal
from .files_kept import FilesKept
from .one_request import Answer, Call, Query
from .pace import Pace, PaceKeeper
from .published_description import Description, Upload, WrongShape
from .refusals import Refused, bad_request, not_found, unauthorized
from .waiting_updates import Poll, WaitingUpdates

BOT_ID = 777_000_111


Handler = Callable[["Exchange", dict[str, Any]], Any]


@dataclass
class Exchange:
    """All state of the double. Hold `changed` to read or write it."""

    token: str
    pace: Pace
    methods: dict[str, Handler]
    description: Description = field(default_factory=Description.read)
    query_lifetime: float = 60.0
    changed: threading.Condition = field(default_factory=threading.Condition)
    closing: bool = False
    chats: dict[int, Chat] = field(default_factory=dict)
    files: FilesKept = field(default_factory=FilesKept)
    queries: dict[str, Query] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    complaints: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    profile: dict[tuple[str, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.updates = WaitingUpdates(self.changed, lambda: self.closing)
        self.pacer = PaceKeeper(self.pace)
        self.numbers = itertools.count(1)

    @property
    def bot(self) -> dict[str, Any]:
        return {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "My Way",
            "username": "MyWayTestBot",
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": False,
        }

    def answer(self, token: str, method: str, given: dict[str, Any], poll: Poll) -> Answer:
        """Everything Telegram does with one request."""
        name = self.description.method_named(method) or method
        with self.changed:
            if refusal := self._no_such_address(token, name):
                return self._noted(name, given, refusal)
            fault = self.faults.next_for(name)
            if fault and fault.kind is Kind.LINE_DROPPED_BEFORE:
                self._note(name, given, 0)
                return Answer(0, b"", dropped=True)
            if fault and fault.kind is Kind.REFUSED:
                return self._noted(name, given, as_refusal(fault))
            answer = self._done(name, given, poll)
            if fault and fault.kind is Kind.SLOW:
                self.changed.wait_for(lambda: self.closing or poll.gone, timeout=fault.seconds)
            if fault and fault.kind is Kind.LINE_DROPPED_AFTER:
                return Answer(answer.status, answer.body, dropped=True)
            return answer

    def download(self, token: str, path: str) -> Answer:
        """The bytes of a file. Faults for it are switched under the name "download"."""
        given = {"path": path}
        with self.changed:
            fault = self.faults.next_for("download")
            kept = self.files.at_path(path)
            if token != self.token:
                return self._noted("download", given, unauthorized())
            if fault and fault.kind is Kind.REFUSED:
                return self._noted("download", given, as_refusal(fault))
            if kept is None:
                return self._noted("download", given, not_found())
            self._note("download", given, 200)
            if fault and fault.kind is Kind.SLOW:
                self.changed.wait_for(lambda: self.closing, timeout=fault.seconds)
            dropped = bool(fault and fault.kind is not Kind.SLOW)
            return Answer(200, kept.content, dropped, "application/octet-stream")

    def complain(self, what: str) -> None:
        """The bot did something that the published description does not allow."""
        with self.changed:
            self.complaints.append(what)

    def chat(self, chat_id: int | str) -> Chat:
        """:raises Refused: no such chat."""
        if not isinstance(chat_id, int) or chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def put(self, chat: Chat, sender: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        """A new message in the chat, from either side."""
        message = {
            "message_id": next(self.numbers),
            "from": sender,
            "chat": chat.about,
            "date": self.now(),
            **content,
        }
        chat.messages[message["message_id"]] = message
        if sender["is_bot"]:
            chat.typing_until = 0.0
        elif chat.is_private and chat.door is Door.NEVER_STARTED:
            chat.door = Door.OPEN
        self.changed.notify_all()
        return message

    def new_query(self, chat_id: int) -> str:
        """A tap that waits for its answer."""
        query_id = str(BOT_ID + next(self.numbers))
        self.queries[query_id] = Query(chat_id, time.monotonic())
        return query_id

    def now(self) -> int:
        return int(time.time())

    def close(self) -> None:
        with self.changed:
            self.closing = True
            self.changed.notify_all()

    def _no_such_address(self, token: str, name: str) -> Refused | None:
        if token != self.token:
            return unauthorized()
        return None if name in self.description.methods else not_found()

    def _done(self, name: str, given: dict[str, Any], poll: Poll) -> Answer:
        if name not in self.methods:
            self.complaints.append(f"{name}: the double does not know this method")
            return self._noted(name, given, not_found())
        try:
            params = self.description.parameters(name, given)
        except WrongShape as problem:
            self.complaints.append(f"{name}: {problem}")
            return self._noted(name, given, bad_request(str(problem)))
        try:
            if name == "getUpdates":
                result: Any = self.updates.poll(params, poll)
            else:
                result = self.methods[name](self, params)
        except Refused as refusal:
            return self._noted(name, params, refusal)
        self._note(name, params, 200)
        if isinstance(result, bytes):
            return Answer(200, result)
        if name != "getUpdates":
            self._check_own(name, result)
        return Answer(200, json.dumps({"ok": True, "result": result}).encode())

    def _check_own(self, name: str, result: Any) -> None:
        """The double is held to the description too. Updates may be anything a test gives."""
        try:
            self.description.check_result(name, result)
        except WrongShape as problem:
            self.complaints.append(f"the double itself gave a wrong result: {problem}")

    def _noted(self, name: str, params: dict[str, Any], refusal: Refused) -> Answer:
        self._note(name, params, refusal.code)
        return Answer(refusal.code, json.dumps(refusal.as_json()).encode())

    def _note(self, name: str, params: dict[str, Any], status: int) -> None:
        kept = {k: v.filename if isinstance(v, Upload) else v for k, v in params.items()}
        self.calls.append(Call(name, kept, status))
        self.changed.notify_all()
