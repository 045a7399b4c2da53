"""The controls that work everywhere: help, again, simpler, back, stop, and a way out of a miss."""

from actions.after_a_miss import OTHER_WORDS, ask_in_other_words, one_too_many
from actions.asking import AGAIN, CONSENT, answers_ready, ask, ask_present
from actions.getting_ready import SETTINGS
from actions.hearing import Hand, Hearing
from actions.keeping_answers import keep_answer
from actions.opening_chapters import ask_next, come_back
from actions.reading_back import take_as_new_words
from actions.ticking_steps import ask_what_was_ticked
from plan_store.chapters import Chapter
from plan_store.moving_on import move
from plan_store.tables import Incoming

# What the chat may have to ask "Do you mean …?" about, each with a button of its own.
CAN_BE_MEANT = frozenset(
    {
        *("help", "again", "simpler", "back", "stop", "change", "skip", "dont_know", "not_now"),
        *("private", "ask_person", "who_sees", "show_plan", "send_plan", "delete_this"),
        *("chapters", "affirm", "deny", "listen", "slower", "no_pictures", "other_door"),
    }
)
MOST_MEANT = 2
NOT_MY_ANSWER = "not_my_answer"
A_FEW_WORDS = 3


class Help(Hand):
    """Help: what the chat can do, then the question that was open."""

    called = "action_help"

    def act(self, hearing: Hearing) -> None:
        """Say what works, and come back to the question."""
        hearing.says("help")
        ask_present(hearing)


class SayAgain(Hand):
    """Say it again."""

    called = "action_say_again"

    def act(self, hearing: Hearing) -> None:
        """Ask the present question again.

        Where "It is not my answer" was tapped, what was asked about is over: its buttons are old
        ones from now on, so that a later "yes" does not keep the words after all.
        """
        if hearing.choice == NOT_MY_ANSWER:
            move(hearing.place, hearing.place.expecting, hearing.place.question)
        ask_present(hearing)


class SaySimpler(Hand):
    """Say it simpler."""

    called = "action_say_simpler"

    def act(self, hearing: Hearing) -> None:
        """Ask in simpler words; asked again, in yet other ones."""
        wording = OTHER_WORDS[hearing.place.misses % len(OTHER_WORDS)]
        ask_present(hearing, wording)
        hearing.place.misses += 1


class MoreAnswers(Hand):
    """Show the next answers of a long list."""

    called = "action_more_answers"

    def act(self, hearing: Hearing) -> None:
        """The same question, its answers from where they were cut; after the last, the first."""
        start = hearing.choice or ""
        ask_present(hearing, start=int(start) if start.isdecimal() else 0)


class GoBack(Hand):
    """Back to the question before; at the first one it is asked again."""

    called = "action_go_back"

    def act(self, hearing: Hearing) -> None:
        """What was answered stays in the history."""
        if ask_what_was_ticked(hearing):
            return
        before = self._before(hearing)
        if before is not None:
            hearing.says("we_go_back")
            ask(hearing, before)
        elif hearing.place.comes_back_to is not None:
            hearing.says("we_go_back")
            come_back(hearing)
        else:
            if hearing.place.question is not None:
                hearing.says("this_is_the_first")
            ask_present(hearing)

    def _before(self, hearing: Hearing) -> str | None:  # noqa: PLR0911  (one for each place)
        """The question before the present one, where there is one."""
        chapter, present = hearing.chapter, hearing.place.question
        if present is None or hearing.place.comes_back_to is not None:
            return None
        if present == "ask_ready":
            return "ask_name"
        if present in SETTINGS:
            return ("ask_ready", *SETTINGS)[SETTINGS.index(present)]
        if chapter is None:
            return None
        if hearing.place.expecting == "sorting":
            return self._picture_before(chapter, present)
        if chapter.question(present):
            before = chapter.before(present)
            return before.question if before else None
        if present.startswith(CONSENT):
            return "ask_sharing"
        if present.startswith((AGAIN, "ask_which", "ask_sharing")):
            return "read_back_pictures" if self._pictures(hearing) else "read_back"
        if present.startswith("read_back") and not self._pictures(hearing):
            return chapter.questions[-1].question if not chapter.is_profile else None
        return None

    def _picture_before(self, chapter: Chapter, present: str) -> str | None:
        cards = [card.card for card in (chapter.sorting.cards if chapter.sorting else ())]
        at = cards.index(card) if (card := present.partition(".")[2]) in cards else 0
        return f"{chapter.chapter}.{cards[at - 1]}" if at else None

    def _pictures(self, hearing: Hearing) -> bool:
        return hearing.aspiration is not None and hearing.aspiration.kind == "sorted"


class Stop(Hand):
    """Stop. The question stays where it is, for another day."""

    called = "action_stop"

    def act(self, hearing: Hearing) -> None:
        """Say that everything is kept, and ask nothing."""
        hearing.says("stopped")


class DidNotCatch(Hand):
    """A miss: other words first, then a person. Never "wrong", never from the start."""

    called = "action_did_not_catch"

    def act(self, hearing: Hearing) -> None:
        """Ask what was meant where it can be told; then other words; the third time, a person."""
        if one_too_many(hearing):
            return
        meant = [i for i in hearing.understood.might_be if i in CAN_BE_MEANT][:MOST_MEANT]
        if meant and hearing.place.misses == 1 and hearing.message.kind == "text":
            reply = hearing.says("did_you_mean")
            reply["buttons"] = [*(f"meant_{intent}" for intent in meant), "meant_none"]
            return
        hearing.says("did_not_catch")
        ask_in_other_words(hearing)


class OutOfScope(Hand):
    """Something this chat is not for: the weather, a sum, a song."""

    called = "action_out_of_scope"

    def act(self, hearing: Hearing) -> None:
        """Say so honestly, and ask again; where it was the answer after all, one tap keeps it.

        A word or three at an open question are an answer: "halal food", "TikTok".
        """
        few = len(hearing.message.words.split()) <= A_FEW_WORDS
        if hearing.place.expecting == "words" and few:
            keep_answer(hearing, self.called)
            hearing.says("kept_words")
            ask_next(hearing)
            return
        if hearing.place.expecting == "read_back" and few:
            take_as_new_words(hearing)
            return
        hearing.says("out_of_scope")
        ask_present(hearing)
        if hearing.place.expecting == "words":
            keeps = f"keep_that:{hearing.message.id}"
            # With "I don't know" beside them they are three.
            hearing.replies[-1]["buttons"] = [keeps, *answers_ready(hearing)[:1]]


class KeepThat(Hand):
    """What was taken for something else was the answer."""

    called = "action_keep_that"

    def act(self, hearing: Hearing) -> None:
        """Keep the words of that message as the answer to the question, and go on."""
        meant = hearing.choice or ""
        message = hearing.session.get(Incoming, int(meant)) if meant.isdecimal() else None
        if (
            message is None
            or message.person_id != hearing.person.id
            or hearing.place.expecting != "words"
        ):
            ask_present(hearing)
            return
        keep_answer(hearing, self.called, message=message)
        hearing.says("kept_words")
        ask_next(hearing)


class AlreadyDone(Hand):
    """A button of an older question was tapped."""

    called = "action_already_done"

    def act(self, hearing: Hearing) -> None:
        """Say so kindly, and ask the present question."""
        hearing.says("already_did_that")
        ask_present(hearing)
