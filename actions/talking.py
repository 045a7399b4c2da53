"""Small talk, things that are no words, a call for a person, and showing the plan."""

from sqlalchemy import select

from actions.asking import ask_present
from actions.hearing import Hand, Hearing
from plan_store.calling import call_for_a_person
from plan_store.tables import AspirationStatement, Statement

SMALL_TALK = {
    "greet": "greeting",
    "thanks": "thanks",
    "goodbye": "goodbye",
    "bot_challenge": "i_am_a_computer",
}
# What can be sent besides words, and how it is named to the person.
NAMED = {
    "sticker": "named_sticker",
    "location": "named_location",
    "contact": "named_contact",
    "poll": "named_poll",
    "document": "named_document",
    "video": "named_video",
}


class SmallTalk(Hand):
    """Hello, thanks, bye, are you a robot."""

    called = "action_small_talk"

    def act(self, hearing: Hearing) -> None:
        """Answer it; after a goodbye nothing is asked."""
        hearing.says(SMALL_TALK.get(hearing.intent or "", "greeting"))
        if hearing.intent != "goodbye":
            ask_present(hearing)


class NameWhatCame(Hand):
    """A sticker, a place, a poll …: named, never dropped in silence."""

    called = "action_name_what_came"

    def act(self, hearing: Hearing) -> None:
        """Say what came and what works instead, then the question that was open."""
        hearing.says(NAMED.get(hearing.message.kind, "named_thing"))
        ask_present(hearing)


class AskPerson(Hand):
    """A person is one tap away from everywhere."""

    called = "action_ask_person"

    def opens(self, hearing: Hearing) -> None:
        """The very first thing somebody says is heard too."""
        hearing.keeps(call_for_a_person(hearing.session, hearing.cause))
        hearing.says("asked_person")
        Hand.opens(self, hearing)

    def act(self, hearing: Hearing) -> None:
        """Put the call on the desk, and say honestly when somebody answers."""
        hearing.keeps(call_for_a_person(hearing.session, hearing.cause))
        hearing.says("asked_person")
        if hearing.place.question is not None:
            ask_present(hearing)


class ShowPlan(Hand):
    """Show my plan: the newest hope, read from the store."""

    called = "action_show_plan"

    def act(self, hearing: Hearing) -> None:
        """Say the newest hope in its own words, then the question that was open."""
        newest = hearing.session.scalars(
            select(Statement)
            .join(AspirationStatement, AspirationStatement.statement_id == Statement.id)
            .where(
                Statement.person_id == hearing.person.id,
                AspirationStatement.part == "hope",
                Statement.kind == "said",
            )
            .order_by(Statement.id.desc())
            .limit(1)
        ).first()
        if newest is None:
            hearing.says("my_plan_empty")
        else:
            hearing.says("my_plan", hope={"statement": newest.id})
        if hearing.place.question is not None:
            ask_present(hearing)
