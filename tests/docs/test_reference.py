"""What the code knows is in the documentation: the generated pages are those of this code, and leave nothing out."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from goodword import app
from goodword.cli import goodword
from goodword.platform.errors import GoodwordError
from goodword.platform.events import Fact
from goodword.platform.settings import Settings, load

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def reference() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs/reference").glob("*.md"))


@pytest.mark.parametrize("terminal", ["40", "200"])
def test_the_reference_is_what_the_code_says_today(terminal):
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": terminal}
    checked = subprocess.run(
        [sys.executable, ROOT / "tools/reference.py", "--check"], env=environment, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_setting_is_explained(reference):
    assert [name for name in Settings.__struct_fields__ if f"| `{name}` |" not in reference] == []


def test_every_event_is_explained(reference):
    ours = {name for name, fact in Fact.known.items() if fact.__module__.startswith("goodword.")}
    assert len(ours) > 20
    assert [name for name in sorted(ours) if f"- **{name}**" not in reference] == []


def test_every_command_is_explained(reference):
    assert [path for path in commands(goodword, "goodword") if f"## {path}\n" not in reference] == []


def test_every_error_is_explained(reference):
    assert [code for code in sorted(codes(GoodwordError)) if f"## `{code}`" not in reference] == []


async def test_every_address_is_explained(reference, tmp_path):
    async with app.open_desk(load({}, data=tmp_path, embedding="none"), reacting=False) as desk:
        paths = {route.path_format for route in app.build_app(desk).routes}
    ours = {path for path in paths if not path.startswith("/schema")}
    assert len(ours) > 50
    assert [path for path in sorted(ours) if f" {path}`**" not in reference] == []


def commands(group: click.Command, path: str) -> Iterator[str]:
    if not isinstance(group, click.Group):
        yield path
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found
        yield from commands(found, f"{path} {name}")


def codes(kind: type[GoodwordError]) -> set[str]:
    return {kind.code}.union(*(codes(child) for child in kind.__subclasses__()))
