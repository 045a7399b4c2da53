"""Words, names, addresses and files under keys of their own; how long things are kept"""

import secrets

import sqlalchemy as sa
from alembic import context, op

from plan_store.sealing.sealing_what_is_kept import WordsColumn, seal_column, unseal_column

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# What stood in the clear before this, and whose it is.
WORDS = (
    WordsColumn("alert", "id", "sealed_by_key", "closing_reason"),
    WordsColumn("alert", "id", "sealed_by_key", "phrase"),
    WordsColumn("alert", "id", "sealed_by_key", "words"),
    WordsColumn("answer", "id", "person_id", "words"),
    WordsColumn("attachment", "id", "person_id", "provider_id"),
    WordsColumn("contact", "id", "person_id", "address"),
    WordsColumn("device_person", "id", "person_id", "unsent"),
    WordsColumn("facilitator", "id", "=desk", "email"),
    WordsColumn("facilitator", "id", "=desk", "name"),
    WordsColumn("incoming", "id", "person_id", "details"),
    WordsColumn("incoming", "id", "person_id", "words"),
    WordsColumn("outgoing", "id", "person_id", "text"),
    WordsColumn("person", "id", "id", "called"),
    WordsColumn("short_version", "statement_id", "person_id", "words"),
    WordsColumn("statement", "id", "person_id", "words"),
)
FINGERPRINTS = (("contact", "address", "address_hash"), ("facilitator", "email", "email_hash"))
LONGER = {
    "alert": {"phrase": (sa.String(length=200), False)},
    "attachment": {"provider_id": (sa.String(length=256), True)},
    "contact": {"address": (sa.String(length=128), False)},
    "facilitator": {
        "name": (sa.String(length=120), False),
        "email": (sa.String(length=254), False),
    },
    "person": {"called": (sa.String(length=200), True)},
}


