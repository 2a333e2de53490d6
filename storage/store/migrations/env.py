"""Run by Alembic, which hands over a connection with a transaction already open (see storage/store/migrate.py)."""

from __future__ import annotations

from alembic import context

from storage.store.tables import Base


def run() -> None:
    """Apply the steps on the given connection."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite changes a column by copying the table
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name under which Alembic loads this file; whoever collects tests imports it by its own
    run()
