"""What a person showed that they understood before something was shared.

Consent is shown, not ticked: each answer to a question about sharing is one row.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, now


class ConsentAnswer(Table):
    """One answer to one question about sharing.

    `question`: its key in data/words/consent.yml. `choice`: who was to see it, as in
    plan_store/sharing.py. `answer`: the button that was tapped or typed, None for other words.
    """

    __tablename__ = "consent_answer"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    aspiration_id: Mapped[int | None] = mapped_column(ForeignKey("aspiration.id"))
    incoming_id: Mapped[int] = mapped_column(ForeignKey("incoming.id"), unique=True)
    question: Mapped[str] = mapped_column(String(40))
    choice: Mapped[str] = mapped_column(String(16))
    answer: Mapped[str | None] = mapped_column(String(40))
    right: Mapped[bool]
    at: Mapped[datetime] = mapped_column(default=now)
