"""Easy read, checked by machine: one message, one button, one turn, one set of choices.

Comes in: the lists of `data/easy_read` and what somebody is about to say. Goes out: what breaks a
rule, with the piece and what to say instead. Pure: no database, no network, nothing else of ours
but the reader of data files.
"""

from plan_store.plain_words.checking import (
    check_choices,
    check_label,
    check_message,
    check_turn,
)
from plan_store.plain_words.explaining import Explained, explain, explanations
from plan_store.plain_words.finding import Finding, breaches
from plan_store.plain_words.reading_the_lists import Lists, read_lists

__all__ = [
    "Explained",
    "Finding",
    "Lists",
    "breaches",
    "check_choices",
    "check_label",
    "check_message",
    "check_turn",
    "explain",
    "explanations",
    "read_lists",
]
