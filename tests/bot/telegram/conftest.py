"""Telegram's double for the door's tests."""

from collections.abc import Iterator

import pytest

from tests.needs import need
from tests.telegram_double import TelegramDouble


@pytest.fixture(autouse=True)
def _times_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot sets it when it is built; set here, so that it does not outlive the test."""
    need("Telegram's description")
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def double() -> Iterator[TelegramDouble]:
    with TelegramDouble(webhook_again_after=0.05) as opened:
        yield opened
