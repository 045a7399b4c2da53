"""The catalogue of local options, what is brokered for a hope, budgets, checks, and meetings"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Up."""
    op.create_table(
        "local_option",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("life_areas", sa.String(length=160), nullable=False),
        sa.Column("cost_from", BIG, nullable=False),
        sa.Column("cost_to", BIG, nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("tried_by", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("changed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_option")),
        sa.UniqueConstraint("code", name=op.f("uq_local_option_code")),
    )
    op.create_index(op.f("ix_local_option_kind"), "local_option", ["kind"], unique=False)
    op.create_table(
        "budget",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("weekly", BIG, nullable=False),
        sa.Column("yearly", BIG, nullable=False),
        sa.Column("once", BIG, nullable=False),
        sa.Column("direct_payment", BIG, nullable=False),
        sa.Column("agreed_at", TIME, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["facilitator.id"], name=op.f("fk_budget_facilitator_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_budget_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget")),
        sa.UniqueConstraint("click", name=op.f("uq_budget_click")),
    )
    op.create_index(op.f("ix_budget_person_id"), "budget", ["person_id"], unique=False)
    op.create_table(
        "fund",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("total", BIG, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["facilitator.id"], name=op.f("fk_fund_facilitator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("click", name=op.f("uq_fund_click")),
    )
    op.create_table(
        "local_option_version",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("local_option_id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitator.id"],
            name=op.f("fk_local_option_version_facilitator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["local_option_id"],
            ["local_option.id"],
            name=op.f("fk_local_option_version_local_option_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_option_version")),
        sa.UniqueConstraint(
            "local_option_id",
            "version",
            name=op.f("uq_local_option_version_local_option_id_version"),
        ),
    )
    op.create_table(
        "meeting",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("begins_at", TIME, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("transport", BIG, nullable=False),
        sa.Column("food", BIG, nullable=False),
        sa.Column("other", BIG, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", TIME, nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["facilitator.id"], name=op.f("fk_meeting_facilitator_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("click", name=op.f("uq_meeting_click")),
    )
    op.create_index(op.f("ix_meeting_begins_at"), "meeting", ["begins_at"], unique=False)
    op.create_index(op.f("ix_meeting_person_id"), "meeting", ["person_id"], unique=False)
    op.create_table(
        "plan_check",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("colour", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["facilitator.id"], name=op.f("fk_plan_check_facilitator_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_check_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_check")),
        sa.UniqueConstraint("click", name=op.f("uq_plan_check_click")),
    )
    op.create_index(op.f("ix_plan_check_person_id"), "plan_check", ["person_id"], unique=False)
    op.create_table(
        "brokering",
        sa.Column("aspiration_id", BIG, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("no_free_reason", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["aspiration_id"], ["aspiration.id"], name=op.f("fk_brokering_aspiration_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_brokering_person_id")),
        sa.PrimaryKeyConstraint("aspiration_id", name=op.f("pk_brokering")),
    )
    op.create_index(op.f("ix_brokering_person_id"), "brokering", ["person_id"], unique=False)
    op.create_table(
        "hope_option",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("aspiration_id", BIG, nullable=False),
        sa.Column("outcome_id", BIG, nullable=True),
        sa.Column("local_option_id", BIG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("cost", BIG, nullable=False),
        sa.Column("times", BIG, nullable=False),
        sa.Column("counted", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("sent_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["aspiration_id"], ["aspiration.id"], name=op.f("fk_hope_option_aspiration_id")
        ),
        sa.ForeignKeyConstraint(
            ["local_option_id"], ["local_option.id"], name=op.f("fk_hope_option_local_option_id")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_hope_option_outcome_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_hope_option_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hope_option")),
        sa.UniqueConstraint(
            "aspiration_id",
            "local_option_id",
            name=op.f("uq_hope_option_aspiration_id_local_option_id"),
        ),
    )
    op.create_index(op.f("ix_hope_option_person_id"), "hope_option", ["person_id"], unique=False)
    op.create_table(
        "meeting_answer",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", BIG, nullable=False),
        sa.Column("incoming_id", BIG, nullable=False),
        sa.Column("question", sa.String(length=16), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("said_by", sa.String(length=16), nullable=False),
        sa.Column("helped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["incoming_id"], ["incoming.id"], name=op.f("fk_meeting_answer_incoming_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_answer_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_answer_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_answer")),
        sa.UniqueConstraint("incoming_id", name=op.f("uq_meeting_answer_incoming_id")),
    )
    op.create_index(
        op.f("ix_meeting_answer_meeting_id"), "meeting_answer", ["meeting_id"], unique=False
    )
    op.create_index(
        op.f("ix_meeting_answer_person_id"), "meeting_answer", ["person_id"], unique=False
    )
    op.create_table(
        "option_answer",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("hope_option_id", BIG, nullable=False),
        sa.Column("incoming_id", BIG, nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("said_by", sa.String(length=16), nullable=False),
        sa.Column("helped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["hope_option_id"], ["hope_option.id"], name=op.f("fk_option_answer_hope_option_id")
        ),
        sa.ForeignKeyConstraint(
            ["incoming_id"], ["incoming.id"], name=op.f("fk_option_answer_incoming_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_option_answer_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_answer")),
        sa.UniqueConstraint("incoming_id", name=op.f("uq_option_answer_incoming_id")),
    )
    op.create_index(
        op.f("ix_option_answer_hope_option_id"), "option_answer", ["hope_option_id"], unique=False
    )
    op.create_index(
        op.f("ix_option_answer_person_id"), "option_answer", ["person_id"], unique=False
    )


def downgrade() -> None:
    """Down."""
    op.drop_index(op.f("ix_option_answer_person_id"), table_name="option_answer")
    op.drop_index(op.f("ix_option_answer_hope_option_id"), table_name="option_answer")
    op.drop_table("option_answer")
    op.drop_index(op.f("ix_meeting_answer_person_id"), table_name="meeting_answer")
    op.drop_index(op.f("ix_meeting_answer_meeting_id"), table_name="meeting_answer")
    op.drop_table("meeting_answer")
    op.drop_index(op.f("ix_hope_option_person_id"), table_name="hope_option")
    op.drop_table("hope_option")
    op.drop_index(op.f("ix_brokering_person_id"), table_name="brokering")
    op.drop_table("brokering")
    op.drop_index(op.f("ix_plan_check_person_id"), table_name="plan_check")
    op.drop_table("plan_check")
    op.drop_index(op.f("ix_meeting_person_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_begins_at"), table_name="meeting")
    op.drop_table("meeting")
    op.drop_table("local_option_version")
    op.drop_table("fund")
    op.drop_index(op.f("ix_budget_person_id"), table_name="budget")
    op.drop_table("budget")
    op.drop_index(op.f("ix_local_option_kind"), table_name="local_option")
    op.drop_table("local_option")
