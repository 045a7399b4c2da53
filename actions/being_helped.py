"""Is somebody with you? With a helper there, private questions wait for a time alone.

Comes in: who is there, said or tapped at any time. Goes out: answers are marked as helped, and what
waited is asked when the person is on their own.
"""

import re
from dataclasses import replace

from actions.asking import WHICH, ask_present, part_asked
from actions.confirming import Confirm
from actions.deciding_together import decide
from actions.getting_ready import next_setting
from actions.hearing import Hand, Hearing
from actions.keeping_answers import keep_answer
from actions.opening_chapters import ask_next, ask_what_waited, end_of_questions
from actions.reading_back import take_as_new_words
from plan_store.causes import note
from plan_store.going_through_chapters import let_wait
from plan_store.putting_to_the_person import COME
from plan_store.tables import now

ASKS_WHICH = ("ask_which_part", "ask_which_picture", WHICH)
ASKS_FOR_WORDS = ("ask_heard", "ask_photo_words")
# Answers to these are about other people too: "with my friend", "somebody who sits with me".
ABOUT_OTHERS = ("with_whom", "help")
# Asked beside the way, this is about other people too; nothing else that is asked there is.
WHO_COMES = f"{COME}who:"
# Said of now, and not of a wish; the listener knows the same words, and those of what is to come.
HERE_NOW = re.compile(
    r"\b(here|heres|hear|now|gone|left|went|sat|came|next to me|(has|have) come"
    r"|(is|are|am|im) with)\b|[’'](s|m|re|ve) (with|come)\b",
    re.IGNORECASE,
)
HERE = {"with_somebody": True, "affirm": True, "on_my_own": False, "deny": False}


class WhoIsHere(Hand):
    """Somebody is with me; I am on my own; later, on my own."""

    called = "action_who_is_here"

    def act(self, hearing: Hearing) -> None:
        """Note who is there and go on; alone again, what waited is asked."""
        answer = hearing.choice or hearing.intent
        if answer == "later_alone":
            self._later(hearing)
            return
        here = HERE.get(answer)
        if here is None:
            ask_present(hearing)
            return
        if not hearing.choice and (hearing.place.question or "").startswith(ASKS_WHICH):
            # "My sister and my mum", said anew: these are the new words.
            take_as_new_words(hearing)
            return
        if self._answers_beside_the_way(hearing):
            return
        if self._is_the_answer(hearing):
            keep_answer(hearing, self.called)
            hearing.says("kept_words")
            ask_next(hearing)
            return
        hearing.place.with_somebody, hearing.place.with_somebody_at = here, now()
        what = "with_somebody" if here else "on_my_own"
        note(hearing.session, hearing.cause, what, "person", hearing.person.id)
        hearing.says("somebody_is_here" if here else "on_your_own")
        if hearing.place.expecting == "with_somebody":
            next_setting(hearing)
        elif here and self._is_private(hearing):
            self._lets_wait(hearing)
        elif here or not ask_what_waited(hearing):
            ask_present(hearing)

    def _answers_beside_the_way(self, hearing: Hearing) -> bool:
        """ "With my mum", where it is asked who comes along, or what was said; else False."""
        if hearing.choice or HERE_NOW.search(hearing.message.words):
            return False
        if (hearing.place.question or "").startswith(WHO_COMES):
            hearing.understood = replace(hearing.understood, intent="tell", pieces=())
            decide(hearing)
            return True
        if hearing.place.question in ASKS_FOR_WORDS:
            Confirm(self.store, self.chapters, self.lists).act(hearing)
            return True
        return False

    def _is_the_answer(self, hearing: Hearing) -> bool:
        """Asked "alone, or with somebody?", "with my friend" says nothing about who is here now."""
        if hearing.choice or part_asked(hearing) not in ABOUT_OTHERS:
            return False
        return HERE_NOW.search(hearing.message.words) is None

    def _is_private(self, hearing: Hearing) -> bool:
        chapter = hearing.chapter
        asked = chapter.question(hearing.place.question) if chapter else None
        return asked is not None and asked.private

    def _lets_wait(self, hearing: Hearing) -> None:
        question, item = hearing.place.question or "", hearing.place.aspiration_id
        let_wait(hearing.session, hearing.person.id, question, item)
        ask_next(hearing)

    def _later(self, hearing: Hearing) -> None:
        """An ordinary-looking way out: this question waits, the next one comes."""
        hearing.says("later_is_fine")
        question, chapter = hearing.place.question, hearing.chapter
        if chapter is not None and question is not None and chapter.question(question):
            self._lets_wait(hearing)
        elif hearing.place.expecting in {"read_back", "sharing", "sorting"}:
            end_of_questions(hearing, after=hearing.place.aspiration_id or 0)
        else:
            ask_present(hearing)
