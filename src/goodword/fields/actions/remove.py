"""A field is asked for no more."""

from goodword.fields import store
from goodword.fields.events import FieldRemoved
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def remove(tx: Tx, stamp: Stamp, field_id: str) -> None:
    """Values stay where they are: the same key defined again shows them again."""
    stamp.need("fields.manage")
    await tx.lock("fields")
    field = await store.get_field(tx, field_id)
    await store.drop_field(tx, field_id)
    await append(tx, field_id, FieldRemoved(key=field.key, on=field.on), stamp)
