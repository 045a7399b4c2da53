"""Who agreed for somebody under 16, becoming 16, capacity for each decision, who was forgotten"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def _id() -> "sa.Column[int]":
    return sa.Column("id", BIG, autoincrement=True, nullable=False)


def _points(table: str, column: str, there: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{there}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Up. Whoever is here already counts as 16 or over: nobody was asked before this."""
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sixteen_in", sa.Date(), nullable=True))
    op.create_table(
        "agreement",
        _id(),
        sa.Column("sealed_by_key", sa.String(length=48), nullable=False),
        sa.Column("invite_id", BIG, nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("noted_by", BIG, nullable=False),
        sa.Column("noted_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        _points("agreement", "invite_id", "invite"),
        _points("agreement", "person_id", "person"),
        _points("agreement", "noted_by", "facilitator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("invite_id", name=op.f("uq_agreement_invite_id")),
        sa.UniqueConstraint("person_id", name=op.f("uq_agreement_person_id")),
    )
    op.create_table(
        "coming_of_age",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("came_at", TIME, nullable=True),
        sa.Column("family_waits", sa.Boolean(), nullable=False),
        sa.Column("family_asked_at", TIME, nullable=True),
        sa.Column("family_answered_at", TIME, nullable=True),
        sa.Column("family", sa.String(length=8), nullable=True),
        _points("coming_of_age", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_coming_of_age")),
    )
    op.create_index(op.f("ix_coming_of_age_month"), "coming_of_age", ["month"])
    op.create_table(
        "capacity_note",
        _id(),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("click", sa.String(length=32), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("help", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("shown_by", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("noted_at", TIME, nullable=False),
        _points("capacity_note", "person_id", "person"),
        _points("capacity_note", "facilitator_id", "facilitator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_note")),
        sa.UniqueConstraint("click", name=op.f("uq_capacity_note_click")),
    )
    op.create_index(op.f("ix_capacity_note_person_id"), "capacity_note", ["person_id"])
    op.create_table(
        "forgetting",
        _id(),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", sa.String(length=16), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=True),
        sa.Column("click", sa.String(length=32), nullable=True),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("alerts_kept", BIG, nullable=False),
        _points("forgetting", "facilitator_id", "facilitator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forgetting")),
        sa.UniqueConstraint("click", name=op.f("uq_forgetting_click")),
    )


def downgrade() -> None:
    """Down: who agreed, who can decide what, and who became 16 is lost."""
    for table in ("forgetting", "capacity_note", "coming_of_age", "agreement"):
        op.drop_table(table)
    op.execute("DELETE FROM sealing_key WHERE owner LIKE 'agreement:%'")
    # Without the month it would be an invite like any other, for Telegram too.
    op.execute("DELETE FROM invite WHERE sixteen_in IS NOT NULL AND used_at IS NULL")
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.drop_column("sixteen_in")
