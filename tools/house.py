"""Prints the proportions of this house beside those of the houses we admire. A compass, not a fence:
nothing fails by it."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/goodword"
ADAPTERS = PACKAGE / "channels/adapters"
# Channels named by an everyday word are looked for only where they can't be that word.
EVERYDAY = {"api", "chat", "email", "form", "mail", "phone", "public", "sms", "web"}


def main() -> None:
    ours = [*PACKAGE.rglob("*.py")]
    tests = [*(ROOT / "tests").rglob("*.py")]
    sources = {file: file.read_text() for file in ours}
    functions = sorted(size for file in ours for size in function_lengths(file, sources[file]))
    comments, lines = map(sum, zip(*map(comment_share, sources.values()), strict=True)) if ours else (0, 0)

    print(f"{'':42}{'ours':>22}   compass")
    show_files("Python files", ours)
    show_files("test files", tests)
    show_files("client files", [f for f in client_files() if f.suffix in {".ts", ".tsx"}])
    row("functions: median, p95 lines", spread(functions, (50, 95)), "≤ 10, ≤ 40")
    row("comments per 100 lines", f"{per_hundred(comments, lines):.1f}", "2–5, all why")
    row("mock lines per 100 tests", f"{per_hundred(*mocks(tests)):.1f}", "≤ 5")
    named = sorted(file for file in ours if names_a_channel(file, sources[file]))
    row("files outside that name a channel", str(len(named)), "0")
    for file in named:
        print(f"    {file.relative_to(ROOT)}")
    for file in sorted(ours, key=lambda file: -sources[file].count("\n")):
        if sources[file].count("\n") > 400:
            print(f"    over 400 lines: {file.relative_to(ROOT)}")


def row(what: str, ours: str, compass: str) -> None:
    print(f"{what:42}{ours:>22}   {compass}")


def show_files(what: str, files: list[Path]) -> None:
    sizes = sorted(file.read_text().count("\n") for file in files)
    sizes = [size for size in sizes if size]
    row(
        f"{what}: median, p95, most",
        spread(sizes, (50, 95, 100)),
        f"≤ 90, ≤ 250, ≤ 400   ({len(sizes)} files)",
    )


def spread(sizes: list[int], percents: tuple[int, ...]) -> str:
    if not sizes:
        return "none"
    last = len(sizes) - 1
    return ", ".join(str(sizes[last * percent // 100]) for percent in percents)


def per_hundred(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def client_files() -> Iterator[Path]:
    for file in (ROOT / "clients").rglob("*"):
        if not {"node_modules", "dist"} & set(file.parts):
            yield file


def function_lengths(file: Path, text: str) -> Iterator[int]:
    """Lines of each function's body, its docstring not counted."""
    for node in ast.walk(ast.parse(text, str(file))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def comment_share(text: str) -> tuple[int, int]:
    """Comments, and lines that are not blank. What tools are told (`# type:`, `# noqa`) is no comment."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    spoken = [
        token
        for token in tokens
        if token.type == tokenize.COMMENT and not re.match(r"#\s*(type:|noqa|!)", token.string)
    ]
    return len(spoken), sum(1 for line in text.splitlines() if line.strip())


def mocks(tests: list[Path]) -> tuple[int, int]:
    lines = [line for file in tests for line in file.read_text().splitlines()]
    mocked = sum(bool(re.search(r"\b(Mock|MagicMock|AsyncMock|monkeypatch|patch)\b[.(]", line)) for line in lines)
    return mocked, sum(bool(re.match(r"(async )?def test_", line)) for line in lines)


def names_a_channel(file: Path, text: str) -> bool:
    """The rig's fakes and the demo play the customers' side, so they may."""
    if ADAPTERS in file.parents or PACKAGE / "rig" in file.parents or not ADAPTERS.exists():
        return False
    channels = [folder.name for folder in ADAPTERS.iterdir() if (folder / "manifest.toml").exists()]
    return any(channel_pattern(name).search(text) for name in channels)


def channel_pattern(name: str) -> re.Pattern[str]:
    if name in EVERYDAY:
        return re.compile(rf"adapters[./]{name}\b")
    return re.compile(rf"(?<![a-z]){name}(?![a-z])", re.IGNORECASE)


if __name__ == "__main__":
    main()
