"""Telling the stories of invented people to a store, by its own functions, as people would.

Comes in: a fresh store and the stories. Goes out: young people as if they had come over the last
months.
"""

import secrets
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from plan_store.alerting import Noticed, raise_alert
from plan_store.answering_a_proposal import answer_proposal, judge
from plan_store.budgeting import set_budget
from plan_store.calling import call_for_a_person
from plan_store.causes import Cause
from plan_store.forgetting import rows_of_a_person
from plan_store.hoping import agree, begin_item, happens
from plan_store.inviting import welcome
from plan_store.keeping_words import keep_statement, link
from plan_store.noting_for_staff import write_note
from plan_store.opening import Store
from plan_store.promising import promise
from plan_store.proposing_outcomes import propose, say_it_is_done
from plan_store.reaching_people import give_person
from plan_store.sharing import share
from plan_store.tables import Aspiration, Contact, Incoming, Person, Place, Table
from plan_store.taking_in import keep
from plan_store.taking_steps import Owner, deal_with_step, write_step
from plan_store.the_time_here import today
from review.demonstrating.finding_and_meeting import fill_the_catalogue, find_an_option, meet
from review.demonstrating.reading_stories import Event, InventedPerson, Stories

DOOR = "terminal"


def tell_all(store: Store, stories: Stories, facilitators: dict[str, int]) -> int:
    """Every story; how many people there are then."""
    fill_the_catalogue(store)
    for number, person in enumerate(stories.people, start=1):
        works_with = facilitators["ann" if person.mine else "bob"]
        _Story(store, person, number, works_with).tell()
    return len(stories.people)


class _Story:
    """One person's."""

    def __init__(
        self, store: Store, invented: InventedPerson, number: int, facilitator_id: int
    ) -> None:
        self._store = store
        self._invented = invented
        self._facilitator = facilitator_id
        self._hope = self._wording = self._outcome = 0
        with store.writing() as session:
            contact = welcome(session, DOOR, f"invented-{number}")
            person = session.get_one(Person, contact.person_id)
            self._id = person.id
            person.called = invented.called
            likes = set(invented.likes)
            person.listens, person.slow = "listens" in likes, "slow" in likes
            person.fewer, person.pictures = "fewer" in likes, "no_pictures" not in likes
            give_person(session, self._click(), facilitator_id)

    def tell(self) -> None:
        """From its beginning to today."""
        for event in self._invented.story:
            with self._store.writing() as session:
                self._happens(session, event)

    def _happens(self, session: Session, event: Event) -> None:  # noqa: C901
        if event.days is not None:
            _let_days_pass(session, self._id, event.days)
        elif event.entry is not None and event.area is not None:
            self._says_a_part_of(session, event, event.area, "entry", event.entry)
        elif event.hope is not None:
            self._says_a_part_of(session, event, event.hope, "hope", f"{event.hope}_hope")
        elif event.outcome is not None:
            self._decides(session, event)
        elif event.step is not None:
            self._takes_a_step(session, event)
        elif event.promise is not None:
            promise(session, self._click(), event.promise, _in_days(event.in_days))
        elif event.note is not None:
            write_note(session, self._click(), event.note)
        elif event.call is not None:
            message = self._message(session, event.call)
            call_for_a_person(session, Cause.message(self._id, message.id))
        elif event.alert is not None:
            message = self._message(session, event.alert)
            raise_alert(session, message, Noticed(event.kind, "a phrase"))
        elif event.option is not None:
            message = self._message(session, event.thinks or "", "tapped", "tap")
            find_an_option(session, self._click, message, self._hope, event)
        elif event.meeting is not None:
            meet(session, self._click, self._message, event)
        elif event.budget is not None:
            set_budget(
                session, self._click(), 0, weekly=event.budget, yearly=0, once=0, direct_payment=0
            )

    def _says_a_part_of(
        self,
        session: Session,
        event: Event,
        area: str,
        kind: Literal["hope", "entry"],
        question: str,
    ) -> None:
        """A hope with its parts, or an entry: said, agreed to, and shared."""
        message = self._message(session, event.words, event.how)
        cause = Cause.message(self._id, message.id)
        item = begin_item(session, cause, area, kind)
        parts = {kind: event.words, "help": event.help, "when": event.when}
        for part, words in parts.items():
            if words:
                target = question if part == kind else f"{area}_{part}"
                said = keep_statement(session, cause, message, "action_keep_words", target, words)
                link(session, item, said, part)
        agree(session, cause, item)
        share(session, cause, item, event.share)
        private = event.share == "me"
        happens(
            session, cause, item, "agrees_and_keeps_private" if private else "agrees_and_shares"
        )
        if kind == "hope" and not private:
            self._hope = item.id

    def _decides(self, session: Session, event: Event) -> None:
        """An outcome is proposed; agreed to in the chat; and it happened, as they say."""
        proposed = propose(
            session, self._click(), self._hope, self._version(session), event.outcome or ""
        )
        if proposed is None or not event.agreed:
            return
        self._wording, self._outcome = proposed.id, proposed.outcome_id
        yes = Cause.message(self._id, self._message(session, "yes", "tapped", "tap").id)
        answer_proposal(session, yes, proposed.id, "agrees")
        if event.happened:
            say_it_is_done(
                session, self._click(), self._hope, self._version(session), proposed.outcome_id
            )
            said = Cause.message(self._id, self._message(session, "yes", "tapped", "tap").id)
            judge(session, said, proposed.id, "happened")

    def _takes_a_step(self, session: Session, event: Event) -> None:
        step = write_step(
            session,
            self._click(),
            self._hope,
            self._version(session),
            self._outcome,
            event.step or "",
            Owner(event.who),
            _in_days(event.in_days),
        )
        if step is not None and event.ticked:
            version = self._version(session)
            deal_with_step(session, self._click(), self._hope, version, step.id, "ticks_for_staff")

    def _version(self, session: Session) -> int:
        session.flush()
        return session.scalars(select(Aspiration.version).where(Aspiration.id == self._hope)).one()

    def _message(
        self, session: Session, words: str, how: str = "typed", kind: str = "text"
    ) -> Incoming:
        contact = session.scalars(select(Contact).where(Contact.person_id == self._id)).one()
        message = keep(session, contact, f"invented:{secrets.token_hex(8)}", kind, words, how)
        assert message is not None, "a random key comes once"  # noqa: S101
        message.state = "settled"
        session.flush()
        return message

    def _click(self) -> Cause:
        return Cause.by_click(self._id, self._facilitator, secrets.token_hex(16))


def _in_days(days: int) -> date:
    return today() + timedelta(days=days)


def _let_days_pass(session: Session, person_id: str, days: int) -> None:
    """All that is written of this person becomes so many days older."""
    session.flush()
    classes = {mapper.local_table: mapper.class_ for mapper in Table.registry.mappers}
    earlier = timedelta(days=days)
    for table, theirs in rows_of_a_person(person_id):
        cls = classes[table]
        for row in session.scalars(select(cls).where(theirs)):
            _make_older(row, earlier)
    _make_older(session.get_one(Person, person_id), earlier)


def _make_older(row: Table, earlier: timedelta) -> None:
    if isinstance(row, Place):
        return
    for column in inspect(type(row)).column_attrs:
        value = getattr(row, column.key)
        if isinstance(value, (datetime, date)):
            setattr(row, column.key, value - earlier)
