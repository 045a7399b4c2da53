"""The whole conversation"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "plan_link",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_link")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_plan_link_key_hash")),
    )
    with op.batch_alter_table("plan_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "chapter_place",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("chapter", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=True),
        sa.Column(
            "aspiration_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["aspiration_id"], ["aspiration.id"], name=op.f("fk_chapter_place_aspiration_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_chapter_place_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "chapter", name=op.f("pk_chapter_place")),
    )
    op.create_table(
        "waiting_question",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column(
            "aspiration_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["aspiration_id"], ["aspiration.id"], name=op.f("fk_waiting_question_aspiration_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_waiting_question_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "question", name=op.f("pk_waiting_question")),
    )
    op.create_table(
        "short_version",
        sa.Column(
            "statement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("picked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_short_version_statement_id")
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_short_version")),
    )
    op.create_table(
        "wish_check",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column(
            "aspiration_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "statement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["aspiration_id"], ["aspiration.id"], name=op.f("fk_wish_check_aspiration_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_wish_check_person_id")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_wish_check_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_check")),
        sa.UniqueConstraint("aspiration_id", "form", name=op.f("uq_wish_check_aspiration_id_form")),
    )
    with op.batch_alter_table("wish_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_check_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("aspiration_statement", schema=None) as batch_op:
        batch_op.alter_column(
            "part",
            existing_type=sa.VARCHAR(length=16),
            type_=sa.String(length=64),
            existing_nullable=False,
        )

    with op.batch_alter_table("aspiration", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(length=16), server_default="hope", nullable=False)
        )

    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sends", sa.String(length=16), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pictures", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("listens", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("slow", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("fewer", sa.Boolean(), nullable=True))

    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("comes_back_to", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("with_somebody", sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column("with_somebody_at", sa.DateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("helped", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_column("helped")

    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_column("with_somebody_at")
        batch_op.drop_column("with_somebody")
        batch_op.drop_column("comes_back_to")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("fewer")
        batch_op.drop_column("slow")
        batch_op.drop_column("listens")
        batch_op.drop_column("pictures")

    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.drop_column("sends")

    with op.batch_alter_table("aspiration", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("aspiration_statement", schema=None) as batch_op:
        batch_op.alter_column(
            "part",
            existing_type=sa.String(length=64),
            type_=sa.VARCHAR(length=16),
            existing_nullable=False,
        )

    with op.batch_alter_table("wish_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wish_check_person_id"))

    op.drop_table("wish_check")
    op.drop_table("short_version")
    op.drop_table("waiting_question")
    op.drop_table("chapter_place")
    with op.batch_alter_table("plan_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_link_person_id"))

    op.drop_table("plan_link")
