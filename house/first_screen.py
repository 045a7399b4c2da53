"""The one screen that `./myway up` shows when everything answers, and the waiting before it.

Comes in: the settings and what the checks found. Goes out: plain lines, readable on any terminal
and by any screen reader: one thing a line, its name first.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx
from sqlalchemy import make_url

from house.checking import Telegram
from house.saying import CannotGoOnError
from house.serving import Process
from house.settings import HouseSettings

LOOK_EVERY, SAY_EVERY = 0.25, 10.0  # seconds


def ask_a_room(root: Path, *words: str) -> str:
    """What a room's own command prints, for instance a fresh invite.

    Asked before the processes start: circus takes leave of every child that ends, also of ours.
    """
    try:
        asked = subprocess.run(
            [sys.executable, "-m", *words], cwd=root, stdout=subprocess.PIPE, text=True, check=True
        )
    except subprocess.CalledProcessError:
        raise CannotGoOnError(
            f"{words[0]} could not answer: see the lines above, mend what they name, then run "
            "./myway up again."
        ) from None
    return asked.stdout.strip()


async def wait_until_well(
    processes: Sequence[Process], report: Callable[[str], None], *, say_every: float = SAY_EVERY
) -> float:
    """Returns, when all answer 200, the seconds it took; until then says what is waited for."""
    started = time.monotonic()
    said_at = started - say_every
    waiting = list(processes)
    async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
        while waiting:
            waiting = [each for each in waiting if not await _answers(client, each)]
            now = time.monotonic()
            if waiting and now - said_at >= say_every:
                names = ", ".join(each.waiting for each in waiting)
                report(f"Waiting for {names} … {now - started:.0f} s")
                said_at = now
            if waiting:
                await asyncio.sleep(LOOK_EVERY)
    return time.monotonic() - started


async def is_well(each: Process) -> bool:
    """Whether it answers now that it can work."""
    async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
        return await _answers(client, each)


async def _answers(client: httpx.AsyncClient, each: Process) -> bool:
    try:
        return (await client.get(each.health)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def the_screen(
    settings: HouseSettings, telegram: Telegram, invite: str, first_path: str, logs: Path
) -> str:
    """All of the screen, as one text; `first_path` is empty when there is an account already."""
    chat, desk = settings.chat_url, settings.desk_address
    sign_in = (
        f"{desk}{first_path}\n"
        "           (open it once: it makes the first account, with a code of an app on your phone)"
        if first_path
        else f"{desk}\n           (sign in with your account; one more: ./myway facilitator add)"
    )
    lines = [
        "",
        "My Way is running.",
        "",
        f"Chat:      {chat}/i/{invite}",
        "           (an invite for one person of 16 or over; another one: ./myway invite new)",
        f"Desk:      {sign_in}",
        f"Telegram:  {_telegram_line(settings, telegram)}",
        f"Store:     {make_url(settings.store_url).render_as_string(hide_password=True)}",
        f"Logs:      {logs}",
        "Stop:      Ctrl-C",
        "",
    ]
    return "\n".join(lines)


def _telegram_line(settings: HouseSettings, telegram: Telegram) -> str:
    if not telegram.is_on:
        return "off (set TELEGRAM_BOT_TOKEN to switch it on)"
    way = "by webhook" if settings.telegram_by_webhook else "by long polling"
    name = f" as @{telegram.name}" if telegram.name else ""
    trouble = f", but Telegram {telegram.trouble}" if telegram.trouble else ""
    return f"on{name}, {way}{trouble}"
