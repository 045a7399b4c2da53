"""A double, a phone and a real python-telegram-bot Bot for the double's own tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
import telegram
from telegram.request import HTTPXRequest

from tests.needs import need

from . import Phone, TelegramDouble
from .talking_to_it import Line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@pytest.fixture(autouse=True)
def _times_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise python-telegram-bot 22 warns, even while it reads an update."""
    need("Telegram's description")
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def double() -> Iterator[TelegramDouble]:
    with TelegramDouble(webhook_again_after=0.02) as opened:
        yield opened


@pytest.fixture
def ash(double: TelegramDouble) -> Phone:
    return double.phone(user_id=1, name="Ash")


@pytest.fixture
def line(double: TelegramDouble) -> Iterator[Line]:
    with httpx.Client(trust_env=False, timeout=10) as client:
        yield Line(double, client)


@pytest.fixture
async def bot(double: TelegramDouble) -> AsyncIterator[telegram.Bot]:
    opened = telegram.Bot(
        double.token,
        base_url=double.base_url,
        base_file_url=double.base_file_url,
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )
    async with opened:
        yield opened
