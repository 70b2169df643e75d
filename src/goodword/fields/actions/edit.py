"""A field is called or ordered otherwise, or offers other choices."""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET, UnsetType

from goodword.fields import store
from goodword.fields.events import FieldEdited
from goodword.fields.model import Field, checked_label, checked_options
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def edit(
    tx: Tx,
    stamp: Stamp,
    field_id: str,
    *,
    label: str | UnsetType = UNSET,
    options: Sequence[str] | UnsetType = UNSET,
    position: int | UnsetType = UNSET,
) -> Field:
    """Change what is given. Key and kind stay, because values lean on them; so do values that are offered no more."""
    stamp.need("fields.manage")
    await tx.lock("fields")
    field = await store.get_field(tx, field_id)
    edited = msgspec.structs.replace(
        field,
        label=field.label if label is UNSET else checked_label(label),
        options=field.options if options is UNSET else checked_options(field.kind, options),
        position=field.position if position is UNSET else position,
    )
    if edited != field:
        await store.keep_field(tx, edited)
        await append(tx, field.id, FieldEdited(field=edited), stamp)
    return edited