def upgrade() -> None:
    """Up."""
    op.create_table(
        "sealing_key",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=48), nullable=False),
        sa.Column("wrapped", sa.String(length=128), nullable=False),
        sa.Column("master", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealing_key")),
    )
    with op.batch_alter_table("sealing_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealing_key_owner"), ["owner"])
        batch_op.create_index(batch_op.f("ix_sealing_key_master"), ["master"])

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_contact_door_address"), type_="unique")
        batch_op.add_column(sa.Column("address_hash", sa.String(length=64), nullable=True))
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_facilitator_email"), type_="unique")
        batch_op.add_column(sa.Column("email_hash", sa.String(length=64), nullable=True))
    for table, columns in LONGER.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, (before, nullable) in columns.items():
                batch_op.alter_column(
                    name, existing_type=before, type_=sa.Text(), existing_nullable=nullable
                )
    with op.batch_alter_table("incoming", schema=None) as batch_op:
        batch_op.alter_column(
            "details",
            existing_type=sa.JSON(),
            type_=sa.Text(),
            existing_nullable=False,
            postgresql_using="details::text",
        )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("keeps_recordings", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_person_leaves_at"), ["leaves_at"])
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed_by_key", sa.String(length=48), nullable=True))
        batch_op.add_column(sa.Column("about", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
    for table in ("attachment", "short_version"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("person_id", sa.String(length=32), nullable=True))
    op.execute(
        "UPDATE attachment SET person_id = (SELECT incoming.person_id FROM incoming "
        "WHERE incoming.id = attachment.incoming_id)"
    )
    op.execute(
        "UPDATE short_version SET person_id = (SELECT statement.person_id FROM statement "
        "WHERE statement.id = short_version.statement_id)"
    )

    _seal()

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.alter_column("address_hash", existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(
            op.f("uq_contact_door_address_hash"), ["door", "address_hash"]
        )
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.alter_column("email_hash", existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_facilitator_email_hash"), ["email_hash"])
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.alter_column("sealed_by_key", existing_type=sa.String(length=48), nullable=False)
    for table in ("attachment", "short_version"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("person_id", existing_type=sa.String(length=32), nullable=False)
            batch_op.create_foreign_key(
                op.f(f"fk_{table}_person_id"), "person", ["person_id"], ["id"]
            )
            batch_op.create_index(batch_op.f(f"ix_{table}_person_id"), ["person_id"])


def _seal() -> None:
    """A key for everybody, and all that stood in the clear under them."""
    connection, keys = op.get_bind(), context.config.attributes["keys"]
    kept = sa.table(
        "sealing_key",
        *(sa.column(name) for name in ("id", "owner", "wrapped", "master")),
        sa.column("made_at", sa.DateTime(timezone=True)),
    )

    def make(owner: str) -> None:
        connection.execute(sa.insert(kept).values(**keys.make(owner)))

    for owner in ("house", "desk"):
        make(owner)
    for (person_id,) in connection.execute(sa.text("SELECT id FROM person")).all():
        make(person_id)
    for (alert_id,) in connection.execute(sa.text("SELECT id FROM alert")).all():
        owner = f"alert:{secrets.token_hex(16)}"
        make(owner)
        connection.execute(
            sa.text("UPDATE alert SET sealed_by_key = :owner WHERE id = :id"),
            {"owner": owner, "id": alert_id},
        )
    for table, name, column in FINGERPRINTS:
        rows = sa.table(table, sa.column("id"), sa.column(name), sa.column(column))
        for row_id, value in connection.execute(sa.select(rows.c.id, rows.c[name])).all():
            connection.execute(
                sa.update(rows).where(rows.c.id == row_id).values({column: keys.fingerprint(value)})
            )
    for words in WORDS:
        seal_column(connection, keys, words)


def downgrade() -> None:
    """Down: everything stands in the clear again. Drills and alerts of forgotten people go."""
    connection, attributes = op.get_bind(), context.config.attributes
    for words in WORDS:
        unseal_column(connection, attributes["keys"], words)
    op.execute("UPDATE incoming SET details = '{}' WHERE details = ''")
    for (name,) in connection.execute(
        sa.text("SELECT file FROM attachment WHERE file IS NOT NULL")
    ).all():
        attributes["files"].unseal(name)
    _clear_alerts_of_the_forgotten(connection)

    for table in ("attachment", "short_version"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_person_id"))
            batch_op.drop_constraint(op.f(f"fk_{table}_person_id"), type_="foreignkey")
            batch_op.drop_column("person_id")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_column("forgotten_at")
        batch_op.drop_column("about")
        batch_op.drop_column("sealed_by_key")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_leaves_at"))
        batch_op.drop_column("leaves_at")
        batch_op.drop_column("keeps_recordings")
    with op.batch_alter_table("incoming", schema=None) as batch_op:
        batch_op.alter_column(
            "details",
            existing_type=sa.Text(),
            type_=sa.JSON(),
            existing_nullable=False,
            postgresql_using="details::json",
        )
    for table, columns in LONGER.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, (before, nullable) in columns.items():
                batch_op.alter_column(
                    name, existing_type=sa.Text(), type_=before, existing_nullable=nullable
                )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_contact_door_address_hash"), type_="unique")
        batch_op.drop_column("address_hash")
        batch_op.create_unique_constraint(op.f("uq_contact_door_address"), ["door", "address"])
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_facilitator_email_hash"), type_="unique")
        batch_op.drop_column("email_hash")
        batch_op.create_unique_constraint(op.f("uq_facilitator_email"), ["email"])
    op.drop_table("sealing_key")


def _clear_alerts_of_the_forgotten(connection: sa.Connection) -> None:
    found = connection.execute(sa.text("SELECT id FROM alert WHERE forgotten_at IS NOT NULL")).all()
    for (alert_id,) in found:
        for table in ("alert_step", "alert_telling"):
            rows = sa.table(table, sa.column("alert_id"))
            connection.execute(sa.delete(rows).where(rows.c.alert_id == alert_id))
        connection.execute(sa.text("DELETE FROM alert WHERE id = :id"), {"id": alert_id})
