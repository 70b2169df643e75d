"""A PostgreSQL of one's own, for tests and benchmarks.

Made in a folder, on a free port of loopback, gone afterwards.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goodword.rig.server import free_port

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt")


class NoPostgres(Exception):
    """No PostgreSQL server is installed here."""


@contextmanager
def private_postgres(*, durable: bool = False) -> Iterator[str]:
    """Yields ``postgresql://…/postgres``.

    ``durable=False`` trades safety for speed. ``NoPostgres`` where none is installed.
    """
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="goodword-pg-") as folder:
        data, port = Path(folder) / "data", free_port()
        shutil.chown(folder, *_owner())
        _run(
            programs / "initdb",
            "-D",
            data,
            "-U",
            "goodword",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = [
            f"port={port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={folder}",
            "max_connections=200",
        ]
        options += () if durable else FAST
        flags = " ".join(f"-c {option}" for option in options)
        _run(programs / "pg_ctl", "-D", data, "-w", "-l", Path(folder) / "log", "-o", flags, "start")
        try:
            yield f"postgresql://goodword@127.0.0.1:{port}/postgres"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _programs() -> Path:
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted((path.parent for place in PLACES for path in Path(place).glob("*/bin/initdb")), reverse=True)
    if not found:
        raise NoPostgres("install postgresql, or set PATH to its bin folder")
    return found[0]


def _owner() -> tuple[int, int]:
    """PostgreSQL refuses to run as root; then it runs as the user that its package made, or as nobody."""
    if os.getuid() != 0:
        return os.getuid(), os.getgid()
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return user.pw_uid, user.pw_gid
    raise NoPostgres("there is no user to run it as")


def _run(program: Path, *arguments: object) -> None:
    user, group = _owner()
    as_user = {"user": user, "group": group, "extra_groups": []} if os.getuid() == 0 else {}
    command = [str(program), *map(str, arguments)]
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, **as_user)  # type: ignore[call-overload]
