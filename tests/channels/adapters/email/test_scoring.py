"""The figures of ``goodword mail score``: on mails of our own, and, where they are, on the ones that others wrote."""

import json
from pathlib import Path

from goodword.channels.adapters.email.scoring import Figure, score
from tests.samples import channel_samples


def test_the_collected_mails_are_read_as_well_as_we_promise():
    short = [
        f"{figure.name}: {figure.share:.3f} {figure.missed}" for figure in score(channel_samples()) if not figure.kept
    ]

    assert not short


def test_right_and_wrong_are_counted(tmp_path: Path):
    (tmp_path / "mail").mkdir()
    raw = b"From: Dana Evans <dana@customers.example>\n\nIt leaks."
    (tmp_path / "mail" / "a.eml").write_bytes(raw)
    right = {"from": "dana@customers.example", "from_name": "Dana Evans", "text": "It leaks."}
    wrong = {"from": "dana@customers.example", "from_name": "Dana", "text": "It leaks, and loses a \ufffd."}
    rows = [
        {"id": name, "kind": "mime", "file": "mail/a.eml", "expect": expect}
        for name, expect in (("a", right), ("b", wrong))
    ]
    (tmp_path / "mail" / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)))

    figures: dict[str, Figure] = {figure.name: figure for figure in score(tmp_path)}

    assert figures["accepted"].right == 2
    assert (figures["sender"].right, figures["sender"].missed) == (1, ["b"])
    assert (figures["text"].right, figures["text"].missed) == (1, ["b"])
    assert not figures["text"].kept


def test_a_character_that_the_expectation_lost_may_be_any(tmp_path: Path):
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "a.eml").write_bytes("\nFrösche".encode())
    row = {"id": "a", "kind": "mime", "file": "mail/a.eml", "expect": {"text": "Fr\ufffdsche"}}
    (tmp_path / "mail" / "manifest.jsonl").write_text(json.dumps(row))

    assert next(figure for figure in score(tmp_path) if figure.name == "text").right == 1
