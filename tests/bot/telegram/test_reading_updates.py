"""Reading an update: what must be answered is found, whatever else is in it."""

import pytest

from bot.telegram.reading_updates import read_update


def test_a_tap_that_cannot_be_read_is_answered_all_the_same() -> None:
    read = read_update({"update_id": 1, "callback_query": {"id": "77", "from": "nobody"}})
    assert (read.left, read.callback_id) == ("unreadable", "77")


@pytest.mark.parametrize("broken", ["no object", {"id": 77}, {}, None, [1]])
def test_a_tap_without_a_name_is_left(broken: object) -> None:
    read = read_update({"update_id": 1, "callback_query": broken})
    assert read.callback_id is None
    assert read.left is not None
