"""The alert chain: who is told of an alert and when, and each step of it"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Up."""
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("how", sa.String(length=16), server_default="phrase", nullable=False)
        )
        batch_op.add_column(
            sa.Column("tier", sa.String(length=16), server_default="alert", nullable=False)
        )
        batch_op.add_column(
            sa.Column("drill", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.alter_column(
            "kind", existing_type=sa.String(length=32), type_=sa.String(length=48)
        )
        batch_op.alter_column("person_id", existing_type=sa.String(length=32), nullable=True)
        batch_op.alter_column("incoming_id", existing_type=BIG, nullable=True)

    op.create_table(
        "alert_telling",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("alert_id", BIG, nullable=False),
        sa.Column("who", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", BIG, nullable=False),
        sa.Column("problem", sa.String(length=64), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_telling_alert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_telling")),
        sa.UniqueConstraint("alert_id", "who", name=op.f("uq_alert_telling_alert_id_who")),
    )
    with op.batch_alter_table("alert_telling", schema=None) as batch_op:
        batch_op.create_index("ix_alert_telling_due", ["state", "due_at"], unique=False)

    op.create_table(
        "alert_step",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("alert_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("who", sa.String(length=16), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=True),
        sa.Column("detail", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_step_alert_id")),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["facilitator.id"], name=op.f("fk_alert_step_facilitator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_step")),
    )
    with op.batch_alter_table("alert_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_step_alert_id"), ["alert_id"], unique=False)


def downgrade() -> None:
    """Down."""
    op.drop_table("alert_step")
    op.drop_table("alert_telling")
    # A drill is nobody's alert: the older tables have no room for it.
    op.execute(sa.text("DELETE FROM alert WHERE person_id IS NULL"))
    # The one kind whose name is longer than the older column.
    op.execute(sa.text("UPDATE alert SET kind = 'forced_marriage' WHERE length(kind) > 32"))
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.alter_column("incoming_id", existing_type=BIG, nullable=False)
        batch_op.alter_column("person_id", existing_type=sa.String(length=32), nullable=False)
        batch_op.alter_column(
            "kind", existing_type=sa.String(length=48), type_=sa.String(length=32)
        )
        batch_op.drop_column("drill")
        batch_op.drop_column("tier")
        batch_op.drop_column("how")
