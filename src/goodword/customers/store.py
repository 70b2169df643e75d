"""Every query on customers."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from goodword.customers.contact import folded
from goodword.customers.model import Blocked, Customer, Identity, Item, Merge, Order, Session, Tier
from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound

LARGEST = (1 << 63) - 1

CREATE = """
INSERT INTO customers (id, name, email, phone, language, city, anonymous, attributes, search, created_at)
VALUES (:id, :name, :email, :phone, :language, :city, :anonymous, :attributes, :search, :created_at)
"""
KEEP = """
UPDATE customers SET name = :name, email = :email, phone = :phone, language = :language, city = :city,
  anonymous = :anonymous, attributes = :attributes, search = :search
WHERE id = :id
"""
IDENTIFY = """
INSERT INTO customer_identities (id, customer_id, kind, scope, value, verified, name, email, origin_id, created_at)
VALUES (:id, :customer_id, :kind, :scope, :value, :verified, :name, :email, :origin_id, :at)
"""
KEEP_IDENTITY = "UPDATE customer_identities SET verified = :verified, name = :name, email = :email WHERE id = :id"
MERGE = """
INSERT INTO customer_merges (id, from_id, into_id, identity_ids, order_numbers, filled, reason, at)
VALUES (:id, :from_id, :into_id, :identity_ids, :order_numbers, :filled, :reason, :at)
"""
ORDER = """
INSERT INTO orders (number, customer_id, placed_at, status, total_cents, currency, items)
VALUES (:number, :customer_id, :placed_at, :status, :total_cents, :currency, :items)
ON CONFLICT (number) DO UPDATE SET customer_id = excluded.customer_id, placed_at = excluded.placed_at,
  status = excluded.status, total_cents = excluded.total_cents, currency = excluded.currency, items = excluded.items
"""
SESSION = """
INSERT INTO visitor_sessions (token_hash, channel_id, identity_id, signed_identity_id, created_at, last_seen_at,
  expires_at, page, title, referrer, answered_at)
VALUES (:token_hash, :channel_id, :identity_id, :signed_identity_id, :created_at, :last_seen_at,
  :expires_at, :page, :title, :referrer, :answered_at)
ON CONFLICT (token_hash) DO UPDATE SET signed_identity_id = excluded.signed_identity_id,
  last_seen_at = excluded.last_seen_at, expires_at = excluded.expires_at,
  page = excluded.page, title = excluded.title, referrer = excluded.referrer, answered_at = excluded.answered_at
"""
BEHIND = "created_at <= :at AND (created_at < :at OR id < :id)"
# ``search`` and what is looked for in it are folded alike, so that LIKE, which folds once more, would only be slow;
# and so would SQLite be if it could go by the index of ``created_at``, unless what is asked for is common.
FIND = {"sqlite": "instr(search, :wanted) > 0", "postgresql": "strpos(search, :wanted) > 0"}
SEARCH = f"""
SELECT * FROM customers WHERE merged_into IS NULL AND {BEHIND.replace("created_at", "created_at + 0")} AND {{find}}
ORDER BY created_at + 0 DESC, id DESC LIMIT :limit
"""
AMONG_THE_NEWEST = f"""
SELECT * FROM (
  SELECT * FROM customers WHERE merged_into IS NULL AND {BEHIND} ORDER BY created_at DESC, id DESC LIMIT :newest
) AS newest
WHERE {{find}} ORDER BY created_at DESC, id DESC LIMIT :limit
"""
FEW = 1_000
# Whoever is blocked stays so when he claims an address and his record becomes part of another; the other isn't.
IS_BLOCKED = """
SELECT 1 FROM customer_identities i JOIN customers c ON c.id IN (i.customer_id, i.origin_id)
WHERE i.id = :id AND c.blocked_at IS NOT NULL AND (c.blocked_until IS NULL OR c.blocked_until > :at) LIMIT 1
"""
FORGIVE = """
UPDATE customers SET blocked_at = NULL, blocked_until = NULL
WHERE blocked_at IS NOT NULL
  AND (id = :id OR id IN (SELECT origin_id FROM customer_identities WHERE customer_id = :id))
