"""``goodword audit``: what an operator runs, and what it says when somebody was at the database."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goodword.cli import goodword

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A desk with one administrator."""
    monkeypatch.setenv("GOODWORD_EMBEDDING", "none")
    monkeypatch.setenv("GOODWORD_DATA", str(tmp_path / "desk"))

    def call(*words: str) -> Result:
        return CliRunner().invoke(goodword, list(words))

    made = call("setup", "--name", "Ada Silva", "--email", "ada@fennel-oak.example", "--password", "thyme-and-oak")
    assert made.exit_code == 0, made.output
    return call


@pytest.fixture
def by_hand(tmp_path: Path) -> Callable[[str], None]:
    """Somebody who has the file."""

    def change(sql: str) -> None:
        with closing(sqlite3.connect(tmp_path / "desk" / "goodword.db")) as file:
            file.executescript("DROP TRIGGER IF EXISTS events_keep_their_content; DROP TRIGGER IF EXISTS events_stay;")
            file.executescript(sql)

    return change


def test_a_desk_that_nobody_touched_is_sound(run: Run) -> None:
    fresh = run("audit", "verify")
    assert fresh.exit_code == 0
    assert "0 events verified, 1 not linked yet" in fresh.output
    head = run("audit", "head").output.strip()
    assert head.startswith("1:")
    assert f"1 events verified, 0 not linked yet. Head: {head}" in run("audit", "verify").output
    since = json.loads(run("audit", "verify", "--from-anchor", head, "--json").output)
    assert (since["sound"], since["checked"], since["head"]) == (True, 0, head)


@pytest.mark.parametrize(
    ("sql", "kind", "told"),
    [
        ("UPDATE events SET actor_name = 'Nobody' WHERE seq = 1", "changed", "event 1 (link 1) says something else"),
        ("DELETE FROM events WHERE seq = 1", "missing", "event 1 (link 1) is gone"),
    ],
)
def test_what_was_done_by_hand_is_told(
    run: Run, by_hand: Callable[[str], None], sql: str, kind: str, told: str
) -> None:
    run("audit", "head")
    by_hand(sql)
    result = run("audit", "verify")
    assert result.exit_code == 1
    assert told in result.output
    answer = json.loads(run("audit", "verify", "--json").output)
    assert (answer["sound"], answer["trouble"]["kind"], answer["trouble"]["seq"]) == (False, kind, 1)


def test_another_log_is_told_from_ours(run: Run) -> None:
    run("audit", "head")
    result = run("audit", "verify", "--from-anchor", f"1:{'a' * 64}")
    assert result.exit_code == 1
    assert "ANOTHER LOG" in result.output
    assert run("audit", "verify", "--from-anchor", "one").exit_code != 0
