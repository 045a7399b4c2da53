"""All tables of the plan store, by topic. A table stands here only when something uses it."""

from plan_store.tables.brokering import (
    Brokering,
    Budget,
    HopeOption,
    LocalOption,
    LocalOptionVersion,
    OptionAnswer,
    PlanCheck,
)
from plan_store.tables.columns import Table, new_id, now
from plan_store.tables.consent import ConsentAnswer
from plan_store.tables.deciding import (
    DeskQuestion,
    Outcome,
    OutcomeWording,
    Promise,
    SaidAnyway,
    StaffNote,
    Step,
)
from plan_store.tables.desk import (
    AccountChange,
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
from plan_store.tables.meetings import Fund, Meeting, MeetingAnswer, PackAnswer
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
from plan_store.tables.safeguarding import Alert, AlertRecording, AlertStep, AlertTelling
from plan_store.tables.tokens import ApiToken

__all__ = [
    "Access",
    "AccountChange",
    "Agreement",
    "Alert",
    "AlertRecording",
    "AlertStep",
    "AlertTelling",
    "Answer",
    "ApiToken",
    "Aspiration",
    "AspirationStatement",
    "Attachment",
    "Brokering",
    "Budget",
    "Call",
    "CapacityNote",
    "Caseload",
    "ChapterPlace",
    "ComingOfAge",
    "ConsentAnswer",
    "Contact",
    "DeskKey",
    "DeskQuestion",
    "DeskSession",
    "Device",
    "DevicePerson",
    "Facilitator",
    "FacilitatorRole",
    "Forgetting",
    "Fund",
    "History",
    "HopeOption",
    "Incoming",
    "Invite",
    "LocalOption",
    "LocalOptionVersion",
    "Meeting",
    "MeetingAnswer",
    "OptionAnswer",
    "Outcome",
    "OutcomeWording",
    "Outgoing",
    "PackAnswer",
    "Person",
    "Place",
    "PlanCheck",
    "PlanLink",
    "Promise",
    "RecoveryCode",
    "SaidAnyway",
    "SealingKey",
    "Sharing",
    "ShortVersion",
    "StaffNote",
    "Statement",
    "Step",
    "Table",
    "Turn",
    "Unheard",
    "WaitingQuestion",
    "WishCheck",
    "new_id",
    "now",
]
