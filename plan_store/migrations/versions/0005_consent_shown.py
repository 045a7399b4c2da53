"""What a person showed that they understood before something was shared"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Up."""
    op.create_table(
        "consent_answer",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("aspiration_id", BIG, nullable=True),
        sa.Column("incoming_id", BIG, nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["aspiration_id"], ["aspiration.id"], name=op.f("fk_consent_answer_aspiration_id")
        ),
        sa.ForeignKeyConstraint(
            ["incoming_id"], ["incoming.id"], name=op.f("fk_consent_answer_incoming_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_answer_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_answer")),
        sa.UniqueConstraint("incoming_id", name=op.f("uq_consent_answer_incoming_id")),
    )
    with op.batch_alter_table("consent_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_answer_person_id"), ["person_id"])


def downgrade() -> None:
    """Down: what was shown is lost, what was shared stays shared."""
    op.drop_table("consent_answer")
