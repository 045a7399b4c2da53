"""Keeping an answer: in words, by voice, as a picture, or left empty on purpose."""

from actions.asking import ask_next, ask_present, part_asked
from actions.hearing import Hand, Hearing
from plan_store.hoping import happens
from plan_store.keeping_words import (
    LEFT_EMPTY,
    hopes_with,
    keep_statement,
    link,
    newest_part,
    statements_of_message,
)
from plan_store.moving_on import move
from plan_store.tables import Statement


def keep_answer(hearing: Hearing, action: str, kind: str = "said") -> Statement:
    """Keep this message as the answer to the present question, and tie it to the hope."""
    part = part_asked(hearing)
    aspiration = hearing.aspiration
    older = newest_part(hearing.session, aspiration.id, part) if aspiration and part else None
    statement = keep_statement(
        hearing.session,
        hearing.cause,
        hearing.message,
        action,
        hearing.place.question or "anything",
        hearing.message.words,
        kind,
        replaces=older,
    )
    if aspiration is not None and part is not None:
        link(hearing.session, aspiration, statement, part)
        if older is not None:
            happens(hearing.session, hearing.cause, aspiration, "changes")
    hearing.keeps(statement)
    return statement


class KeepWords(Hand):
    """An answer in the person's own words, typed, tapped or dictated."""

    called = "action_keep_words"

    def opens(self, hearing: Hearing) -> None:
        """What is told before anything was asked is kept too."""
        keep_answer(hearing, self.called)
        Hand.opens(self, hearing)

    def act(self, hearing: Hearing) -> None:
        """Keep the words and go on; said with no question open, they are kept for the person."""
        asked = hearing.place.question
        keep_answer(hearing, self.called)
        if asked is None:
            hearing.says("kept_more")
            ask_present(hearing)
        else:
            hearing.says("kept_words")
            ask_next(hearing)


class KeepRecording(Hand):
    """A voice or a picture, kept as their own; they are told what the chat can do with it."""

    called = "action_keep_recording"

    def opens(self, hearing: Hearing) -> None:
        """What is sent before anything was asked is kept too."""
        keep_answer(hearing, self.called)
        Hand.opens(self, hearing)

    def act(self, hearing: Hearing) -> None:
        """At an open question it is the answer; elsewhere it is kept, and the question stays."""
        hearing.says("kept_voice" if hearing.message.kind == "voice" else "kept_photo")
        open_question = hearing.place.expecting == "words"
        if open_question:
            keep_answer(hearing, self.called)
            ask_next(hearing)
        else:
            hearing.keeps(
                keep_statement(
                    hearing.session,
                    hearing.cause,
                    hearing.message,
                    self.called,
                    "anything",
                    hearing.message.words,
                )
            )
            ask_present(hearing)


class LeaveEmpty(Hand):
    """Skip, I don't know, not now, private: real answers, kept as such."""

    called = "action_leave_empty"

    def act(self, hearing: Hearing) -> None:
        """Keep that it was left empty, and go on; never say "left out" and ask the same again."""
        kind = hearing.intent if hearing.intent in LEFT_EMPTY else "skip"
        match hearing.place.expecting:
            case "words":
                hearing.says(f"left_{kind}")
                keep_answer(hearing, self.called, kind)
                ask_next(hearing)
            case "name":
                hearing.says("name_is_needed")
                ask_present(hearing)
            case "ready":
                hearing.says("not_ready")
                ask_present(hearing)
            case "sharing":
                # Nothing more is shown to anybody; "Who sees this?" opens it again.
                move(hearing.place, "nothing", None)
                hearing.says(f"left_{kind}")
                ask_present(hearing)
            case "read_back":
                hearing.says("left_for_later")
            case _:
                hearing.says(f"left_{kind}")
                ask_present(hearing)


class TakeEdit(Hand):
    """The person changed a message on their phone: the new words stand beside the old ones."""

    called = "action_take_edit"

    def act(self, hearing: Hearing) -> None:
        """Every statement of the older message gets a newer one; nothing is overwritten."""
        older_id = hearing.message.details.get("edits")
        for older in statements_of_message(hearing.session, older_id) if older_id else []:
            newer = keep_statement(
                hearing.session,
                hearing.cause,
                hearing.message,
                self.called,
                older.target,
                hearing.message.words,
                replaces=older,
            )
            hearing.keeps(newer)
            if older.target == "name":
                hearing.person.called = " ".join(newer.words.split())[:200] or None
            for aspiration, part in hopes_with(hearing.session, older):
                link(hearing.session, aspiration, newer, part)
                happens(hearing.session, hearing.cause, aspiration, "edits")
        hearing.says("saw_your_edit")
        ask_present(hearing)
