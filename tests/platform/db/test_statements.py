import pytest
from sqlalchemy import Boolean, Column, MetaData, String, Table, delete, insert, or_, select, update

from goodword.platform.db.statements import numbered

things = Table("shelf", MetaData(), Column("what", String), Column("label", String), Column("sharp", Boolean))


def test_names_become_numbers_and_the_same_name_the_same_number():
    sql, names = numbered("SELECT :b, :a, :b, '12:30', x::text, a[1:2] FROM t WHERE at>:at_2")
    assert sql == "SELECT $1, $2, $1, '12:30', x::text, a[1:2] FROM t WHERE at>$3"
    assert names == ("b", "a", "at_2")


@pytest.mark.anyio
async def test_expressions_mean_the_same_on_both_databases(database, shelf):
    async def story(tx):
        await tx.run("ALTER TABLE shelf ADD COLUMN sharp BOOLEAN DEFAULT FALSE")
        for what, sharp in (("knife", True), ("kettle", False), ("50% off: 'planter'", False)):
            await tx.run(insert(things).values(what=what, label="new", sharp=sharp))
        some = select(things.c.what).where(things.c.what.in_(["knife", "kettle", "spoon"])).order_by(things.c.what)
        none = select(things.c.what).where(things.c.what.in_([]))
        like = select(things.c.what).where(or_(things.c.what.like("50\\% off%", escape="\\"), things.c.sharp))
        changed = await tx.run(update(things).where(things.c.sharp.is_(True)).values(label="mind your fingers"))
        gone = await tx.run(delete(things).where(things.c.label == "mind your fingers"))
        return [
            [row["what"] for row in await tx.rows(some)],
            await tx.rows(none),
            len(await tx.rows(like)),
            (changed, gone),
            await tx.value(select(things.c.label).where(things.c.what == "kettle").limit(1)),
            await tx.row("SELECT * FROM shelf WHERE what = :what", what="spoon"),
        ]

    assert await database.write(story) == [["kettle"], [], 1, (1, 1), "new", None]
