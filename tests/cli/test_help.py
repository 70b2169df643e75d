"""What the terminal says of itself."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from goodword.cli import COMMANDS, goodword

LOADED = (
    "import sys; from goodword.cli import goodword; goodword(['--help'], standalone_mode=False); print(*sys.modules)"
)


def test_the_list_of_commands_is_shown_without_loading_them():
    answer = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stdout
    assert "Serve the desk" in answer
    assert not {"litestar", "sqlalchemy", "numpy"} & set(answer.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_is_listed_is_there(name):
    command = goodword.get_command(click.Context(goodword), name)
    assert command
    assert command.name == name
    assert CliRunner().invoke(goodword, [name, "--help"]).exit_code == 0
