"""Is that your answer? Where short words at an open question may be the answer or a control.

Comes in: "quiet", "after college", "more". Goes out: what fits the question is kept; about the rest
one question is asked, with a button for each meaning. Nothing that was said is lost.
"""

from sqlalchemy import select

from actions.asking import ask_present, part_asked
from actions.hearing import Hand, Hearing
from actions.keeping_answers import keep_answer
from actions.opening_chapters import ask_next
from plan_store.tables import Incoming, Turn

# The button for each control that it may be; small talk has none, it does nothing.
MEANT = {
    **{
        intent: f"meant_{intent}"
        for intent in (
            *("help", "again", "simpler", "back", "stop", "change", "skip", "dont_know", "not_now"),
            *("private", "ask_person", "who_sees", "show_plan", "send_plan", "delete_this"),
            *("chapters", "listen", "slower", "faster", "pictures", "no_pictures", "no_reading"),
            *("fewer_choices", "more_choices", "on_my_own", "with_somebody", "other_door"),
        )
    },
    "dont_mind": "meant_dont_know",
    "talk_about": "meant_chapters",
    "read_to_me": "meant_listen",
    "hard": "meant_simpler",
    "bored": "meant_skip",
    "goodbye": "meant_stop",
}
# What is surely an answer to which part of a hope: a kind of thing, or a piece of its words.
FITS = {
    "when": {"time", "when"},
    "with_whom": {"person", "with_whom"},
    "help": {"person", "with_whom", "help"},
}
WHO_IS_THERE = {"with_somebody", "on_my_own"}


class AskIfAnswer(Hand):
    """Ask which it is, once."""

    called = "action_ask_if_answer"

    def act(self, hearing: Hearing) -> None:
        """Keep what fits the question, or is said again; else ask."""
        if hearing.place.expecting != "words":
            ask_present(hearing)
            return
        if _fits(hearing) or _was_just_asked(hearing):
            keep_answer(hearing, self.called)
            hearing.says("kept_words")
            ask_next(hearing)
            return
        control = next((i for i in hearing.understood.might_be if i != "tell"), "")
        reply = hearing.says("is_it_your_answer", words={"message": hearing.message.id})
        meant = [MEANT[control]] if control in MEANT else []
        reply["buttons"] = [f"keep_that:{hearing.message.id}", *meant, "not_my_answer"]


def _fits(hearing: Hearing) -> bool:
    """Whether a time was asked for and one was said, or a person and one was said."""
    part = part_asked(hearing) or ""
    if part in {"with_whom", "help"} and WHO_IS_THERE & set(hearing.understood.might_be[:1]):
        return True
    wanted = FITS.get(part, set())
    said = {piece.entity for piece in hearing.understood.pieces}
    return bool(wanted & (said | set(hearing.understood.all("kind"))))


def _was_just_asked(hearing: Hearing) -> bool:
    """Whether the same words were asked about a moment ago: said once more, they are the answer."""
    message = hearing.message
    before = hearing.session.execute(
        select(Turn, Incoming)
        .join(Incoming, Incoming.id == Turn.incoming_id)
        .where(Incoming.person_id == message.person_id, Incoming.id < message.id)
        .order_by(Incoming.id.desc())
        .limit(1)
    ).one_or_none()
    if before is None or before.Turn.action != AskIfAnswer.called:
        return False
    asked = any(reply["key"] == "is_it_your_answer" for reply in before.Turn.replies)
    return asked and before.Incoming.words.casefold() == message.words.casefold()
