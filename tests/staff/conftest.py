"""The staff of Fennel & Oak."""

import asyncio

import pytest

from goodword.platform.events import SYSTEM, Stamp
from goodword.staff import Caller, Profile, add_agent, hashed, set_up

PASSWORD = "sharp knives, calm hands"


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Made once: it is slow on purpose."""
    return asyncio.run(hashed(PASSWORD, ""))


@pytest.fixture
async def ada(database, clock, password_hash):
    """The administrator."""
    profile = Profile("Ada Silva", "ada@fennel-oak.example", languages=("en", "fr"))
    return await database.write(set_up, Stamp(clock.now(), SYSTEM), profile, password_hash, "Fennel & Oak")


@pytest.fixture
async def li_na(database, clock, ada, password_hash):
    """An agent."""
    profile = Profile("Li Na", "li@fennel-oak.example", language="zh-Hans", languages=("zh-Hans", "zh-Hant", "en"))
    return await database.write(add_agent, Caller(agent=ada).stamp(clock.now()), profile, password_hash)
