"""All tables of the plan store, by topic. A table stands here only when something uses it."""

from plan_store.tables.columns import Table, new_id, now
from plan_store.tables.consent import ConsentAnswer
from plan_store.tables.desk import (
    Call,
    Caseload,
    DeskKey,
    DeskSession,
    Facilitator,
    FacilitatorRole,
    RecoveryCode,
)
from plan_store.tables.devices import Device, DevicePerson
from plan_store.tables.keys import SealingKey
from plan_store.tables.messages import Attachment, Incoming, Outgoing, Place, Turn, Unheard
from plan_store.tables.people import Contact, Invite, Person
from plan_store.tables.plan import (
    Answer,
    Aspiration,
    AspirationStatement,
    ChapterPlace,
    PlanLink,
    Sharing,
    ShortVersion,
    Statement,
    WaitingQuestion,
    WishCheck,
)
from plan_store.tables.record import Access, History
from plan_store.tables.rights import Agreement, CapacityNote, ComingOfAge, Forgetting
from plan_store.tables.safeguarding import Alert, AlertStep, AlertTelling

__all__ = [
    "Access",
    "Agreement",
    "Alert",
    "AlertStep",
    "AlertTelling",
    "Answer",
    "Aspiration",
    "AspirationStatement",
    "Attachment",
    "Call",
    "CapacityNote",
    "Caseload",
    "ChapterPlace",
    "ComingOfAge",
    "ConsentAnswer",
    "Contact",
    "DeskKey",
    "DeskSession",
    "Device",
    "DevicePerson",
    "Facilitator",
    "FacilitatorRole",
    "Forgetting",
    "History",
    "Incoming",
    "Invite",
    "Outgoing",
    "Person",
    "Place",
    "PlanLink",
    "RecoveryCode",
    "SealingKey",
    "Sharing",
    "ShortVersion",
    "Statement",
    "Table",
    "Turn",
    "Unheard",
    "WaitingQuestion",
    "WishCheck",
    "new_id",
    "now",
]
