"""``goodword mail parse`` and ``score``."""

import json
from pathlib import Path

from click.testing import CliRunner

from goodword.cli.mail import mail

RAW = """From: Dana Evans <dana@customers.example>
To: Care <care@fennel-oak.example>, Kim <kim@fennel-oak.example>
Subject: =?utf-8?Q?Th=C3=A9i=C3=A8re?=
Message-ID: <2@customers.example>
References: <1@customers.example>
Content-Type: multipart/mixed; boundary=b

--b

It leaks.

> Is it mended?
--b
Content-Type: image/png; name=leak.png

PNG
--b--
"""


def test_parse_prints_what_was_understood_as_one_object():
    answer = CliRunner().invoke(mail, ["parse"], input=RAW.encode())

    understood = json.loads(answer.output)
    assert understood == {
        "from": "dana@customers.example",
        "from_name": "Dana Evans",
        "to": ["care@fennel-oak.example", "kim@fennel-oak.example"],
        "subject": "Théière",
        "text": "It leaks.\n\n> Is it mended?",
        "html": "",
        "reply_text": "It leaks.",
        "attachments": [{"name": "leak.png", "content_type": "image/png", "size": 3}],
        "is_bounce": False,
        "is_auto_reply": False,
        "bounce": None,
        "message_id": "2@customers.example",
        "references": ["1@customers.example"],
    }


def test_parse_takes_any_bytes():
    answer = CliRunner().invoke(mail, ["parse"], input=b"\xff\x00\xfe")

    assert answer.exit_code == 0
    assert json.loads(answer.output)["from"] == ""


def test_score_prints_figures_and_names_the_misses(tmp_path: Path):
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "a.eml").write_text(RAW)
    row = {"id": "ours", "kind": "mime", "file": "mail/a.eml", "expect": {"from": "kim@customers.example"}}
    (tmp_path / "mail" / "manifest.jsonl").write_text(json.dumps(row))

    answer = CliRunner().invoke(mail, ["score", str(tmp_path), "--misses"])

    assert "accepted                      1 of    1   100.0%  (≥ 100%)\n" in answer.output
    assert "sender                        0 of    1     0.0%  (≥ 98%)  falls short\n" in answer.output
    assert "missed, sender: ours\n" in answer.output
