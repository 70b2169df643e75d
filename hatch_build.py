"""Builds the browser clients on the way to a wheel, an sdist or an editable install."""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "tools"))
import build_clients


class ClientsHook(BuildHookInterface[Any]):
    """Runs `tools/build_clients.py` unless GOODWORD_SKIP_CLIENTS is set."""

    def dependencies(self) -> list[str]:
        wanted = not os.environ.get("GOODWORD_SKIP_CLIENTS") and build_clients.stale()
        return [build_clients.NODE_WHEEL] if wanted and not build_clients.node_on_path() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not os.environ.get("GOODWORD_SKIP_CLIENTS"):
            build_clients.build()
