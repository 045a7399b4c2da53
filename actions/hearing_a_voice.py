"""A voice message was written down: "I heard … Is that right?"

Comes in: the transcript, as a message of its own. Goes out: the question, beside the way; the voice
itself stays what was said. "Help", "skip" or "stop", spoken, is that, and no answer.
"""

from collections.abc import Mapping
from dataclasses import replace

from actions.asking import ask, ask_present, expects
from actions.choosing_who_sees import WhoSees
from actions.finding_the_way import GoBack, Help, SayAgain, SaySimpler, Stop
from actions.hearing import Hand, Hearing
from actions.leaving_empty import LeaveEmpty
from actions.showing_the_plan import ShowPlan
from actions.talking import AskPerson
from plan_store.keeping_words import LEFT_EMPTY, hopes_with, link, statements_of_message
from plan_store.moving_on import move, park, said_since
from plan_store.tables import Statement

# What else may be spoken where an answer was asked for, and which hand does it.
SPOKEN: Mapping[str, type[Hand]] = {
    "help": Help,
    "again": SayAgain,
    "simpler": SaySimpler,
    "back": GoBack,
    "stop": Stop,
    "ask_person": AskPerson,
    "who_sees": WhoSees,
    "show_plan": ShowPlan,
    **dict.fromkeys(LEFT_EMPTY, LeaveEmpty),
}


class Heard(Hand):
    """What the computer heard in a voice message."""

    called = "action_heard"

    def act(self, hearing: Hearing) -> None:
        """Ask whether it is right; with nothing heard, the voice stands alone."""
        if not hearing.message.words.strip() or "voice" not in hearing.message.details:
            ask_present(hearing)
            return
        control = hearing.choice
        if control is not None and control in SPOKEN:
            self._do(hearing, control)
            return
        park(hearing.place, hearing.message.id)
        ask(hearing, "ask_heard")

    def _do(self, hearing: Hearing, control: str) -> None:
        """The voice is no answer any more; what it says is done at the question it was said to."""
        hearing.says("heard_words", words={"message": hearing.message.id})
        voice_id = int(hearing.message.details["voice"])
        voices = statements_of_message(hearing.session, voice_id)
        since = said_since(hearing.session, hearing.person.id, voice_id)
        open_again = not since and any(_back_to(hearing, voice) for voice in voices)
        leaves_it = control in LEFT_EMPTY
        if not (leaves_it and open_again):
            for voice in voices:
                self._was_no_answer(hearing, voice, control if leaves_it else "not_now")
        if leaves_it and not open_again:
            # They are at another question by now, and it was not said to that one.
            hearing.says(f"left_{control}")
            ask_present(hearing)
            return
        hearing.understood = replace(hearing.understood, intent=control, pieces=())
        SPOKEN[control](self.store, self.chapters, self.lists).act(hearing)

    def _was_no_answer(self, hearing: Hearing, voice: Statement, kind: str) -> None:
        newer = hearing.keep_words(
            self.called, voice.target, kind=kind, replaces=voice, helped=voice.helped
        )
        for aspiration, part in hopes_with(hearing.session, voice):
            link(hearing.session, aspiration, newer, part)


def _back_to(hearing: Hearing, voice: Statement) -> bool:
    """The question that the voice was taken to answer is open again; False where it was none."""
    found = hearing.chapters.with_question(voice.target)
    if found is None or found[0].chapter != hearing.place.chapter or hearing.place.comes_back_to:
        return False
    items = [aspiration.id for aspiration, _ in hopes_with(hearing.session, voice)]
    hearing.place.aspiration_id = items[0] if items else hearing.place.aspiration_id
    move(hearing.place, expects(voice.target), voice.target)
    return True
