"""A real desk in a process of its own: for walks, faults and benchmarks. It can be killed like by a power cut."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

PATIENCE = 120.0


class Server:
    """``goodword serve`` on a free port of loopback over ``data``; ``settings`` go into its environment."""

    def __init__(self, data: Path, **settings: object) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = {"data": data, "port": self.port, "log_level": "warning", **settings}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> float:
        """Seconds from nothing to ready. ``RuntimeError`` with its log when it does not come up."""
        began = time.perf_counter()
        given = {f"GOODWORD_{name.upper()}": str(value) for name, value in self._settings.items()}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "goodword", "serve"],
            env={**os.environ, **given},
            stdout=subprocess.DEVNULL,
            stderr=(self.data / "server.log").open("ab"),
        )
        while not self._is_ready():
            if self._process.poll() is not None or time.perf_counter() - began > PATIENCE:
                self.kill()
                raise RuntimeError((self.data / "server.log").read_text(errors="replace")[-4_000:])
            time.sleep(0.02)
        return time.perf_counter() - began

    def kill(self) -> None:
        """As when the power goes: nothing is said, nothing is finished."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _end(self, how: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
        if self._process:
            self._process.wait(PATIENCE)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
