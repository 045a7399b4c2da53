"""Looks before the house starts: settings, room, ports, database, Redis, Telegram's token.

Comes in: the settings. Goes out: nothing when all is well; else CannotGoOnError, whose one sentence
says what to do. No sentence holds a secret's value.
"""

import errno
import importlib
import inspect
import socket
from dataclasses import dataclass
from pathlib import Path

import httpx
import redis
from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsError
from sqlalchemy import create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from house.saying import CannotGoOnError
from house.setting_up import check_room
from house.settings import HouseSettings

SECONDS_TO_ANSWER = 5
ROOM_TO_RUN = 0.5  # gigabytes: a trained model, logs, and what people send


def check_settings(root: Path) -> HouseSettings:
    """Reads the settings of every room, so that a malformed one is said once, before the start."""
    for kind in settings_of_all_rooms(root):
        try:
            kind()
        except ValidationError as wrong:
            raise CannotGoOnError(_what_it_should_be(kind, wrong)) from None
        except SettingsError as wrong:
            raise CannotGoOnError(f"A setting cannot be read: {wrong}. Mend it in .env.") from None
    return HouseSettings()


def settings_of_all_rooms(root: Path) -> list[type[BaseSettings]]:
    """The settings classes that the rooms' own settings.py define, house by house."""
    found: list[type[BaseSettings]] = []
    for file in sorted(root.glob("*/settings.py")):
        module = importlib.import_module(f"{file.parent.name}.settings")
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, BaseSettings) and kind.__module__ == module.__name__:
                found.append(kind)
    return found


def _what_it_should_be(kind: type[BaseSettings], wrong: ValidationError) -> str:
    lines = []
    for error in wrong.errors(include_input=False, include_url=False, include_context=False):
        field = str(error["loc"][0]) if error["loc"] else ""
        about = kind.model_fields[field].description if field in kind.model_fields else ""
        lines.append(f"{field.upper()} is not right: {error['msg'].lower()}. It is: {about}")
    return "\n".join([*lines, "Mend it in .env or the environment, then run ./myway up again."])


def check_ports(settings: HouseSettings) -> None:
    """Raises when a port cannot be listened on; asks by listening, for a moment."""
    wanted = {
        "RASA": (settings.rasa_host, settings.rasa_port),
        "ACTIONS": (settings.actions_host, settings.actions_port),
        "CHAT": (settings.chat_host, settings.chat_port),
        "DESK": (settings.desk_host, settings.desk_port),
    }
    owners: dict[int, str] = {}
    for owner, (host, port) in wanted.items():
        if port in owners:
            raise CannotGoOnError(
                f"{owners[port]}_PORT and {owner}_PORT are both {port}: give each its own port."
            )
        owners[port] = owner
        check_port(owner, host, port)


def check_port(owner: str, host: str, port: int) -> None:
    """Raises when this port cannot be listened on; `owner` is the setting's beginning."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trying:
            # Without it, a port that was used a moment ago would seem taken for a minute.
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trying.bind(address)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            sentence = (
                f"Port {port} is taken by another program (perhaps another ./myway up): "
                f"end that program, or set {owner}_PORT to a free port."
            )
        elif problem.errno == errno.EACCES:
            sentence = (
                f"Port {port} may not be opened by this user: set {owner}_PORT to one above 1023."
            )
        else:
            sentence = f"{owner}_HOST is not an address of this machine: set it to 127.0.0.1."
        raise CannotGoOnError(sentence) from None


def check_database(settings: HouseSettings) -> None:
    """Raises when the plan store's database does not answer."""
    try:
        url = make_url(settings.store_url)
        waiting = (
            {"connect_timeout": SECONDS_TO_ANSWER} if url.get_backend_name() == "postgresql" else {}
        )
        if url.get_backend_name() == "sqlite" and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args=waiting)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise CannotGoOnError(
            "DATABASE_URL is not an address that can be used: write it like "
            "postgresql://USER:PASSWORD@HOST/NAME, or leave it empty for SQLite."
        ) from None
    except OSError as problem:
        raise CannotGoOnError(_unreachable(url, problem.strerror or "")) from None
    try:
        with engine.connect():
            pass
    except SQLAlchemyError as problem:
        reason = str(getattr(problem, "orig", "") or "").strip().splitlines()
        raise CannotGoOnError(_unreachable(url, reason[0] if reason else "")) from None
    finally:
        engine.dispose()


def _unreachable(url: URL, reason: str) -> str:
    # The driver's own words may name the password when the address was badly written.
    if url.password:
        reason = reason.replace(str(url.password), "***")
    return (
        f"The database at {url.render_as_string(hide_password=True)} cannot be reached ({reason}): "
        "start it, or mend DATABASE_URL."
    )


def check_redis(settings: HouseSettings) -> None:
    """Raises when a Redis is set and does not answer."""
    if not settings.redis_url:
        return
    try:
        with redis.Redis.from_url(
            settings.redis_url, socket_connect_timeout=SECONDS_TO_ANSWER
        ) as asked:
            asked.ping()
    except (redis.RedisError, ValueError):
        raise CannotGoOnError(
            "Redis cannot be reached: start it, mend REDIS_URL, or leave REDIS_URL empty."
        ) from None


@dataclass(frozen=True)
class Telegram:
    """Whether Telegram is on, and what to tell the operator about it."""

    is_on: bool
    name: str = ""
    trouble: str = ""


def check_telegram(settings: HouseSettings) -> Telegram:
    """Asks Telegram who the bot is. A wrong token raises; a Telegram that is away does not.

    The chat page and the desk do not need Telegram, and the bot itself tries again: people who
    wrote are answered late, not never. A wrong token would never come right by itself.
    """
    if not settings.telegram_on:
        return Telegram(is_on=False)
    token = settings.telegram_bot_token.get_secret_value()
    try:
        answer = httpx.get(
            f"{settings.telegram_api_url.rstrip('/')}/bot{token}/getMe", timeout=SECONDS_TO_ANSWER
        )
    except (httpx.HTTPError, httpx.InvalidURL):
        trouble = f"does not answer at {settings.telegram_api_url}; it is tried again"
        return Telegram(is_on=True, trouble=trouble)
    if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND}:
        raise CannotGoOnError(
            "Telegram does not know this TELEGRAM_BOT_TOKEN: copy it again from BotFather, or "
            "leave it empty to run without Telegram."
        )
    try:
        name = str(answer.raise_for_status().json()["result"]["username"])
    except (httpx.HTTPStatusError, ValueError, KeyError, TypeError):
        return Telegram(is_on=True, trouble="answered something unexpected; it is tried again")
    return Telegram(is_on=True, name=name)


def check_everything(root: Path) -> tuple[HouseSettings, Telegram]:
    """All checks, in the order in which an operator can mend things."""
    settings = check_settings(root)
    check_room(root, ROOM_TO_RUN)
    check_ports(settings)
    check_database(settings)
    check_redis(settings)
    return settings, check_telegram(settings)