"""
NEWEST = f"""
SELECT * FROM customers WHERE merged_into IS NULL AND anonymous = :anonymous AND {BEHIND}
ORDER BY created_at DESC, id DESC LIMIT :limit
"""


async def find_customer(tx: Tx, id: str) -> Customer | None:
    """The record that stands for ``id`` now: where it was merged into another, that one."""
    row = await tx.row("SELECT * FROM customers WHERE id = :id", id=id)
    while row is not None and row["merged_into"]:
        row = await tx.row("SELECT * FROM customers WHERE id = :id", id=row["merged_into"])
    return None if row is None else _customer(row)


async def get_customer(tx: Tx, id: str) -> Customer:
    """See ``find_customer``. ``NotFound`` where there is none."""
    customer = await find_customer(tx, id)
    if customer is None:
        raise NotFound("customer")
    return customer


async def set_blocked(tx: Tx, id: str, blocked: Blocked) -> None:
    sql = "UPDATE customers SET blocked_at = :at, blocked_until = :until WHERE id = :id"
    await tx.run(sql, id=id, at=blocked.at, until=blocked.until)


async def forgive(tx: Tx, id: str) -> bool:
    """Neither he nor what became part of his record is blocked any more. False: nobody was."""
    return bool(await tx.run(FORGIVE, id=id))


async def is_blocked(tx: Tx, identity_id: str, at: int) -> bool:
    """Whether what comes in through this identity is answered by nobody."""
    return await tx.value(IS_BLOCKED, id=identity_id, at=at) is not None


async def hold_records(tx: Tx) -> None:
    """Nobody else changes a record or merges two until this transaction ends.

    One key for all: two records that merge into each other at once would leave none standing.
    """
    await tx.lock("customers.records")


async def hold_customer(tx: Tx, id: str) -> Customer:
    """``get_customer``, with everyone else who wants to change a record waiting."""
    await hold_records(tx)
    return await get_customer(tx, id)


async def keep_tier(tx: Tx, customer_id: str, tier: Tier) -> None:
    await tx.run("UPDATE customers SET tier = :tier WHERE id = :id", tier=tier, id=customer_id)


async def search_customers(
    tx: Tx, query: str, limit: int = 50, before: tuple[int, str] = (LARGEST, "")
) -> list[Customer]:
    """Those with a word of name, e-mail or phone that begins with ``query``, newest first.

    Nothing asked: everyone we know by name. Records that were merged into another are left out. ``before``: when the
    one was made, and its id, behind which they begin.
    """
    wanted, (at, id) = folded(query).strip(), before
    if not wanted:
        rows = await tx.rows(NEWEST, anonymous=False, limit=limit, at=at, id=id)
    else:
        rows = await _called(tx, f" {wanted}", limit, at=at, id=id)
    return [_customer(row) for row in rows]


async def _called(tx: Tx, wanted: str, limit: int, **before: Any) -> Sequence[Row]:
    """What is common fills the list from the newest few; what isn't is looked for among all."""
    find = FIND[tx.engine]
    given = {"wanted": wanted, "limit": limit, **before}
    rows = await tx.rows(AMONG_THE_NEWEST.format(find=find), newest=FEW, **given)
    return rows if len(rows) == limit else await tx.rows(SEARCH.format(find=find), **given)


async def create_customer(tx: Tx, customer: Customer) -> None:
    await tx.run(CREATE, **_columns(customer), created_at=customer.created_at)


async def keep_customer(tx: Tx, customer: Customer) -> Customer:
    """Write what has changed."""
    await tx.run(KEEP, **_columns(customer))
    return customer


async def point_to(tx: Tx, from_id: str, into_id: str | None) -> None:
    """Have another record stand for ``from_id``, or none."""
    await tx.run("UPDATE customers SET merged_into = :into_id WHERE id = :id", id=from_id, into_id=into_id)


async def find_identity(tx: Tx, kind: str, scope: str, value: str) -> Identity | None:
    sql = "SELECT * FROM customer_identities WHERE kind = :kind AND scope = :scope AND value = :value"
    row = await tx.row(sql, kind=kind, scope=scope, value=value)
    return None if row is None else _identity(row)


async def get_identity(tx: Tx, id: str) -> Identity:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT * FROM customer_identities WHERE id = :id", id=id)
    if row is None:
        raise NotFound("customer")
    return _identity(row)


async def identities_of(tx: Tx, customer_id: str) -> list[Identity]:
    """Oldest first."""
    sql = "SELECT * FROM customer_identities WHERE customer_id = :id ORDER BY created_at, id"
    return [_identity(row) for row in await tx.rows(sql, id=customer_id)]


async def add_identity(tx: Tx, identity: Identity, at: int) -> None:
    await tx.run(IDENTIFY, **msgspec.structs.asdict(identity), at=at)


async def keep_identity(tx: Tx, identity: Identity) -> Identity:
    """Write what has been claimed or proved."""
    await tx.run(
        KEEP_IDENTITY,
        id=identity.id,
        verified=identity.verified,
        name=identity.name,
        email=identity.email,
    )
    return identity


async def move_identities(tx: Tx, ids: Iterable[str], from_id: str, into_id: str) -> tuple[str, ...]:
    """Give those of ``ids`` that ``from_id`` has to ``into_id``; say which."""
    sql = "UPDATE customer_identities SET customer_id = :into_id WHERE id = :id AND customer_id = :from_id"
    return tuple([id for id in ids if await tx.run(sql, id=id, from_id=from_id, into_id=into_id)])


async def move_orders(tx: Tx, numbers: Iterable[str], from_id: str, into_id: str) -> None:
    sql = "UPDATE orders SET customer_id = :into_id WHERE number = :number AND customer_id = :from_id"
    for number in numbers:
        await tx.run(sql, number=number, from_id=from_id, into_id=into_id)


