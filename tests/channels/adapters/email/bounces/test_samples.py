"""The bars, on mails that nobody here wrote."""

import json
from pathlib import Path
from typing import Any

import pytest

from goodword.channels.adapters.email.model import Mail
from goodword.channels.adapters.email.parsing import parse
from tests.samples import channel_samples

# Where nobody says whether it is a bounce, these words make it likely.
TELLING = (b"delivery-status", b"invoked for bounce")


@pytest.fixture(scope="module")
def samples() -> list[tuple[dict[str, Any], bytes, Mail]]:
    folder: Path = channel_samples()
    rows = map(json.loads, (folder / "mail" / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    raws = ((row, (folder / row["file"]).read_bytes()) for row in rows)
    return [(row, raw, parse(raw)) for row, raw in raws]


def test_bounces_are_recognised_and_other_mail_is_left_alone(samples: list[tuple[dict[str, Any], bytes, Mail]]) -> None:
    bounces = [mail for row, _, mail in samples if row["expect"].get("is_bounce")]
    others = [
        mail
        for row, raw, mail in samples
        if not row["expect"].get("is_bounce") and not any(word in raw.lower() for word in TELLING)
    ]
    assert len(bounces) > 250
    assert len(others) > 130
    assert sum(mail.bounce is not None for mail in bounces) >= 0.98 * len(bounces)
    assert [mail.subject for mail in others if mail.bounce] == []


def test_the_status_is_the_one_that_the_mail_tells(samples: list[tuple[dict[str, Any], bytes, Mail]]) -> None:
    told = [
        (mail.bounce, {status for status, *_ in row["expect"]["bounce"]})
        for row, _, mail in samples
        if mail.bounce and any(_is_written(status) for status, *_ in row["expect"].get("bounce", []))
    ]
    assert len(told) > 150
    assert sum(bounce.status in statuses for bounce, statuses in told) >= 0.95 * len(told)
    assert sum("@" in bounce.recipient for bounce, _ in told) >= 0.99 * len(told)
    assert sum(bool(bounce.diagnostic) for bounce, _ in told) >= 0.9 * len(told)


def test_complaints_and_absence_notes_are_told_apart(samples: list[tuple[dict[str, Any], bytes, Mail]]) -> None:
    for row, _, mail in samples:
        if row["expect"].get("is_arf"):
            assert mail.automatic == "feedback"
        if row["expect"].get("auto_reply"):
            assert mail.automatic == "reply"


def _is_written(status: str) -> bool:
    """Sisimai's own numbers begin at 900; nobody writes them into a mail."""
    parts = status.split(".")
    return len(parts) == 3 and int(parts[2]) < 900
