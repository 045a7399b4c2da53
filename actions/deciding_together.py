"""What somebody at the desk asks, answered: an outcome's words, did it happen, a question, a step.

Comes in: a tap, yes or no, or own words. Goes out: it is decided as they said, and the question
that was open comes back. Their own words always go to the desk as they said them.
"""

from collections.abc import Callable
from dataclasses import replace

from actions.asking import ask, ask_present, expects
from actions.coming_to_a_meeting import answer_come
from actions.hearing import Hand, Hearing
from actions.leaving_what_is_asked import NOT_NOW, how_left
from actions.making_a_pack import answer_pack
from actions.opening_chapters import come_back
from actions.putting_a_pack import PACK
from actions.showing_options import answer_option
from actions.ticking_steps import FIRST_ASKED, answer_step, answer_tick
from plan_store.answering_a_proposal import answer_proposal, judge, leave_open
from plan_store.answering_the_desk import answered, locked_question, put_off
from plan_store.deciding import NotAllowed
from plan_store.hoping import happens
from plan_store.keeping_words import statements_of_message
from plan_store.moving_on import park
from plan_store.proposing_outcomes import PROPOSALS
from plan_store.putting_to_the_person import (
    COME,
    DECIDING,
    DESK,
    OPTION,
    OWN_WORDS,
    TICK,
    asks_now,
    begin_asking,
    is_private_now,
)
from plan_store.tables import Aspiration, DeskQuestion, Statement

YES, NO, LEAVE, WORDS, REFUSE = "yes", "no", "leave", "words", "refuse"
MEANT = {"affirm": YES, "praise": YES, "deny": NO, "maybe": NO, "change": NO}
# What was written down from a voice.
HEARD = "heard"
# Of these the facilitator goes on, where it was left open.
ABOUT_A_WORDING = (*PROPOSALS, "happened")


class Decide(Hand):
    """The answer to what the desk asks, or to whether a step is done."""

    called = "action_decide"

    def act(self, hearing: Hearing) -> None:
        """Do what follows; what was taken back meanwhile need not be answered."""
        not_asked = expects(hearing.place.question or "") != DECIDING
        if not_asked or is_private_now(hearing.session, hearing.place.question):
            ask_present(hearing)
            return
        if (hearing.place.question or "").startswith(PACK):
            # Only a yes is one: own words, spoken or not, are no answer here.
            answer_pack(hearing)
            return
        if hearing.intent == "may_be_answer" and hearing.understood.might_be[:1] == ("praise",):
            # "I love it" answers what was shown; any other short words are words of their own.
            hearing.understood = replace(hearing.understood, intent="praise")
        if hearing.message.kind == HEARD and _answer(hearing) == WORDS:
            # Words of their own go on as they were said: first they say that they were heard so.
            park(hearing.place, hearing.message.id)
            ask(hearing, "ask_heard")
            return
        decide(hearing)


def decide(hearing: Hearing) -> None:
    """What follows from the answer to what is asked now; words of their own are one too."""
    what, _, number = (hearing.place.question or "").partition(":")
    answer = _answer(hearing)
    if what == TICK[:-1]:
        answer_tick(hearing, int(number), answer)
        return
    if what == OPTION[:-1]:
        answer_option(hearing, int(number))
        return
    if what.startswith(COME):
        answer_come(hearing, what.removeprefix(COME), int(number))
        return
    question = locked_question(hearing.session, hearing.place, int(number))
    if question is None:
        come_back(hearing)
        return
    own_words = question.kind == "ask" or _wants_words(hearing)
    if hearing.intent == "out_of_scope" and not own_words:
        hearing.says("out_of_scope")
        ask_present(hearing)
        return
    if question.state != "asked" or not _follows(hearing, question, answer):
        _says(hearing, "that_changed", question)
        come_back(hearing)


def _answer(hearing: Hearing) -> str:
    """What was tapped, or what the words come to."""
    return hearing.choice or (LEAVE if how_left(hearing) else MEANT.get(hearing.intent, WORDS))


def _follows(hearing: Hearing, question: DeskQuestion, answer: str) -> bool:
    """What follows from it; False where that may not be any more."""
    try:
        if answer == LEAVE:
            _leave(hearing, question)
        else:
            FOLLOWS[question.kind](hearing, question, answer)
    except NotAllowed:
        question.state = "withdrawn"
        return False
    return True


def ask_what_the_desk_asks(hearing: Hearing) -> bool:
    """Ask what somebody at the desk wants to know, as a detour; False where nothing waits."""
    question = asks_now(hearing.session, hearing.person.id)
    if question is None:
        return False
    if question.asked_at is None:
        _says(hearing, "desk_comes_in", question)
    begin_asking(hearing.place, question)
    hearing.session.flush()
    ask_present(hearing)
    return True


