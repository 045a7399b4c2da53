"""What follows when words may speak of danger: an alert, and kind words at once. No network.

Comes in: a kept message and what the first look noticed, or a tap on "I am safe". Goes out: the
alert, whom to tell of it and when, and the replies, all in the caller's transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from bot.replying import FIRST_ANSWER, put_replies
from bot.safety import Danger, FirstLook
from bot.safety.finding_phrases import Phrases, read_phrase
from bot.words import Library
from plan_store.alerting import RECENT, Noticed, newest_open_alert, raise_alert, step
from plan_store.staffed_hours import StaffedHours, staffed_hours_from
from plan_store.tables import Contact, Incoming, now

SAFE, NOT_SAFE = ANSWERS = "/i_am_safe", "/i_am_not_safe"
# "Leave it" is about an alert only just after it.
SOON = timedelta(minutes=30)
# Who may hurt themselves is given other numbers than who is hurt by somebody.
FOR_LIFE = frozenset({"suicide", "self_harm"})
ASKED, ALERTED = "asked", "alert"
A_WEEK = 7
# Before the place of an ordinary answer: a message that was only doubted is heard later after all.
BEFORE_ANSWERS = 1

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class TakingBack:
    """Words that take something back: always while an alert is open, or only soon after it."""

    always: Phrases
    soon: Phrases


class DangerAnswers:
    """Answers danger."""

    def __init__(
        self,
        library: Library,
        first_look: FirstLook,
        hours: StaffedHours,
        taking_back: TakingBack,
        clock: Clock = now,
    ) -> None:
        self.library = library
        self.first_look = first_look
        self.hours = hours
        self.taking_back = taking_back
        self.clock = clock

    def notice(
        self,
        session: Session,
        contact: Contact,
        message: Incoming,
        danger: Danger,
        words: str | None = None,
    ) -> None:
        """Raise an alert and answer. The message needs no other ears: a person reads it.

        `words`: where the message keeps none of its own.
        """
        doubt = danger.how == "ask"
        tier = "concern" if doubt else "alert"
        noticed = Noticed(danger.kind, danger.phrase, danger.how, tier)
        moment = self.clock()
        raise_alert(session, message, noticed, self.hours.tell(tier, moment), moment, words)
        replies = self._asks() if doubt else self._answers(danger.kind)
        reason = ASKED if doubt else ALERTED
        self._reply(session, contact, message, replies, reason, BEFORE_ANSWERS)

    def hear(
        self, session: Session, contact: Contact, message: Incoming, value: str | None
    ) -> bool:
        """Answer what is about an alert and speaks of no new danger; False where nothing is."""
        if value == SAFE:
            self._says_safe(session, contact, message)
        elif value == NOT_SAFE:
            self._says_not_safe(session, contact, message)
        elif message.kind in {"text", "edit", "heard"} and self._takes_back(session, message):
            self._reply(session, contact, message, [{"key": "danger_taken_back"}], ALERTED)
        else:
            return False
        return True

    def _says_safe(self, session: Session, contact: Contact, message: Incoming) -> None:
        alert = newest_open_alert(session, message.person_id, self.clock() - RECENT)
        if alert is not None:
            step(session, alert.id, "says_safe", "person")
            asked = session.get(Incoming, alert.incoming_id) if alert.incoming_id else None
            if asked is not None and asked.reason == ASKED:
                # It may have been an answer to a question: now it is heard as one.
                asked.state, asked.reason, asked.settled_at = "waiting", None, None
        self._reply(session, contact, message, [{"key": "danger_says_safe"}], ALERTED)

    def _says_not_safe(self, session: Session, contact: Contact, message: Incoming) -> None:
        moment = self.clock()
        before = newest_open_alert(session, message.person_id, moment - RECENT)
        kind = before.kind if before is not None else "abuse"
        noticed = Noticed(kind, message.words or NOT_SAFE, "phrase", "alert")
        alert = raise_alert(session, message, noticed, self.hours.tell("alert", moment), at=moment)
        step(session, alert.id, "says_not_safe", "person")
        self._reply(session, contact, message, self._answers(kind), ALERTED)

    def _takes_back(self, session: Session, message: Incoming) -> bool:
        tokens = self.first_look.reader.read(message.words)
        always = next(iter(self.taking_back.always.find(tokens)), None)
        soon = next(iter(self.taking_back.soon.find(tokens)), None)
        if always is None and soon is None:
            return False
        since = self.clock() - (RECENT if always else SOON)
        alert = newest_open_alert(session, message.person_id, since)
        if alert is None:
            return False
        step(session, alert.id, "takes_back", "person")
        return True

    def _answers(self, kind: str) -> list[dict[str, Any]]:
        call = "danger_who_to_call_for_life" if kind in FOR_LIFE else "danger_who_to_call"
        return [{"key": "danger_noticed" + self._closed(), "also": self._day()}, {"key": call}]

    def _asks(self) -> list[dict[str, Any]]:
        return [{"key": "danger_unsure" + self._closed()}]

    def _closed(self) -> str:
        return "" if self.hours.staffed(self.clock()) else "_closed"

    def _day(self) -> dict[str, str]:
        moment = self.clock()
        opens = self.hours.next_staffed(moment).astimezone(self.hours.zone)
        ahead = (opens.date() - moment.astimezone(self.hours.zone).date()).days
        if ahead == 0:
            return {"day": self.library.text("day_today")}
        day = self.library.text(f"day_{opens.weekday()}")
        if ahead == A_WEEK:
            return {"day": self.library.text("day_next", day=day)}
        # Further off, after holidays, a weekday would be taken for the one of this week.
        named = day if ahead < A_WEEK else f"{opens.day} {opens:%B}"
        return {"day": self.library.text("day_on", day=named)}

    def _reply(
        self,
        session: Session,
        contact: Contact,
        message: Incoming,
        replies: list[dict[str, Any]],
        reason: str,
        first: int = FIRST_ANSWER,
    ) -> None:
        put_replies(session, self.library, contact.id, message.id, replies, first)
        message.state, message.reason, message.settled_at = "settled", reason, now()


def read_danger_answers(
    data: Path, library: Library, first_look: FirstLook, clock: Clock = now
) -> DangerAnswers:
    """Read the staffed hours and the words that take something back."""
    folder = data / "safety"
    hours = yaml.safe_load((folder / "staffed_hours.yml").read_text(encoding="utf-8"))
    back = yaml.safe_load((folder / "taking_back.yml").read_text(encoding="utf-8"))
    spellings = first_look.reader.spellings

    def phrases(name: str) -> Phrases:
        return Phrases([read_phrase(name, line, {}, spellings) for line in back[name]])

    return DangerAnswers(
        library,
        first_look,
        staffed_hours_from(hours),
        TakingBack(phrases("always"), phrases("soon")),
        clock,
    )
