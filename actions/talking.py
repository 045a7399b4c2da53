"""Small talk, things that are no words, a call for a person, and reading aloud.

Comes in: what is no answer to a question. Goes out: a kind answer, and the question that was open.
"""

from actions.asking import ask_present
from actions.beginning import come_in
from actions.hearing import Hand, Hearing
from actions.ticking_steps import ask_what_was_ticked
from plan_store.calling import call_for_a_person

SMALL_TALK = {
    "thanks": "thanks",
    "goodbye": "goodbye",
    "bot_challenge": "i_am_a_computer",
    "about_you": "i_am_a_computer",
    "how_long": "how_long_it_takes",
    "bored": "you_are_bored",
    "hard": "this_is_hard",
    "rude": "you_are_cross",
    "praise": "glad_to_hear",
    "joking": "you_were_joking",
}
# After these the question is asked in simpler words.
SIMPLER_AFTER = ("hard", "bored")
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
    """Hello, thanks, bye, are you a robot, this is hard, I am bored."""

    called = "action_small_talk"

    def act(self, hearing: Hearing) -> None:
        """Answer it; after a goodbye nothing is asked. A hello comes back to what was open."""
        if hearing.intent == "greet":
            come_in(hearing)
            return
        hearing.says(SMALL_TALK.get(hearing.intent, "greeting"))
        if hearing.intent != "goodbye":
            ask_present(hearing, "simpler" if hearing.intent in SIMPLER_AFTER else "text")


class WhatNow(Hand):
    """Yes or no, where nothing was asked."""

    called = "action_what_now"

    def act(self, hearing: Hearing) -> None:
        """Show what can be done from here; a no right after a tick is about that."""
        if hearing.intent != "deny" or not ask_what_was_ticked(hearing):
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


class Listen(Hand):
    """Read it to me, this once."""

    called = "action_read_aloud"

    def act(self, hearing: Hearing) -> None:
        """Ask the present question again, with its words read aloud."""
        ask_present(hearing)
        hearing.replies[-1]["sends"] = "voice"


class OtherDoor(Hand):
    """Go on on another device."""

    called = "action_other_door"

    def act(self, hearing: Hearing) -> None:
        """A short-lived way to this same conversation."""
        hearing.says("other_door_link", link={"door_link": hearing.person.id})
