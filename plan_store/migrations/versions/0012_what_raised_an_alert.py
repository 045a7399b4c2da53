"""The voice or photo that raised an alert, under its own key; a history of what is of no person"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Up: what came with the message of an alert is due to be copied by the running house."""
    op.create_table(
        "alert_recording",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("alert_id", BIG, nullable=False),
        sa.Column("attachment_id", BIG, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_recording")),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_recording_alert_id")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_alert_recording_attachment_id")
        ),
        sa.UniqueConstraint("alert_id", name=op.f("uq_alert_recording_alert_id")),
    )
    op.create_index(op.f("ix_alert_recording_state"), "alert_recording", ["state"])
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.String(length=32), nullable=True)
    op.execute(
        sa.text(
            "INSERT INTO alert_recording (alert_id, attachment_id, kind, media_type, state)"
            " SELECT alert.id, attachment.id, attachment.kind, attachment.media_type, 'due'"
            " FROM alert JOIN attachment ON attachment.incoming_id = alert.incoming_id"
        )
    )


def downgrade() -> None:
    """Down: the copies are lost; the files are swept, since no row names them."""
    op.drop_table("alert_recording")
    op.execute(sa.text("DELETE FROM history WHERE person_id IS NULL"))
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.String(length=32), nullable=False)
