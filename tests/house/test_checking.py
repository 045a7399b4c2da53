"""Looks before the start: each thing that is wrong is one sentence on what to do.

Real ports, real databases, a real HTTP server in Telegram's place.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url

from house import checking
from house.checking import Telegram
from house.first_screen import the_screen
from house.saying import CannotGoOnError
from house.settings import HouseSettings

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456:the-secret-of-the-bot"


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The tests' own settings only, not those of the machine they run on."""
    for name in HouseSettings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


def four_ports() -> dict[str, int]:
    sockets = [socket.socket() for _ in range(4)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    names = ("chat_port", "desk_port", "rasa_port", "actions_port")
    ports = {name: each.getsockname()[1] for name, each in zip(names, sockets, strict=True)}
    for each in sockets:
        each.close()
    return ports


@pytest.mark.parametrize("setting", ["chat_port", "desk_port", "rasa_port", "actions_port"])
def test_a_taken_port_is_named_with_the_setting_that_changes_it(
    setting: str, taken_port: int
) -> None:
    settings = HouseSettings(**{**four_ports(), setting: taken_port})  # type: ignore[arg-type]
    with pytest.raises(CannotGoOnError) as stopped:
        checking.check_ports(settings)
    assert str(stopped.value) == (
        f"Port {taken_port} is taken by another program (perhaps another ./myway up): end that "
        f"program, or set {setting.upper()} to a free port."
    )


def test_up_ends_with_one_sentence_and_a_non_zero_exit(taken_port: int) -> None:
    ports = {**four_ports(), "chat_port": taken_port}
    stopped = subprocess.run(
        [sys.executable, "-m", "house.running"],
        cwd=ROOT,
        env={**os.environ, **{name.upper(): str(port) for name, port in ports.items()}},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (stopped.returncode, stopped.stdout) == (1, "")
    assert stopped.stderr.startswith(f"Port {taken_port} is taken by another program")
    assert len(stopped.stderr.splitlines()) == 1


def test_free_ports_are_well_and_stay_free() -> None:
    settings = HouseSettings(**four_ports())  # type: ignore[arg-type]
    checking.check_ports(settings)
    checking.check_ports(settings)


def test_two_processes_on_one_port_are_named() -> None:
    ports = {**four_ports(), "desk_port": 18123, "chat_port": 18123}
    with pytest.raises(CannotGoOnError, match="CHAT_PORT and DESK_PORT are both 18123"):
        checking.check_ports(HouseSettings(**ports))  # type: ignore[arg-type]


def test_a_host_that_is_not_here_is_named() -> None:
    with pytest.raises(CannotGoOnError, match=r"CHAT_HOST is not an address of this machine"):
        checking.check_ports(HouseSettings(chat_host="192.0.2.7", **four_ports()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value", "should_be"),
    [
        ("CHAT_PORT", "eighty", "integer"),
        ("CHAT_PORT", "80808", "less than or equal to 65535"),
        ("TELEGRAM_API_URL", "telegram", "match pattern"),
        ("CHAT_PUBLIC_URL", "chat.example.org", "match pattern"),
        ("REDIS_URL", "http://127.0.0.1", "match pattern"),
    ],
)
def test_a_malformed_setting_is_named_with_what_it_should_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, should_be: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(CannotGoOnError) as stopped:
        checking.check_settings(ROOT)
    said = str(stopped.value)
    assert said.startswith(f"{name} is not right: ")
    assert should_be in said
    assert value not in said


def test_settings_are_read_from_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CHAT_PORT=18080\nTELEGRAM_BOT_TOKEN=\n")
    settings = checking.check_settings(ROOT)
    assert (settings.chat_port, settings.telegram_on) == (18080, False)


def test_a_database_that_is_not_there_is_named_without_its_password(closed_port: int) -> None:
    url = f"postgresql://plans:sesame-secret@127.0.0.1:{closed_port}/plans"
    with pytest.raises(CannotGoOnError) as stopped:
        checking.check_database(HouseSettings(database_url=url))
    said = str(stopped.value)
    assert f"plans:***@127.0.0.1:{closed_port}/plans cannot be reached" in said
    assert said.endswith("start it, or mend DATABASE_URL.")
    assert "sesame" not in said
    assert len(said.splitlines()) == 1


@pytest.mark.needs("postgresql")
def test_a_wrong_password_is_said_without_it() -> None:
    wrong = make_url(os.environ["TEST_POSTGRES_URL"]).set(password="sesame-secret")
    with pytest.raises(CannotGoOnError) as stopped:
        checking.check_database(
            HouseSettings(database_url=wrong.render_as_string(hide_password=False))
        )
    assert "cannot be reached" in str(stopped.value)
    assert "sesame" not in str(stopped.value)


@pytest.mark.needs("postgresql")
def test_a_postgresql_that_is_there_is_well() -> None:
    checking.check_database(HouseSettings(database_url=os.environ["TEST_POSTGRES_URL"]))


@pytest.mark.parametrize("url", ["plans", "nosuch://host/plans", "postgresql://host:port/plans"])
def test_a_database_address_that_makes_no_sense_is_said(url: str) -> None:
    with pytest.raises(CannotGoOnError, match="DATABASE_URL is not an address that can be used"):
        checking.check_database(HouseSettings(database_url=url))


def test_sqlite_is_made_where_it_should_be(tmp_path: Path) -> None:
    checking.check_database(HouseSettings(var_folder=tmp_path / "new" / "var"))
    assert (tmp_path / "new" / "var").is_dir()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, not a folder")
    with pytest.raises(CannotGoOnError, match="cannot be reached"):
        checking.check_database(HouseSettings(var_folder=tmp_path / "var"))


def test_a_redis_that_is_not_there_is_said(closed_port: int) -> None:
    with pytest.raises(CannotGoOnError, match="Redis cannot be reached"):
        checking.check_redis(HouseSettings(redis_url=f"redis://127.0.0.1:{closed_port}/0"))
    checking.check_redis(HouseSettings())


Double = Callable[[int, object], str]


@pytest.fixture
def telegram_that_says() -> Iterator[Double]:
    """A Telegram that gives one answer to getMe; returns its address."""
    servers: list[HTTPServer] = []

    def says(status: int, body: object) -> str:
        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                known = self.path == f"/bot{TOKEN}/getMe"
                self.send_response(status if known else 500)
                self.end_headers()
                self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

            def log_message(self, *_: object) -> None:
                """Says nothing: the token is in the path."""

        server = HTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield says
    for server in servers:
        server.shutdown()
        server.server_close()


def with_telegram(url: str) -> HouseSettings:
    return HouseSettings(telegram_bot_token=SecretStr(TOKEN), telegram_api_url=url)


@pytest.mark.parametrize("status", [401, 404])
def test_a_wrong_token_is_said_and_never_shown(telegram_that_says: Double, status: int) -> None:
    url = telegram_that_says(status, {"ok": False, "error_code": status})
    with pytest.raises(CannotGoOnError) as stopped:
        checking.check_telegram(with_telegram(url))
    assert str(stopped.value).startswith("Telegram does not know this TELEGRAM_BOT_TOKEN: ")
    assert TOKEN not in str(stopped.value)


def test_a_right_token_gives_the_bots_name(telegram_that_says: Double) -> None:
    url = telegram_that_says(200, {"ok": True, "result": {"username": "my_way_bot"}})
    assert checking.check_telegram(with_telegram(url)) == Telegram(is_on=True, name="my_way_bot")


@pytest.mark.parametrize(
    ("status", "body"), [(500, {}), (429, {}), (200, b"<html>"), (200, []), (200, {"ok": False})]
)
def test_a_telegram_in_trouble_does_not_stop_the_house(
    telegram_that_says: Double, status: int, body: object
) -> None:
    found = checking.check_telegram(with_telegram(telegram_that_says(status, body)))
    assert found.is_on
    assert "it is tried again" in found.trouble


def test_a_telegram_that_is_away_does_not_stop_the_house(closed_port: int) -> None:
    found = checking.check_telegram(with_telegram(f"http://127.0.0.1:{closed_port}"))
    assert found.is_on
    assert found.trouble.startswith(f"does not answer at http://127.0.0.1:{closed_port}")


def test_without_a_token_telegram_is_off() -> None:
    assert checking.check_telegram(HouseSettings()) == Telegram(is_on=False)


def test_the_screen_says_where_everything_is(tmp_path: Path) -> None:
    settings = HouseSettings(database_url="postgresql://plans:sesame@db/plans")
    screen = the_screen(settings, Telegram(is_on=False), "K7Q2", "/first/abc", tmp_path)
    for words in (
        "http://127.0.0.1:8080/i/K7Q2",
        "http://127.0.0.1:8081/first/abc",
        "Telegram:  off (set TELEGRAM_BOT_TOKEN to switch it on)",
        str(tmp_path),
        "Ctrl-C",
    ):
        assert words in screen
    assert "sesame" not in screen
    assert max(map(len, screen.splitlines())) <= 200


def test_the_screen_says_how_telegram_reaches_us(tmp_path: Path) -> None:
    polling = HouseSettings(telegram_bot_token=SecretStr(TOKEN))
    found = Telegram(is_on=True, name="my_way_bot")
    assert "on as @my_way_bot, by long polling" in the_screen(polling, found, "K", "", tmp_path)
    called = HouseSettings(
        telegram_bot_token=SecretStr(TOKEN), chat_public_url="https://chat.example.org/"
    )
    screen = the_screen(called, found, "K", "", tmp_path)
    assert "by webhook" in screen
    assert "https://chat.example.org/i/K" in screen
    assert TOKEN not in screen


def test_an_address_that_listens_everywhere_is_opened_at_home() -> None:
    assert HouseSettings(chat_host="0.0.0.0").chat_url == "http://127.0.0.1:8080"
    assert HouseSettings(chat_host="::1").chat_url == "http://[::1]:8080"
