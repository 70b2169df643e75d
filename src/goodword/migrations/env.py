"""Alembic's way in: the connection comes from ``goodword.platform.db.migrate``."""

from alembic import context

from goodword.platform.db import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
