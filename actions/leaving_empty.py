"""Skip, I don't know, not now, private: real answers to any question, kept as such.

Comes in: one of the four. Goes out: it is kept, and the conversation goes on; the same is never
asked again at once.
"""

from actions.asking import CONSENT, ask_present, rest
from actions.asking_about_family import hear_about_family
from actions.choosing_who_sees import say_who_sees
from actions.getting_ready import next_setting
from actions.hearing import Hand, Hearing
from actions.keeping_answers import keep_answer
from actions.opening_chapters import ask_next, ask_next_picture, come_back, end_of_questions
from actions.sharing_with_consent import leave_consent
from actions.sorting_pictures import being_sorted
from plan_store.becoming_sixteen import FAMILY_STILL, NOT
from plan_store.keeping_words import LEFT_EMPTY, link
from plan_store.life_areas import CARD

# These cannot be left out; they say why that is fine.
NEEDED = {"name": "name_is_needed", "ready": "not_ready"}


class LeaveEmpty(Hand):
    """Skip, I don't know, not now, private."""

    called = "action_leave_empty"

    def act(self, hearing: Hearing) -> None:  # noqa: C901, PLR0912  (one for each kind of question)
        """Keep that it was left empty, and go on."""
        # Where words are asked for, having no wish either way is kept as not knowing one.
        intent = "dont_know" if hearing.intent == "dont_mind" else hearing.intent
        kind = intent if intent in LEFT_EMPTY else "skip"
        match hearing.place.expecting:
            case "words":
                hearing.says(f"left_{kind}")
                keep_answer(hearing, self.called, kind)
                ask_next(hearing)
            case "name" | "ready":
                hearing.says(NEEDED[hearing.place.expecting])
                ask_present(hearing)
            case "settings" | "with_somebody":
                hearing.says(f"left_{kind}")
                next_setting(hearing)
            case "sorting":
                hearing.says(f"left_{kind}")
                self._leave_the_picture(hearing, kind)
            case "read_back":
                hearing.says("left_for_later")
                end_of_questions(hearing, after=hearing.place.aspiration_id or 0)
            case "sharing":
                # Nothing more is shown to anybody; "Who sees this?" opens it again.
                hearing.says(f"left_{kind}")
                end_of_questions(hearing)
            case "chapter":
                hearing.says(f"left_{kind}")
                rest(hearing)
            case "confirm" if (hearing.place.question or "").startswith(CONSENT):
                leave_consent(hearing)
            case "confirm" if hearing.place.question == "talk_or_sort":
                # The chapter stays empty, on purpose; it can be opened again any day.
                hearing.says(f"left_{kind}")
                end_of_questions(hearing)
            case "confirm" if hearing.place.question == FAMILY_STILL and kind == "private":
                # Private, of what family sees: then family does not see it.
                hear_about_family(hearing, NOT)
            case "check" | "confirm":
                hearing.says(f"left_{kind}")
                come_back(hearing)
            case "nothing" if kind == "private":
                # Said when nothing is asked, it is about what others see already.
                say_who_sees(hearing)
            case _:
                hearing.says(f"left_{kind}")
                ask_present(hearing)

    def _leave_the_picture(self, hearing: Hearing, kind: str) -> None:
        """One picture is left out; "not now" leaves all that are to come."""
        question, chapter = hearing.place.question or "", hearing.chapter
        statement = hearing.keep_words(self.called, question, kind=kind)
        if kind in {"skip", "dont_know"} and chapter is not None:
            sorted_ = being_sorted(hearing, chapter)
            link(hearing.session, sorted_, statement, CARD + question.partition(".")[2])
            if ask_next_picture(hearing):
                return
        end_of_questions(hearing)
