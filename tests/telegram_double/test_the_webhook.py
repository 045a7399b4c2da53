"""Updates are posted to the bot's webhook, in order, until it has taken them."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from .webhook_courier import SECRET_HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from . import Phone, TelegramDouble
    from .talking_to_it import Line


class BotAtTheDoor:
    """A webhook that takes notes. `says` are its next answers; then it says 200."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.secrets: list[str | None] = []
        self.says: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = outer.says.pop(0) if outer.says else 200
                outer.bodies.append(body)
                outer.secrets.append(self.headers[SECRET_HEADER])
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def texts(self) -> list[str]:
        return [json.loads(body)["message"]["text"] for body in self.bodies]


@pytest.fixture
def door() -> Iterator[BotAtTheDoor]:
    opened = BotAtTheDoor()
    yield opened
    opened.close()


def test_updates_are_posted_in_order_with_the_secret(
    line: Line, ash: Phone, double: TelegramDouble, door: BotAtTheDoor
) -> None:
    double.routes["https://chat.example.org"] = door.url
    ash.types("one")
    url = "https://chat.example.org/telegram"
    assert line.gets("setWebhook", url=url, secret_token="s3cret-3")
    ash.types("two")
    double.all_taken()
    assert door.texts == ["one", "two"]
    assert door.secrets == ["s3cret-3", "s3cret-3"]
    assert line.gets("getWebhookInfo")["url"] == url


def test_what_is_not_taken_is_posted_again(
    line: Line, ash: Phone, double: TelegramDouble, door: BotAtTheDoor
) -> None:
    door.says = [500, 503]
    line.gets("setWebhook", url=door.url)
    ash.types("one")
    ash.types("two")
    double.all_taken()
    assert door.texts == ["one", "one", "one", "two"]
    assert double.webhook_answers == [500, 503, 200, 200]
    info = line.gets("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 503")


def test_nobody_at_the_door_is_waited_for(
    line: Line, ash: Phone, double: TelegramDouble, door: BotAtTheDoor
) -> None:
    line.gets("setWebhook", url="http://127.0.0.1:9/nobody")
    ash.types("one")
    ash.waits_until(lambda: double.webhook.last_error)
    assert len(double.waiting) == 1
    line.gets("setWebhook", url=door.url)
    double.all_taken()
    assert door.texts == ["one"]


def test_the_double_never_leaves_loopback(
    line: Line, ash: Phone, double: TelegramDouble, door: BotAtTheDoor
) -> None:
    line.gets("setWebhook", url="https://chat.example.org/telegram")
    ash.types("one")
    ash.waits_until(lambda: double.webhook.last_error)
    assert double.webhook.last_error.startswith("No route to the webhook")
    double.routes["https://chat.example.org"] = door.url
    double.all_taken()
    assert door.texts == ["one"]


def test_raw_bytes_are_posted_as_they_are(
    line: Line, double: TelegramDouble, door: BotAtTheDoor
) -> None:
    line.gets("setWebhook", url=door.url)
    double.gives_raw(b'{"update_id": ')
    double.all_taken()
    double.gives({"message": {"text": "after"}})
    double.all_taken()
    malformed, after = door.bodies
    assert malformed == b'{"update_id": '
    assert json.loads(after)["message"] == {"text": "after"}


def test_polling_and_a_webhook_exclude_each_other(line: Line, ash: Phone) -> None:
    line.gets("setWebhook", url="http://127.0.0.1:9/nobody")
    assert line.is_refused("getUpdates").startswith("409 Conflict: can't use getUpdates method")
    ash.types("kept")
    line.gets("deleteWebhook")
    assert len(line.gets("getUpdates")) == 1
    line.gets("deleteWebhook", drop_pending_updates=True)
    assert line.gets("getUpdates") == []


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"url": "http://chat.example.org"}, "An HTTPS URL must be provided"),
        ({"url": "https://chat.example.org:8080"}, "only on ports 80, 88, 443 or 8443"),
        ({"url": "https://chat.example.org", "secret_token": "a b"}, "unallowed characters"),
    ],
)
def test_a_webhook_telegram_would_not_take(line: Line, params: dict[str, str], why: str) -> None:
    assert why in line.is_refused("setWebhook", **params)
