"""Alembic's entry: runs the migrations on the connection that ``qa.store.migrate`` hands over."""

from alembic import context

from qa.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
context.run_migrations()
