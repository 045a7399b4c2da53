"""Getting ready: a name, an honest word on who sees what, and how to talk.

Comes in: the first answers; and at any later time "slower", "no pictures".
Goes out: what the person needs, kept and shown on the desk, and then the first chapter.
"""

from actions.asking import ask, ask_present
from actions.hearing import Hand, Hearing
from actions.opening_chapters import come_back, open_chapter
from plan_store.causes import note
from plan_store.finding_a_name import name_in
from plan_store.going_through_chapters import chapters_begun

LONGEST_NAME = 60
# Said where a name was asked for, these are seldom a name; said twice, they are.
SELDOM_A_NAME = ("greet", "affirm", "deny", "maybe", "thanks")
# What is asked once, in this order, each in a picture; all can be changed with a word later.
SETTINGS = ("ask_pictures", "ask_listening", "ask_pace", "ask_with_somebody")
# What each button or word changes.
CHANGES: dict[str, dict[str, bool]] = {
    "pictures": {"pictures": True},
    "no_pictures": {"pictures": False},
    "read_to_me": {"listens": True},
    "no_reading": {"listens": False},
    "slower": {"slow": True},
    "faster": {"slow": False},
    "fewer_choices": {"fewer": True},
    "more_choices": {"fewer": False},
    "like_this": {"slow": False, "fewer": False},
}


class HearName(Hand):
    """The name they choose; any name is right."""

    called = "action_hear_name"

    def act(self, hearing: Hearing) -> None:
        """Keep the words as they were said and the name in them, and go on to who sees what."""
        said_whole = " ".join(hearing.message.words.split())
        name = name_in(hearing.message.words)
        found = name != said_whole
        if not name:
            ask_present(hearing)
        elif hearing.intent in SELDOM_A_NAME and not hearing.place.misses and not found:
            # "Say hello to go on" brought them here; said once more, it is their name.
            hearing.place.misses += 1
            hearing.says("hello")
            ask_present(hearing)
        elif len(name) > LONGEST_NAME:
            hearing.says("name_too_long")
            ask_present(hearing)
        else:
            hearing.keep_words(self.called, "name")
            hearing.person.called = name
            hearing.says("hello_name")
            ask(hearing, "ask_ready")


class GetReady(Hand):
    """They said that this is OK."""

    called = "action_get_ready"

    def act(self, hearing: Hearing) -> None:
        """Ask how they like to talk."""
        hearing.says("explain_settings")
        ask(hearing, SETTINGS[0])


class NotReady(Hand):
    """They said that it is not OK. Nothing is pressed on anybody."""

    called = "action_not_ready"

    def act(self, hearing: Hearing) -> None:
        """Say that it is fine, and leave the question open."""
        hearing.says("not_ready")
        ask_present(hearing)


def next_setting(hearing: Hearing) -> None:
    """The next thing to ask about how to talk; after the last one, the first chapter."""
    present = hearing.place.question
    if present in SETTINGS and hearing.place.comes_back_to is None:
        following = SETTINGS.index(present) + 1
        if following < len(SETTINGS):
            ask(hearing, SETTINGS[following])
            return
    if hearing.place.comes_back_to is not None:
        come_back(hearing)
    elif not chapters_begun(hearing.session, hearing.person.id):
        open_chapter(hearing, hearing.chapters.first().chapter)
    else:
        ask_present(hearing)


class ChangeSettings(Hand):
    """How they like to talk: asked at the beginning, changed with a word at any time."""

    called = "action_change_settings"

    def act(self, hearing: Hearing) -> None:
        """Change it at once, say so, and go on where the conversation was."""
        wanted = hearing.choice or hearing.intent
        answering = hearing.place.expecting == "settings"
        if answering and hearing.intent in {"affirm", "deny"}:
            wanted = self._yes_or_no(hearing)
        changes = CHANGES.get(wanted)
        if changes is None:
            ask_present(hearing)
            return
        for setting, value in changes.items():
            setattr(hearing.person, setting, value)
            note(hearing.session, hearing.cause, wanted, "person", hearing.person.id)
        hearing.keeps(hearing.person)
        if answering:
            next_setting(hearing)
        else:
            hearing.says(f"now_{wanted}")
            ask_present(hearing)

    def _yes_or_no(self, hearing: Hearing) -> str:
        yes = hearing.intent == "affirm"
        match hearing.place.question:
            case "ask_pictures":
                return "pictures" if yes else "no_pictures"
            case "ask_listening":
                return "read_to_me" if yes else "no_reading"
        # "How much at one time?" is neither yes nor no: it is asked once more.
        return ""
