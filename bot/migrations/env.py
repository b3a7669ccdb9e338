"""Run by Alembic for each migration, on the connection that `bot.database.upgrade` hands over."""

from alembic import context

from bot.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