async def orders_of(tx: Tx, customer_id: str, limit: int = 20) -> list[Order]:
    """Newest first."""
    sql = "SELECT * FROM orders WHERE customer_id = :id ORDER BY placed_at DESC, number DESC LIMIT :limit"
    return [_order(row) for row in await tx.rows(sql, id=customer_id, limit=limit)]


async def keep_order(tx: Tx, order: Order) -> None:
    values = msgspec.structs.asdict(order) | {"items": msgspec.json.encode(order.items).decode()}
    await tx.run(ORDER, **values)


async def keep_merge(tx: Tx, merge: Merge) -> None:
    values = {name: getattr(merge, name) for name in ("id", "from_id", "into_id", "reason", "at")}
    for name in ("identity_ids", "order_numbers", "filled"):
        values[name] = msgspec.json.encode(getattr(merge, name)).decode()
    await tx.run(MERGE, **values)


async def get_merge(tx: Tx, id: str) -> Merge:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT * FROM customer_merges WHERE id = :id", id=id)
    if row is None:
        raise NotFound("merge")
    return _merge(row)


async def merges_into(tx: Tx, customer_id: str) -> list[Merge]:
    """What was merged into this record and can be undone, newest first."""
    sql = "SELECT * FROM customer_merges WHERE into_id = :id AND undone_at IS NULL ORDER BY at DESC, id DESC"
    return [_merge(row) for row in await tx.rows(sql, id=customer_id)]


async def names_of_merged(tx: Tx, customer_id: str) -> dict[str, str]:
    """What those that were merged into this record are called themselves, by their ids."""
    sql = """SELECT c.id, c.name FROM customer_merges m JOIN customers c ON c.id = m.from_id
             WHERE m.into_id = :id AND m.undone_at IS NULL"""
    return {row["id"]: row["name"] for row in await tx.rows(sql, id=customer_id)}


async def claim_of(tx: Tx, from_id: str) -> Merge | None:
    """The merge by which a mere claim made ``from_id`` part of another record."""
    sql = "SELECT * FROM customer_merges WHERE from_id = :id AND reason = 'claim' AND undone_at IS NULL"
    row = await tx.row(sql, id=from_id)
    return None if row is None else _merge(row)


async def mark_undone(tx: Tx, merge_id: str, at: int) -> bool:
    """False: it was undone before."""
    sql = "UPDATE customer_merges SET undone_at = :at WHERE id = :id AND undone_at IS NULL"
    return bool(await tx.run(sql, id=merge_id, at=at))


async def find_session(tx: Tx, token_hash: str, channel_id: str, now: int) -> Session | None:
    """What the token opens at this channel, unless its time is over."""
    sql = "SELECT * FROM visitor_sessions WHERE token_hash = :hash AND channel_id = :channel_id AND expires_at > :now"
    row = await tx.row(sql, hash=token_hash, channel_id=channel_id, now=now)
    return None if row is None else Session(**{name: row[name] for name in Session.__struct_fields__})


async def keep_session(tx: Tx, session: Session) -> Session:
    await tx.run(SESSION, **msgspec.structs.asdict(session))
    return session


async def forget_sessions(tx: Tx, now: int) -> int:
    """Drop the sessions whose time is over; say how many."""
    return await tx.run("DELETE FROM visitor_sessions WHERE expires_at <= :now", now=now)


def _columns(customer: Customer) -> dict[str, Any]:
    values = msgspec.structs.asdict(customer)
    del values["merged_into"], values["created_at"], values["tier"]
    values["attributes"] = msgspec.json.encode(customer.attributes).decode()
    return values | {"search": folded(customer.name, customer.email, customer.phone)}


def _customer(row: Row) -> Customer:
    values = {name: row[name] for name in Customer.__struct_fields__ if name != "blocked"}
    values["blocked"] = Blocked(row["blocked_at"], row["blocked_until"]) if row["blocked_at"] else None
    values |= {"anonymous": bool(row["anonymous"]), "attributes": msgspec.json.decode(row["attributes"])}
    return Customer(**values)


def _identity(row: Row) -> Identity:
    values = {name: row[name] for name in Identity.__struct_fields__}
    return Identity(**values | {"verified": bool(row["verified"])})


def _order(row: Row) -> Order:
    values = {name: row[name] for name in Order.__struct_fields__}
    return Order(**values | {"items": msgspec.json.decode(row["items"], type=tuple[Item, ...])})


def _merge(row: Row) -> Merge:
    values = {name: row[name] for name in Merge.__struct_fields__}
    for name in ("identity_ids", "order_numbers"):
        values[name] = msgspec.json.decode(row[name], type=tuple[str, ...])
    return Merge(**values | {"filled": msgspec.json.decode(row["filled"], type=dict[str, tuple[Any, Any]])})
