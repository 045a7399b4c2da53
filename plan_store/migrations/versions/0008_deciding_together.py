"""Outcomes and their wordings, steps, promises, what the desk asks, staff notes"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
# What points at others goes first.
TABLES = (
    "said_anyway",
    "staff_note",
    "desk_question",
    "promise",
    "step",
    "outcome_wording",
    "outcome",
)


def _id() -> "sa.Column[int]":
    return sa.Column("id", BIG, autoincrement=True, nullable=False)


def _of(table: str, column: str, there: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{there}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Up."""
    op.create_table(
        "outcome",
        _id(),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("aspiration_id", BIG, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("achievement", sa.String(length=16), nullable=True),
        sa.Column("whose_turn", sa.String(length=16), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        _of("outcome", "person_id", "person"),
        _of("outcome", "aspiration_id", "aspiration"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index(op.f("ix_outcome_aspiration_id"), "outcome", ["aspiration_id"])
    op.create_index(op.f("ix_outcome_person_id"), "outcome", ["person_id"])
    op.create_index(op.f("ix_outcome_whose_turn"), "outcome", ["whose_turn"])
    op.create_table(
        "outcome_wording",
        _id(),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("outcome_id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("proposed_at", TIME, nullable=False),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("incoming_id", BIG, nullable=True),
        sa.Column("statement_id", BIG, nullable=True),
        _of("outcome_wording", "person_id", "person"),
        _of("outcome_wording", "outcome_id", "outcome"),
        _of("outcome_wording", "facilitator_id", "facilitator"),
        _of("outcome_wording", "incoming_id", "incoming"),
        _of("outcome_wording", "statement_id", "statement"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_wording")),
        sa.UniqueConstraint(
            "outcome_id", "number", name=op.f("uq_outcome_wording_outcome_id_number")
        ),
        sa.UniqueConstraint("click", name=op.f("uq_outcome_wording_click")),
    )
    op.create_index(op.f("ix_outcome_wording_person_id"), "outcome_wording", ["person_id"])
    op.create_table(
        "step",
        _id(),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("outcome_id", BIG, nullable=False),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("made_by", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=16), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=True),
        sa.Column("named", sa.Text(), nullable=True),
        sa.Column("by_day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("whose_turn", sa.String(length=16), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("turned_at", TIME, nullable=False),
        sa.Column("asked_at", TIME, nullable=True),
        sa.Column("ticked_at", TIME, nullable=True),
        sa.Column("incoming_id", BIG, nullable=True),
        _of("step", "person_id", "person"),
        _of("step", "outcome_id", "outcome"),
        _of("step", "made_by", "facilitator"),
        _of("step", "facilitator_id", "facilitator"),
        _of("step", "incoming_id", "incoming"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("click", name=op.f("uq_step_click")),
    )
    op.create_index(op.f("ix_step_outcome_id"), "step", ["outcome_id"])
    op.create_index(op.f("ix_step_person_id"), "step", ["person_id"])
    op.create_index(op.f("ix_step_whose_turn"), "step", ["whose_turn"])
    op.create_table(
        "promise",
        _id(),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("aspiration_id", BIG, nullable=True),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("whose_turn", sa.String(length=16), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("told_late_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("ended_by", BIG, nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        _of("promise", "person_id", "person"),
        _of("promise", "aspiration_id", "aspiration"),
        _of("promise", "facilitator_id", "facilitator"),
        _of("promise", "ended_by", "facilitator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sa.UniqueConstraint("click", name=op.f("uq_promise_click")),
    )
    op.create_index(op.f("ix_promise_open"), "promise", ["status", "by_day"])
    op.create_index(op.f("ix_promise_person_id"), "promise", ["person_id"])
    op.create_table(
        "desk_question",
        _id(),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("item_id", BIG, nullable=True),
        sa.Column("aspiration_id", BIG, nullable=True),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("put_at", TIME, nullable=False),
        sa.Column("not_before", TIME, nullable=True),
        sa.Column("asked_at", TIME, nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("answer", sa.String(length=16), nullable=True),
        sa.Column("incoming_id", BIG, nullable=True),
        sa.Column("statement_id", BIG, nullable=True),
        _of("desk_question", "person_id", "person"),
        _of("desk_question", "aspiration_id", "aspiration"),
        _of("desk_question", "facilitator_id", "facilitator"),
        _of("desk_question", "incoming_id", "incoming"),
        _of("desk_question", "statement_id", "statement"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_question")),
        sa.UniqueConstraint("click", name=op.f("uq_desk_question_click")),
    )
    op.create_index(op.f("ix_desk_question_person_id"), "desk_question", ["person_id"])
    op.create_index(op.f("ix_desk_question_state"), "desk_question", ["state", "person_id", "id"])
    op.create_table(
        "staff_note",
        _id(),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("aspiration_id", BIG, nullable=True),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        _of("staff_note", "person_id", "person"),
        _of("staff_note", "aspiration_id", "aspiration"),
        _of("staff_note", "facilitator_id", "facilitator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_note")),
        sa.UniqueConstraint("click", name=op.f("uq_staff_note_click")),
    )
    op.create_index(op.f("ix_staff_note_person_id"), "staff_note", ["person_id"])
    op.create_table(
        "said_anyway",
        _id(),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        _of("said_anyway", "person_id", "person"),
        _of("said_anyway", "facilitator_id", "facilitator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_said_anyway")),
        sa.UniqueConstraint("click", name=op.f("uq_said_anyway_click")),
    )
    op.create_index(op.f("ix_said_anyway_person_id"), "said_anyway", ["person_id"])
    # Whoever said "that is right" to their hope had accepted it; only it did not say so.
    op.execute(
        sa.text(
            "UPDATE aspiration SET status = 'accepted'"
            " WHERE status = 'proposed' AND agreed_at IS NOT NULL"
        )
    )


def downgrade() -> None:
    """Down: what was agreed and promised is lost; the hopes stay."""
    for table in TABLES:
        op.drop_table(table)
    op.execute(
        sa.text(
            "UPDATE aspiration SET status = 'proposed'"
            " WHERE status IN ('accepted', 'active', 'completed')"
        )
    )
    # Nobody is asked any more what the desk asked; nor do they come back to it from elsewhere.
    op.execute(
        sa.text(
            "UPDATE place SET expecting = 'nothing', question = NULL, chapter = NULL,"
            " aspiration_id = NULL, comes_back_to = NULL, serial = serial + 1"
            " WHERE expecting = 'deciding' OR CAST(comes_back_to AS TEXT) LIKE '%\"deciding\"%'"
        )
    )
