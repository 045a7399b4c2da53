"""What a person lets be shown at one meeting: a pack; and what happened to an account"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
POINTS = (
    ("person_id", "person"),
    ("meeting_id", "meeting"),
    ("aspiration_id", "aspiration"),
    ("statement_id", "statement"),
    ("attachment_id", "attachment"),
    ("incoming_id", "incoming"),
)


def upgrade() -> None:
    """Up."""
    op.create_table(
        "pack_answer",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", BIG, nullable=False),
        sa.Column("aspiration_id", BIG, nullable=False),
        sa.Column("statement_id", BIG, nullable=False),
        sa.Column("attachment_id", BIG, nullable=True),
        sa.Column("incoming_id", BIG, nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("helped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{there}.id"], name=op.f(f"fk_pack_answer_{column}")
            )
            for column, there in POINTS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_answer")),
    )
    op.create_index(op.f("ix_pack_answer_person_id"), "pack_answer", ["person_id"])
    op.create_index(op.f("ix_pack_answer_meeting_id"), "pack_answer", ["meeting_id"])
    op.create_table(
        "account_change",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["facilitator.id"], name=op.f("fk_account_change_facilitator_id")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["facilitator.id"], name=op.f("fk_account_change_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_change")),
    )
    op.create_index(op.f("ix_account_change_facilitator_id"), "account_change", ["facilitator_id"])


def downgrade() -> None:
    """Down: what may be shown at meetings is lost, and so nothing is shown."""
    op.drop_table("account_change")
    op.drop_table("pack_answer")
    # Nobody is asked any more about a pack; nor do they come back to it from elsewhere.
    op.execute(
        sa.text(
            "UPDATE place SET expecting = 'nothing', question = NULL, chapter = NULL,"
            " aspiration_id = NULL, comes_back_to = NULL, serial = serial + 1"
            " WHERE question LIKE 'ask_pack%'"
            " OR CAST(comes_back_to AS TEXT) LIKE '%\"ask_pack%'"
        )
    )
