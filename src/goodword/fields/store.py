"""Every query on fields."""

from collections.abc import Mapping

import msgspec

from goodword.fields.model import Field, Subject, Value, checked_value
from goodword.platform.db import Row, Tx
from goodword.platform.errors import BadInput, NotFound

KEEP = """
INSERT INTO fields (id, subject, key, label, kind, options, position)
VALUES (:id, :subject, :key, :label, :kind, :options, :position)
ON CONFLICT (id) DO UPDATE SET label = excluded.label, options = excluded.options, position = excluded.position
"""


async def all_fields(tx: Tx) -> list[Field]:
    """Those on conversations first, each kind in its order."""
    return [_field(row) for row in await tx.rows("SELECT * FROM fields ORDER BY subject, position, key")]


async def fields_on(tx: Tx, subject: Subject) -> dict[str, Field]:
    """By key, in their order."""
    rows = await tx.rows("SELECT * FROM fields WHERE subject = :subject ORDER BY position, key", subject=subject)
    return {row["key"]: _field(row) for row in rows}


async def get_field(tx: Tx, id: str) -> Field:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT * FROM fields WHERE id = :id", id=id)
    if row is None:
        raise NotFound("field")
    return _field(row)


async def keep_field(tx: Tx, field: Field) -> Field:
    values = msgspec.structs.asdict(field)
    subject, options = values.pop("on"), msgspec.json.encode(field.options).decode()
    await tx.run(KEEP, **values | {"subject": subject, "options": options})
    return field


async def drop_field(tx: Tx, id: str) -> None:
    await tx.run("DELETE FROM fields WHERE id = :id", id=id)


async def check(
    tx: Tx, subject: Subject, values: Mapping[str, object], *, others: bool = False
) -> dict[str, Value | None]:
    """The values as they are kept. ``BadInput``: one that its field doesn't take, or of a field that nobody defined;
    with ``others`` those are none of our business and left out.
    """
    known = await fields_on(tx, subject)
    if unknown := [key for key in values if key not in known and not others]:
        raise BadInput("field_unknown", fields={key[:40]: "unknown" for key in unknown})
    return {key: checked_value(known[key], value) for key, value in values.items() if key in known}


def _field(row: Row) -> Field:
    values = {name: row[name] for name in ("id", "key", "label", "kind", "position")}
    return Field(**values, on=row["subject"], options=msgspec.json.decode(row["options"], type=tuple[str, ...]))