def _proposal(hearing: Hearing, question: DeskQuestion, answer: str) -> None:
    """Yes, other words, I don't want this. A no asks first what it should say."""
    wants_words = _wants_words(hearing)
    if wants_words:
        answer = _in_own_words(hearing, answer)
    wording_id = question.item_id or 0
    if answer == YES:
        _decide(hearing, wording_id, "agrees")
        answered(hearing.session, hearing.cause, question, YES)
        _says(hearing, "outcome_agreed", question)
    elif answer == REFUSE:
        _decide(hearing, wording_id, "refuses")
        answered(hearing.session, hearing.cause, question, NO)
        _says(hearing, "outcome_refused", question)
    elif answer == WORDS:
        statement = _keep(hearing, question)
        _decide(hearing, wording_id, "says_otherwise", statement)
        answered(hearing.session, hearing.cause, question, WORDS, statement)
        _says(hearing, "outcome_words_kept", question)
    else:
        ask(hearing, f"{OWN_WORDS}{question.id}")
        return
    come_back(hearing)


def _leave(hearing: Hearing, question: DeskQuestion) -> None:
    """Skipped, not known, or private: kept as just that, and not asked again. Not now: another day.

    The facilitator goes on from what was left open; what is put off waits for the person.
    """
    how = how_left(hearing) or NOT_NOW
    if how == NOT_NOW:
        if question.kind in PROPOSALS:
            _decide(hearing, question.item_id or 0, "puts_off")
        put_off(hearing.session, hearing.cause, question)
        _says(hearing, "outcome_put_off", question)
    else:
        if question.kind in ABOUT_A_WORDING:
            leave_open(hearing.session, hearing.cause, question.item_id or 0)
        if question.kind == "ask":
            _answers_back(hearing, question)
        answered(hearing.session, hearing.cause, question, how)
        _says(hearing, "asked_back_empty", question)
    come_back(hearing)


def _wants_words(hearing: Hearing) -> bool:
    """Whether they were asked what it should say."""
    return (hearing.place.question or "").startswith(OWN_WORDS)


def _in_own_words(hearing: Hearing, answer: str) -> str:
    """Where it is asked what it should say, all is words but the button and a bare no."""
    if hearing.choice == REFUSE:
        return answer
    bare_no = hearing.intent == "deny" and len(hearing.message.words.split()) == 1
    return REFUSE if bare_no else WORDS


def _decide(
    hearing: Hearing, wording_id: int, answer: str, statement: Statement | None = None
) -> None:
    if not answer_proposal(hearing.session, hearing.cause, wording_id, answer, statement):
        raise NotAllowed(answer)


# What each answer to "did it happen" is: what is decided, and what the chat says.
JUDGEMENTS = {
    "happened": ("happened", "said_happened"),
    YES: ("happened", "said_happened"),
    "some": ("happened_partly", "said_happened_some"),
    "not_yet": ("did_not_happen", "said_not_happened"),
    NO: ("did_not_happen", "said_not_happened"),
}


def _happened(hearing: Hearing, question: DeskQuestion, answer: str) -> None:
    """They judge. Own words are kept for the desk, and the question stays open for a yes or no."""
    if hearing.intent == "maybe":
        answer = "some"
    if answer not in JUDGEMENTS:
        _keep(hearing, question)
        _says(hearing, "step_words_kept", question)
        ask_present(hearing, "simpler")
        return
    what, key = JUDGEMENTS[answer]
    judge(hearing.session, hearing.cause, question.item_id or 0, what)
    answered(hearing.session, hearing.cause, question, what)
    _says(hearing, key, question)
    come_back(hearing)


def _asked(hearing: Hearing, question: DeskQuestion, _answer: str) -> None:
    """A question in a facilitator's words: anything is an answer."""
    statement = _keep(hearing, question)
    answered(hearing.session, hearing.cause, question, WORDS, statement)
    _answers_back(hearing, question)
    _says(hearing, "asked_back_kept", question)
    come_back(hearing)


def _answers_back(hearing: Hearing, question: DeskQuestion) -> None:
    if question.aspiration_id is not None:
        hope = hearing.session.get_one(Aspiration, question.aspiration_id, with_for_update=True)
        happens(hearing.session, hearing.cause, hope, "answers_back")


def _step(hearing: Hearing, question: DeskQuestion, answer: str) -> None:
    if answer not in FIRST_ASKED:
        answer = WORDS
    statement = _keep(hearing, question) if answer == WORDS else None
    answered(hearing.session, hearing.cause, question, answer, statement)
    answer_step(hearing, question.item_id or 0, answer)


def _keep(hearing: Hearing, question: DeskQuestion) -> Statement:
    """What they say to it; the words of a voice stand beside the voice."""
    target = f"{DESK}{question.id}"
    voice_id = (hearing.spoken.details if hearing.spoken else {}).get("voice")
    voices = statements_of_message(hearing.session, int(voice_id)) if voice_id else []
    before = next((voice for voice in voices if voice.target == target), None)
    return hearing.keep_words(Decide.called, target, replaces=before)


def _says(hearing: Hearing, key: str, question: DeskQuestion) -> None:
    hearing.says(key, facilitator={"facilitator": question.facilitator_id})


# To ask something of another kind: its line here, and in plan_store/putting_to_the_person.py.
FOLLOWS: dict[str, Callable[[Hearing, DeskQuestion, str], None]] = {
    "outcome": _proposal,
    "reworded": _proposal,
    "happened": _happened,
    "step": _step,
    "ask": _asked,
}
