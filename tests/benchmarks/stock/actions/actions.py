"""The stock bot's one action: the full form comes in, its two statements are kept, and read back.

It keeps them as durably as ours: committed, in SQLite with write-ahead log and synchronous=FULL.
"""

import os
import sqlite3
from datetime import UTC, datetime
from functools import cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

TABLE = """
create table if not exists statement (
    id integer primary key autoincrement,
    person_id varchar(64) not null,
    action varchar(64) not null,
    target varchar(64) not null,
    kind varchar(16) not null,
    words text not null,
    how varchar(16) not null,
    said_by varchar(16) not null,
    said_at datetime not null
)
"""


@cache
def database() -> sqlite3.Connection:
    """One connection, kept open."""
    kept = sqlite3.connect(os.environ["STOCK_DATABASE"])
    kept.execute("pragma journal_mode=WAL")
    kept.execute("pragma synchronous=FULL")
    kept.execute(TABLE)
    return kept


class KeepHope(Action):
    """The form's submit action."""

    def name(self) -> str:
        return "action_keep_hope"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        hope, help_ = tracker.get_slot("hope"), tracker.get_slot("help")
        with database() as kept:
            kept.executemany(
                "insert into statement"
                " (person_id, action, target, kind, words, how, said_by, said_at)"
                " values (?, ?, ?, 'said', ?, 'typed', 'person', ?)",
                [
                    (tracker.sender_id, self.name(), target, words, datetime.now(UTC).isoformat())
                    for target, words in (("hope", hope), ("help", help_))
                ],
            )
        dispatcher.utter_message(text=f"You said: {hope}. What helps: {help_}. Is that right?")
        return [SlotSet("hope", None), SlotSet("help", None), SlotSet("asked", "read_back")]
