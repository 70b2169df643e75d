"""The pages written by hand: links lead somewhere, and what they name is there."""

import json
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/goodword"
# The demo's articles link to each other's addresses in the help centre, not to files.
NOT_OURS = {"node_modules", "data", "build", "dist", "articles"}
CODE = re.compile(r"^ *```.*?^ *```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED_FILE = re.compile(r"`([\w./-]+/[\w.-]+\.(?:py|toml|json|md|ts|tsx|css))`")


def pages() -> Iterator[Path]:
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = sorted(name for name in subfolders if name not in NOT_OURS and not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(".md"))


@pytest.mark.parametrize("page", list(pages()), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    links = LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
    assert [link for link in links if not leads_somewhere(page, link)] == []


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = unquote(link).partition("#")
    if re.match(r"[a-z]+:", path):
        return True
    target = (page.parent / path) if path else page
    return target.exists() and (not anchor or anchor in anchors(target.read_text(encoding="utf-8")))


def anchors(text: str) -> set[str]:
    """As forges make them of headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    "name", ["map.md", "glossary.md", "howto/development.md", *sorted(os.listdir(ROOT / "docs/decisions"))]
)
def test_files_that_are_named_are_there(name):
    page = ROOT / "docs" / name if (ROOT / "docs" / name).exists() else ROOT / "docs/decisions" / name
    named = NAMED_FILE.findall(page.read_text(encoding="utf-8"))
    planned = {"conversations/actions/pin.py"}  # the example of the how-to
    assert [
        file for file in named if file not in planned and not any((at / file).exists() for at in (ROOT, PACKAGE))
    ] == []


def test_the_map_names_every_package_and_no_other():
    tree = (ROOT / "docs/map.md").read_text(encoding="utf-8").split("## The tree")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]*) \|", tree, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    there = {folder.parent.name for folder in PACKAGE.glob("*/__init__.py")} | {"app"}
    assert len(named) == len(set(named))
    assert set(named) == there


def test_the_glossary_is_in_order_and_says_each_word_once():
    words = re.findall(
        r"^\| \*\*([\w -]+)\*\* \|", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(words) > 20
    assert words == sorted(set(words))


def test_dependencies_are_explained_each_and_no_other():
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs/dependencies.md").read_text(encoding="utf-8"), re.MULTILINE)
    explained = {name for row in rows if row != "name" for name in row.split(", ")}
    assert explained == of_python() | of_the_clients() | of_the_machine()


def of_python() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(one for group in project["dependency-groups"].values() for one in group),
    ]
    return {re.split(r"[^\w.-]", one)[0] for one in wanted}


def of_the_clients() -> set[str]:
    clients = ROOT / "clients"
    packages = [json.loads(file.read_text()) for file in (clients / "package.json", *clients.glob("*/package.json"))]
    wanted = {name for one in packages for kind in ("dependencies", "devDependencies") for name in one.get(kind, {})}
    return {name for name in wanted if not name.startswith("@goodword/")}


def of_the_machine() -> set[str]:
    """What `tools` fetches by itself."""
    debian = set(re.findall(r"^ +need (\S+) (?!\S+ -c)", (ROOT / "tools/system-packages").read_text(), re.MULTILINE))
    wheel = re.search(r'NODE_WHEEL = "([\w-]+)', (ROOT / "tools/build_clients.py").read_text())
    node = json.loads((ROOT / "clients/package.json").read_text())["engines"]["node"].removeprefix(">=")
    assert wheel
    return {*debian, wheel[1], f"Node {node} or newer"}
