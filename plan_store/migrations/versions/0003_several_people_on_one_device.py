"""Several people on one device"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Up."""
    device = op.create_table(
        "device",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_device_key_hash")),
    )
    device_person = op.create_table(
        "device_person",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("device_id", BIG, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("picture", sa.String(length=32), nullable=True),
        sa.Column("secret_hash", sa.String(length=256), nullable=True),
        sa.Column("free", sa.Boolean(), nullable=False),
        sa.Column("tries", BIG, nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unsent", sa.Text(), nullable=True),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_device_person_device_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_device_person_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_device_person_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_person")),
        sa.UniqueConstraint(
            "device_id", "person_id", name=op.f("uq_device_person_device_id_person_id")
        ),
        sa.UniqueConstraint("contact_id", name=op.f("uq_device_person_contact_id")),
    )
    with op.batch_alter_table("device_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_person_person_id"), ["person_id"])

    # A browser that was known before is a device with one person, whose chat is open on it.
    contact = sa.table(
        "contact",
        sa.column("id", BIG),
        sa.column("person_id", sa.String),
        sa.column("door", sa.String),
        sa.column("address", sa.String),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    by_page = contact.c.door == "web"
    op.execute(
        sa.insert(device).from_select(
            ["key_hash", "made_at"],
            sa.select(contact.c.address, contact.c.created_at).where(by_page),
        )
    )
    op.execute(
        sa.insert(device_person).from_select(
            [
                *("device_id", "person_id", "contact_id", "free", "tries"),
                *("opened_at", "came_at"),
            ],
            sa.select(
                device.c.id,
                contact.c.person_id,
                contact.c.id,
                sa.false(),
                sa.literal(0),
                contact.c.created_at,
                contact.c.created_at,
            )
            .join_from(contact, device, device.c.key_hash == contact.c.address)
            .where(by_page),
        )
    )


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("device_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_person_person_id"))
    op.drop_table("device_person")
    op.drop_table("device")
