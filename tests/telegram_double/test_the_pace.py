"""How fast a bot may send, counted on a clock of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .pace import Pace, PaceKeeper
from .refusals import Refused

if TYPE_CHECKING:
    from . import Phone, TelegramDouble
    from .talking_to_it import Line


def test_pace_is_one_a_second_a_chat_and_thirty_a_bot() -> None:
    clock = [0.0]
    keeper = PaceKeeper(Pace(), lambda: clock[0])
    for _ in range(5):
        keeper.count(1)
    with pytest.raises(Refused, match="429") as told:
        keeper.count(1)
    assert told.value.as_json()["parameters"] == {"retry_after": 1}
    clock[0] = 1.0
    keeper.count(1)
    clock[0] = 3.0
    for chat in range(100, 130):
        keeper.count(chat)
    with pytest.raises(Refused, match="Too Many Requests: retry after 1"):
        keeper.count(200)


def test_pace_is_kept_over_http(line: Line, ash: Phone, double: TelegramDouble) -> None:
    ash.starts()
    double.keeps_pace(Pace(a_chat=0.01, a_chat_burst=2))
    line.gets("sendMessage", chat_id=1, text="one")
    line.gets("sendMessage", chat_id=1, text="two")
    answer = line.asks("sendMessage", chat_id=1, text="three")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 100})
    assert len(ash.heard) == 2
