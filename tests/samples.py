"""Mails, replies and webhooks that nobody here wrote: they are kept beside the repository, not in it."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared"


def channel_samples() -> Path:
    """The folder of the samples; where it is absent the test is skipped."""
    folder = Path(os.environ.get("GOODWORD_SHARED", BESIDE)) / "data" / "channels"
    if not folder.is_dir():
        pytest.skip("samples of channels are not here")
    return folder
