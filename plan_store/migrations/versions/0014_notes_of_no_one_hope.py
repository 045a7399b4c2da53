"""A staff note is about a person, of no one hope: nothing ever wrote which"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
POINTS_AT = "fk_staff_note_aspiration_id"


def upgrade() -> None:
    """Up."""
    with op.batch_alter_table("staff_note") as batch:
        batch.drop_constraint(op.f(POINTS_AT), type_="foreignkey")
        batch.drop_column("aspiration_id")


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("staff_note") as batch:
        batch.add_column(sa.Column("aspiration_id", BIG, nullable=True))
        batch.create_foreign_key(op.f(POINTS_AT), "aspiration", ["aspiration_id"], ["id"])
