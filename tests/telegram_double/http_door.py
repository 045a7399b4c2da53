"""The HTTP side of the double: a real server on loopback, in a thread of its own.

In: requests to /bot<TOKEN>/<method> and /file/bot<TOKEN>/<path>. Out: the exchange's answers,
or a connection that breaks when a test asked for that.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import uvicorn

from .one_request import Answer
from .published_description import WrongShape
from .reading_requests import read_parameters
from .refusals import bad_request, not_found
from .waiting_updates import Poll

if TYPE_CHECKING:
    from .exchange import Exchange

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Control = Callable[[dict[str, Any]], Any]

METHOD = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)")
FILE = re.compile(r"/file/bot(?P<token>[^/]+)/(?P<path>.+)")
AT_ONCE = 64
START_WITHIN = 20.0


class _Server(uvicorn.Server):
    """Says when it listens, so that nobody has to guess."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


class HttpDoor:
    """Open it with `open()`; `close()` leaves no thread and no socket behind."""

    def __init__(self, exchange: Exchange, port: int = 0, control: Control | None = None) -> None:
        self._exchange = exchange
        self._control = control
        self._hands = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="telegram-double")
        self.port = port
        config = uvicorn.Config(
            self._asgi,
            interface="asgi3",
            http="h11",
            proxy_headers=False,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=5,
        )
        self._server = _Server(config)

    def open(self) -> None:
        # Named as TCP, or asyncio leaves Nagle's delay on: 40 ms for each answer.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", self.port))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(
            target=partial(self._server.run, sockets=[self._socket]), name="telegram-double-http"
        )
        self._thread.start()
        if not self._server.listening.wait(START_WITHIN):
            raise TimeoutError("the Telegram double did not start to listen")

    def close(self) -> None:
        self._exchange.close()
        self._server.should_exit = True
        self._thread.join()
        self._hands.shutdown()
        self._socket.close()

    async def _asgi(self, scope: Event, receive: Receive, send: Send) -> None:
        body = await _whole_body(receive)
        if body is None:
            return
        poll = Poll()
        hung_up = asyncio.ensure_future(self._notice_hang_up(receive, poll))
        try:
            answer = await asyncio.get_running_loop().run_in_executor(
                self._hands, self._answer, scope, body, poll
            )
        finally:
            hung_up.cancel()
        await _give(answer, send)

    def _answer(self, scope: Event, body: bytes, poll: Poll) -> Answer:
        path: str = scope["path"]
        if path == "/control" and self._control is not None:
            return Answer(200, json.dumps(self._control(json.loads(body))).encode())
        if file := FILE.fullmatch(path):
            return self._exchange.download(file["token"], file["path"])
        if method := METHOD.fullmatch(path):
            headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
            kind = headers.get(b"content-type", "")
            try:
                given = read_parameters(scope["query_string"], kind, body)
            except WrongShape as problem:
                self._exchange.complain(f"{method['method']}: {problem}")
                refusal = bad_request(str(problem))
                return Answer(refusal.code, json.dumps(refusal.as_json()).encode())
            return self._exchange.answer(method["token"], method["method"], given, poll)
        return Answer(404, json.dumps(not_found().as_json()).encode())

    async def _notice_hang_up(self, receive: Receive, poll: Poll) -> None:
        while (await receive())["type"] != "http.disconnect":
            continue
        await asyncio.get_running_loop().run_in_executor(self._hands, self._hang_up, poll)

    def _hang_up(self, poll: Poll) -> None:
        with self._exchange.changed:
            poll.gone = True
            self._exchange.changed.notify_all()


async def _whole_body(receive: Receive) -> bytes | None:
    body = b""
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            return None
        piece: bytes = event.get("body", b"")
        body += piece
        if not event.get("more_body", False):
            return body


async def _give(answer: Answer, send: Send) -> None:
    """A dropped answer promises more than it gives; the server then breaks the connection."""
    promised = len(answer.body) + 1000 if answer.dropped else len(answer.body)
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(promised).encode()),
    ]
    status = answer.status or 200
    await send({"type": "http.response.start", "status": status, "headers": headers})
    if not answer.dropped:
        await send({"type": "http.response.body", "body": answer.body})
