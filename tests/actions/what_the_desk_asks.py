"""Everything that the desk can ask about one hope, open at once: hands must answer it all."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from actions.asking import expects
from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.putting_to_the_person import DESK, KINDS, OWN_WORDS, TICK
from plan_store.sharing import share
from plan_store.tables import Aspiration, DeskQuestion, Incoming, Outcome, OutcomeWording, Step
from plan_store.the_time_here import today


def asks_everything(session: Session, hope_id: int) -> list[tuple[str, str]]:
    """Each question, and what it expects."""
    person_id = session.get_one(Aspiration, hope_id).person_id
    ann = make_account(session, new_desk_key(session), "Ann", "ann@example.org", "-").id
    outcome = Outcome(person_id=person_id, aspiration_id=hope_id)
    session.add(outcome)
    session.flush()
    about = {"person_id": person_id, "outcome_id": outcome.id}
    wording = OutcomeWording(
        **about, number=1, click="w", facilitator_id=ann, words="I help the dogs."
    )
    step = Step(**about, click="s", made_by=ann, words="Ring them.", who="person", by_day=today())
    session.add_all([wording, step])
    session.flush()
    items = {"step": step.id, "ask": None}
    for kind in KINDS:
        question = DeskQuestion(
            person_id=person_id,
            kind=kind,
            item_id=items.get(kind, wording.id),
            aspiration_id=hope_id,
            click=kind,
            facilitator_id=ann,
            words="Which dogs?",
            state="asked",
        )
        session.add(question)
    session.flush()
    asked = list(session.scalars(select(DeskQuestion.id)))
    found = [f"{DESK}{each}" for each in asked]
    found += [f"{OWN_WORDS}{asked[0]}", f"{TICK}{step.id}"]
    return [(question, expects(question)) for question in found]


def opens_them_again(session: Session, hope_id: int) -> None:
    """As if nobody had answered, of a hope that facilitators may see."""
    share(session, _any_message(session), session.get_one(Aspiration, hope_id), "facilitator")
    session.execute(update(DeskQuestion).values(state="asked", not_before=None))


def _any_message(session: Session) -> Cause:
    message = session.scalars(select(Incoming).order_by(Incoming.id).limit(1)).one()
    return Cause.message(message.person_id, message.id)
