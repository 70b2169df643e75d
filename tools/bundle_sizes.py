"""Weighs the built clients, gzipped, against the budgets in docs/map.md; exits 1 when one is exceeded.

The widget promises two weights: the script on the customer's page, and the chat that comes with the
first click (texts, and the parts for home, forms, files and so on, have small ones of their own). The workspace
promises its first load (what index.html names), each route that is loaded later, and its style sheets.
"""

import gzip
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

STATIC = Path(__file__).resolve().parent.parent / "src/goodword/web/static"
LAUNCHER = "widget.js"
KB = 1024


class Weight(NamedTuple):
    what: str
    size: int
    budget: int


def main() -> None:
    weights = [*widget(STATIC / "widget"), *workspace(STATIC / "workspace")]
    for weight in weights:
        verdict = "" if weight.size <= weight.budget else "   TOO HEAVY"
        print(f"{weight.what:44} {weight.size / KB:7.1f} of {weight.budget / KB:5.0f} KB gz{verdict}")
    if not weights:
        print("No client has been built: nothing weighed.")
    sys.exit(any(weight.size > weight.budget for weight in weights))


def widget(folder: Path) -> Iterator[Weight]:
    """What comes with the page, with the first click, and later; of the texts a page loads one language's."""
    if not folder.exists():
        return
    yield Weight("widget, before the first click", gzipped([folder / LAUNCHER]), 3 * KB)
    yield Weight("widget, with the first click", gzipped([folder / "panel.js"]), 15 * KB)
    yield Weight("widget, texts of a language", max(gzipped([file]) for file in folder.glob("texts.*.js")), 3 * KB)
    for part in ("home.js", "forms.js", "rating.js", "media.js", "files.js", "contact.js", "greet.js"):
        yield Weight(f"widget, later: {part}", gzipped([folder / part]), 4 * KB)


def workspace(folder: Path) -> Iterator[Weight]:
    page = folder / "index.html"
    if not page.exists():
        return
    named = set(re.findall(r'(?:src|href)="[^"]*?([^"/]+\.(?:js|css))"', page.read_text()))
    files = {file.name: file for file in folder.rglob("*") if file.suffix in {".js", ".css"}}
    first = [file for name, file in files.items() if name in named and file.suffix == ".js"]
    yield Weight("workspace, first load", gzipped([page, *first]), 200 * KB)
    yield Weight("workspace, styles", gzipped(f for f in files.values() if f.suffix == ".css"), 15 * KB)
    for name, file in sorted(files.items()):
        if name not in named and file.suffix == ".js":
            yield Weight(f"workspace, later: {name}", gzipped([file]), 60 * KB)


def gzipped(files: Iterable[Path]) -> int:
    """Bytes after gzip, file by file, as a server would send them."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


if __name__ == "__main__":
    main()
