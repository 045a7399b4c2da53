"""The double leaves nothing behind, and it also runs as a process of its own."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import httpx

from . import TelegramDouble

ROOT = Path(__file__).parents[2]


def test_closing_ends_a_long_poll_and_every_thread() -> None:
    before = set(threading.enumerate())
    double = TelegramDouble().open()
    answers: list[int] = []

    def poll() -> None:
        url = f"{double.base_url}{double.token}/getUpdates"
        with httpx.Client(trust_env=False, timeout=30) as client:
            answers.append(client.post(url, json={"timeout": 25}).status_code)

    poller = threading.Thread(target=poll)
    poller.start()
    double.waits_for_poll()
    double.close()
    poller.join(timeout=10)
    assert answers == [200]
    assert set(threading.enumerate()) == before


def test_a_poller_that_died_does_not_stand_in_the_way(double: TelegramDouble) -> None:
    url = f"{double.base_url}{double.token}/getUpdates"
    with httpx.Client(trust_env=False, timeout=0.2) as client:
        try:
            client.post(url, json={"timeout": 25})
        except httpx.ReadTimeout:
            answered = False
        else:
            answered = True
    assert not answered
    updates = double.exchange.updates
    with double.exchange.changed:
        assert double.exchange.changed.wait_for(lambda: not updates.is_polled(), 10)


def test_it_comes_back_on_the_same_port() -> None:
    with TelegramDouble() as first:
        port = int(first.url.rsplit(":", 1)[1])
    with TelegramDouble(port=port) as again:
        me = httpx.get(f"{again.base_url}{again.token}/getMe", trust_env=False)
        assert me.json()["result"]["is_bot"]


def test_it_runs_on_its_own() -> None:
    command = [sys.executable, "-m", "tests.telegram_double", "--control", "--token", "1:t"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            with httpx.Client(base_url=url, trust_env=False) as client:
                asked = {"do": "types", "user_id": 7, "with": ["hello"]}
                told = client.post("/control", json=asked).json()
                assert [message["text"] for message in told["screen"]] == ["hello"]
                sent = {"chat_id": 7, "text": "hello Ash"}
                assert client.post("/bot1:t/sendMessage", json=sent).json()["ok"]
                told = client.post("/control", json={"user_id": 7}).json()
                assert told["screen"][-1]["text"] == "hello Ash"
                assert told["waiting"] == 1
                wrong = {"do": "taps", "user_id": 7, "with": ["Yes"]}
                assert "no button" in client.post("/control", json=wrong).json()["problem"]
        finally:
            process.terminate()
        assert process.wait(timeout=20) == 0
