"""What looks like a quotation and is none stays; what is one and doesn't look like it is folded."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from goodword.channels.adapters.email.quotes import strip_html, strip_text

TRAPS = tomllib.loads(Path(__file__).with_name("traps.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_a_trap_is_seen_through(trap: dict[str, Any]):
    strip = strip_html if trap.get("html") else strip_text
    assert strip(trap["mail"], trap.get("subject", "")).new.split() == trap["new"].split()


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_nothing_is_lost(trap: dict[str, Any]):
    if not trap.get("html"):
        stripped = strip_text(trap["mail"])
        assert sorted(f"{stripped.new} {stripped.folded}".split()) == sorted(trap["mail"].split())


@pytest.mark.parametrize(
    ("name", "certain"), [("between", True), ("only_a_quotation", True), ("only_a_phone", False), ("a_form", False)]
)
def test_a_guess_is_called_one(name: str, certain: bool):
    assert strip_text(TRAPS[name]["mail"]).certain is certain
