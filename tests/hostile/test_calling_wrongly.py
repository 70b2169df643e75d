"""``goodword`` called with something wrong: one clear line, an exit code, and never a traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

PATIENCE = 60


def called(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GOODWORD_")}
    given = {f"GOODWORD_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "goodword", *arguments]
    return subprocess.run(
        command, env={**plain, **given}, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode not in (0, -11), result.stderr
    assert "Traceback" not in result.stderr + result.stdout, result.stderr
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, result.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"port": "99999"}, "port"),
        ({"port": "many"}, "port"),
        ({"language": "tlh"}, "language"),
        ({"secret_key": "short"}, "secret_key"),
        ({"database_url": "mysql://x"}, "database_url"),
        ({"log_level": "loud"}, "log_level"),
        ({"public_url": "desk.example"}, "public_url"),
        ({"embedding": "http"}, "embedding_url"),
        ({"demo": "perhaps"}, "demo"),
    ],
)
def test_a_setting_that_can_not_be_is_named(tmp_path: Path, settings, named):
    assert named in one_line(called("serve", "--data", str(tmp_path), **settings))


def test_a_file_of_settings_that_can_not_be_read_is_named(tmp_path: Path):
    (tmp_path / "goodword.toml").write_bytes(b"port = \xff")
    assert "goodword.toml" in one_line(called("migrate", "--data", str(tmp_path)))
    (tmp_path / "goodword.toml").write_text("colour = 'green'\n")
    assert "colour" in one_line(called("migrate", "--data", str(tmp_path)))


@pytest.mark.parametrize("command", ["serve", "work", "migrate", "check"])
def test_a_database_that_is_none_is_said(tmp_path: Path, command):
    (tmp_path / "goodword.db").write_bytes(b"This is a letter, not a database. " * 200)
    result = called(command, "--data", str(tmp_path), embedding="none")
    assert result.returncode == 1
    assert result.stderr.startswith("goodword: ")
    assert "not a database" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_database_that_is_away_is_said(tmp_path: Path):
    url = "postgresql://nobody:hush@127.0.0.1:9/none"
    assert "hush" not in one_line(called("serve", "--data", str(tmp_path), database_url=url))


def test_a_folder_that_can_not_be_made_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    one_line(called("serve", "--data", str(tmp_path / "file" / "data"), embedding="none"))
    one_line(called("demo", "--data", "/proc/nowhere", embedding="none"))


def test_a_port_that_is_taken_is_said(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert port in one_line(called("serve", "--data", str(tmp_path), port=port, embedding="none"))
