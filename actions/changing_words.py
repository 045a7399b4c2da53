"""Changing what was said before: a message edited on the phone, or "no, I meant …".

Comes in: newer words about the same thing. Goes out: they stand beside the older ones, which stay.
"""

from actions.asking import ask, ask_present
from actions.finding_the_way import GoBack
from actions.hearing import Hand, Hearing
from actions.ticking_steps import ask_what_was_ticked
from plan_store.hoping import happens
from plan_store.keeping_words import hopes_with, link, newest_said, statements_of_message
from plan_store.tables import Aspiration, Statement

# No more than "no, that is not what I said".
A_FEW_WORDS = 7


class TakeEdit(Hand):
    """The person changed a message on their phone: the new words stand beside the old ones."""

    called = "action_take_edit"

    def act(self, hearing: Hearing) -> None:
        """Every statement of the older message gets a newer one; nothing is overwritten."""
        older_id = hearing.message.details.get("edits")
        words = hearing.message.words
        changed: list[Aspiration] = []
        for older in statements_of_message(hearing.session, older_id) if older_id else []:
            changed += replace_words(hearing, self.called, older, words)
            if older.target == "name":
                hearing.person.called = " ".join(words.split())[:200] or None
        hearing.says("saw_your_edit")
        read_back_changed(hearing, changed)


class CorrectEarlier(Hand):
    """ "No, I meant college, not work": the answer before this one is corrected."""

    called = "action_correct_earlier"

    def act(self, hearing: Hearing) -> None:
        """The newest answer gets the new words; then the question that was open."""
        said = self._piece(hearing)
        few = len(hearing.message.words.split()) <= A_FEW_WORDS
        # "No" right after a tick is about that; words that say more are kept, whatever was before.
        if said is None and few and ask_what_was_ticked(hearing):
            return
        older = newest_said(hearing.session, hearing.person.id, hearing.message.id)
        if older is None:
            hearing.says("nothing_to_change")
            ask_present(hearing)
            return
        if said is None and few:
            # "You got it wrong" says that it is, and not what it is: it is asked once more.
            GoBack(self.store, self.chapters, self.lists).act(hearing)
            return
        meant = [
            hope
            for hope, _ in hopes_with(hearing.session, older)
            if _is_about(hearing, hope, older)
        ]
        words = hearing.message.words if said is None else said
        changed = replace_words(hearing, self.called, older, words, meant)
        hearing.says("kept_new_words")
        read_back_changed(hearing, changed)

    def _piece(self, hearing: Hearing) -> str | None:
        """The piece that is meant, where the listener is sure of it."""
        for piece in hearing.understood.pieces:
            if piece.entity == "correction" and piece.end:
                return hearing.message.words[piece.start : piece.end].strip()
        return None


def _is_about(hearing: Hearing, hope: Aspiration, older: Statement) -> bool:
    """Two hopes told in one breath share their words: what is corrected is of the one asked for."""
    found = hearing.chapters.with_question(older.target)
    return found is None or found[0].life_area == hope.life_area


def replace_words(
    hearing: Hearing,
    action: str,
    older: Statement,
    words: str,
    meant: list[Aspiration] | None = None,
) -> list[Aspiration]:
    """Keep newer words for this statement; the hopes and entries that it is part of.

    `meant`: only these of them, where there are any.
    """
    newer = hearing.keep_words(action, older.target, words=words, replaces=older)
    changed = []
    for aspiration, part in hopes_with(hearing.session, older):
        if meant and aspiration not in meant:
            continue
        link(hearing.session, aspiration, newer, part)
        was_agreed = aspiration.agreed_at is not None
        happens(hearing.session, hearing.cause, aspiration, "edits")
        if was_agreed:
            changed.append(aspiration)
    return changed


def read_back_changed(hearing: Hearing, changed: list[Aspiration]) -> None:
    """What others may see already is read back again at once, unless a question is open."""
    if changed and hearing.place.question is None:
        hearing.place.aspiration_id = changed[0].id
        ask(hearing, "read_back")
    else:
        ask_present(hearing)
