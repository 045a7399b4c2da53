"""The desk's roles, caseloads, second factors, and sign-ins that can be ended"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def _id() -> "sa.Column[int]":
    return sa.Column("id", BIG, autoincrement=True, nullable=False)


def _of_a_facilitator(table: str, column: str = "facilitator_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["facilitator.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Up. Whoever has an account keeps what they could do; the first one becomes administrator."""
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.add_column(sa.Column("factor_secret", sa.String(length=256), nullable=True))
        batch_op.add_column(sa.Column("factor_step", BIG, server_default="0", nullable=False))
        batch_op.add_column(sa.Column("tries", BIG, server_default="0", nullable=False))
        batch_op.add_column(sa.Column("rests_until", TIME, nullable=True))
        batch_op.add_column(sa.Column("council_id", sa.String(length=300), nullable=True))
        batch_op.add_column(
            sa.Column("shortcuts", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        batch_op.create_unique_constraint(batch_op.f("uq_facilitator_council_id"), ["council_id"])
    with op.batch_alter_table("desk_key", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("roles", sa.String(length=128), server_default="facilitator", nullable=False)
        )
    op.create_table(
        "facilitator_role",
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        _of_a_facilitator("facilitator_role"),
        sa.PrimaryKeyConstraint("facilitator_id", "role", name=op.f("pk_facilitator_role")),
    )
    for role in ("facilitator", "safeguarding_lead", "manager"):
        op.execute(
            sa.text("INSERT INTO facilitator_role SELECT id, :role FROM facilitator").bindparams(
                sa.bindparam("role", role, sa.String())
            )
        )
    op.execute(
        sa.text(
            "INSERT INTO facilitator_role SELECT id, 'administrator' FROM facilitator"
            " WHERE id = (SELECT min(id) FROM facilitator WHERE ended_at IS NULL)"
        )
    )
    op.create_table(
        "recovery_code",
        _id(),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        _of_a_facilitator("recovery_code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_facilitator_id"), "recovery_code", ["facilitator_id"])
    op.create_table(
        "desk_session",
        _id(),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("began_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        _of_a_facilitator("desk_session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_session")),
    )
    op.create_index(op.f("ix_desk_session_facilitator_id"), "desk_session", ["facilitator_id"])
    op.create_table(
        "caseload",
        _id(),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", BIG, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("until", TIME, nullable=True),
        sa.Column("given_by", BIG, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_caseload_person_id")),
        _of_a_facilitator("caseload"),
        _of_a_facilitator("caseload", "given_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseload")),
    )
    op.create_index(op.f("ix_caseload_facilitator_id"), "caseload", ["facilitator_id"])
    op.create_index(
        "uq_caseload_open",
        "caseload",
        ["person_id", "facilitator_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    # "What is new since I looked" asks for each person's last opening.
    op.create_index("ix_access_facilitator", "access", ["facilitator_id", "person_id", "at"])


def downgrade() -> None:
    """Down."""
    op.drop_index("ix_access_facilitator", table_name="access")
    op.drop_table("caseload")
    op.drop_table("desk_session")
    op.drop_table("recovery_code")
    op.drop_table("facilitator_role")
    with op.batch_alter_table("desk_key", schema=None) as batch_op:
        batch_op.drop_column("roles")
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_facilitator_council_id"), type_="unique")
        for column in (
            "shortcuts",
            "council_id",
            "rests_until",
            "tries",
            "factor_step",
            "factor_secret",
        ):
            batch_op.drop_column(column)
