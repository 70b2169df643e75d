"""A second factor beside the password: got, used, renewed, given up."""

from goodword.platform.clock import SECOND
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput, Conflict, RateLimited
from goodword.platform.events import Stamp, append
from goodword.platform.ids import fingerprint
from goodword.platform.sealing import seal, unseal
from goodword.staff import factors, keys, totp
from goodword.staff.actions.edit_agent import hold_below
from goodword.staff.events import RecoveryCodesMade, RecoveryCodeUsed, TwoFactorTurnedOff, TwoFactorTurnedOn
from goodword.staff.model import MOST_FAILURES_HERE, Agent, wait_after


async def enrol(tx: Tx, key: bytes, agent: Agent) -> str:
    """A secret for his app; it counts once a code made with it was given to ``confirm``. ``Conflict``: he has one."""
    secret = totp.new_secret()
    if not await factors.keep_unconfirmed(tx, agent.id, seal(key, _about(agent), secret)):
        raise Conflict("two_factor_on")
    return secret


async def confirm(
    tx: Tx, stamp: Stamp, key: bytes, agent: Agent, code: str, keep_session: str = ""
) -> list[str] | None:
    """His recovery codes, shown this once; his other sessions end. None: the code is wrong."""
    found = await factors.find(tx, agent.id)
    if found is None:
        raise Conflict("two_factor_off")
    if found.confirmed_at is not None:
        raise Conflict("two_factor_on")
    if not await _count(tx, agent, stamp.at, await _is_code(tx, key, agent, code, stamp.at)):
        return None
    await factors.confirm(tx, agent.id, stamp.at)
    await keys.close_sessions(tx, agent.id, but=keep_session)
    await append(tx, agent.id, TwoFactorTurnedOn(agent=agent.named), stamp)
    return await _new_codes(tx, agent)


async def accept(tx: Tx, stamp: Stamp, key: bytes, agent: Agent, code: str) -> bool:
    """Whether ``code`` is his: of the app, each once, or a recovery code. ``RateLimited``: too many were wrong.

    Wrong ones are counted in the same transaction, which therefore must be committed.
    """
    right = await _is_code(tx, key, agent, code, stamp.at)
    if await _count(tx, agent, stamp.at, right):
        return True
    if not await factors.use_recovery_code(tx, agent.id, code):
        return False
    await keys.forget_attempts(tx, _bucket(agent), agent.id, "")
    left = await factors.recovery_codes_left(tx, agent.id)
    await append(tx, agent.id, RecoveryCodeUsed(agent=agent.named, left=left), stamp)
    return True


async def renew_codes(tx: Tx, stamp: Stamp, key: bytes, agent: Agent, code: str) -> list[str] | None:
    """New recovery codes in place of the old ones. None: the code is wrong."""
    if not await factors.is_on(tx, agent.id):
        raise Conflict("two_factor_off")
    if not await accept(tx, stamp, key, agent, code):
        return None
    await append(tx, agent.id, RecoveryCodesMade(agent=agent.named), stamp)
    return await _new_codes(tx, agent)


async def turn_off(tx: Tx, stamp: Stamp, key: bytes, agent: Agent, code: str) -> bool:
    """He does without from now on. False: the code is wrong."""
    if not await factors.is_on(tx, agent.id):
        raise Conflict("two_factor_off")
    if not await accept(tx, stamp, key, agent, code):
        return False
    await factors.forget(tx, agent.id)
    await append(tx, agent.id, TwoFactorTurnedOff(agent=agent.named), stamp)
    return True


async def reset_two_factor(tx: Tx, stamp: Stamp, agent_id: str) -> None:
    """Somebody has lost his telephone: his second factor is gone and his sessions end."""
    stamp.need("staff.manage")
    agent = await hold_below(tx, stamp, agent_id)
    if not await factors.forget(tx, agent.id):
        raise Conflict("two_factor_off")
    await keys.close_sessions(tx, agent.id)
    await append(tx, agent.id, TwoFactorTurnedOff(agent=agent.named), stamp)


def wrong_code() -> BadInput:
    return BadInput("code", fields={"code": "code"})


async def _is_code(tx: Tx, key: bytes, agent: Agent, code: str, now: int) -> bool:
    await tx.lock(f"two-factor:{agent.id}")
    found = await factors.find(tx, agent.id)
    if found is None:
        return False
    step = totp.matching_step(unseal(key, _about(agent), found.secret), code, now, after=found.last_step)
    return step is not None and await factors.use_step(tx, agent.id, step)


async def _count(tx: Tx, agent: Agent, now: int, right: bool) -> bool:
    """A wrong code counts; after too many even a right one does not help. Six figures are soon guessed otherwise."""
    wait = wait_after((await keys.failures(tx, _bucket(agent), agent.id, now))[0], MOST_FAILURES_HERE, now)
    if wait:
        raise RateLimited("sign_in", retry_after=wait / SECOND, minutes=-(-wait // 60_000))
    if right:
        await keys.forget_attempts(tx, _bucket(agent), agent.id, "")
    else:
        await keys.note_attempt(tx, _bucket(agent), agent.id, now)
    return right


async def _new_codes(tx: Tx, agent: Agent) -> list[str]:
    codes = totp.new_recovery_codes()
    await factors.keep_recovery_codes(tx, agent.id, codes)
    return codes


def _about(agent: Agent) -> str:
    return f"two-factor:{agent.id}"


def _bucket(agent: Agent) -> str:
    return fingerprint(f"second-factor:{agent.id}")
