"""Alembic comes in here with a connection that `plan_store.migrating` opened."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from plan_store.sealing.sealed_columns import SEALED, Fingerprint
from plan_store.tables import Table
from plan_store.tables.columns import UtcTime


def _plainly(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A migration must still run when our own column types have changed: it names plain ones."""
    if kind != "type":
        return False
    if isinstance(item, SEALED):
        return "sa.Text()"
    if isinstance(item, Fingerprint):
        return "sa.String(length=64)"
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcTime) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    compare_type=True,
    render_item=_plainly,
    # SQLite alters a table by copying it.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
