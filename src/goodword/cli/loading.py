"""How a command's modules are loaded."""

import gc
import importlib
import sys
from types import ModuleType


def loaded(name: str) -> ModuleType:
    """What is loaded stays to the end: the collector need not look through it, neither meanwhile nor afterwards."""
    if name in sys.modules:
        return sys.modules[name]
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()
