"""One door to two databases: a file (SQLite) or a server (PostgreSQL), by the same code.

A *deed* is ``async def deed(tx, …)`` that awaits only ``tx``. ``Database.write`` runs it as one transaction and
returns once it is durable; ``Database.read`` runs it on one consistent snapshot. What a deed rings is rung after the
commit, never before.
"""

from goodword.platform.db.model import Database, Outrun, Row, Subscriptions, Tx
from goodword.platform.db.opening import open_database
from goodword.platform.db.schema import metadata

__all__ = ["Database", "Outrun", "Row", "Subscriptions", "Tx", "metadata", "open_database"]
