"""Passwords as argon2id hashes, made on two threads of their own: guessers take neither the loop nor the memory."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from goodword.staff.model import LONGEST_PASSWORD, check_password

# The first choice of the OWASP cheat sheet: 19 MiB, two passes.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_THREADS = ThreadPoolExecutor(2, "password")


async def hashed(password: str, email: str) -> str:
    """What is kept of a password. ``BadInput``: too short, too long, or the e-mail address."""
    check_password(password, email)
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def matches(password: str, kept: str | None) -> bool:
    """Whether it is the right one. Takes as long where nothing is kept: nobody learns whose address is known."""
    password = password[: LONGEST_PASSWORD + 1]
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _matches, password, kept)


def _matches(password: str, kept: str | None) -> bool:
    try:
        return _HASHER.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex())
