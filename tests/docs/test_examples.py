"""The examples of the how-tos work: each is taken from its page and run against ours."""

import json
import re
import shutil
import subprocess
import time
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from goodword.customers import is_signed
from goodword.platform.http import webhook_signature
from goodword.platform.settings import load

HOWTO = Path(__file__).parents[2] / "docs/howto"
SECRET = "5e" * 32
BODY = '{"type":"reply","message":{"text":"주전자를 보내 드릴게요."}}'.encode()

node = pytest.mark.skipif(not shutil.which("node"), reason="no node on the PATH")


def example(page: str, language: str) -> str:
    """The first block in that language."""
    found = re.search(
        rf"^```{language}\n(.*?)^```", (HOWTO / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found
    return found[1]


def python(page: str, name: str) -> Any:
    names: dict[str, Any] = {}
    exec(example(page, "python"), names)
    return names[name]


def javascript(page: str, expression: str) -> Any:
    program = f"{example(page, 'js')}\nconsole.log(JSON.stringify({expression}))"
    ran = subprocess.run(["node", "--input-type=module", "-e", program], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def delivery(at: float) -> dict[str, str]:
    timestamp = str(int(at))
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": timestamp,
        "webhook-signature": webhook_signature(SECRET, "msg_1", timestamp, BODY),
    }


@pytest.mark.parametrize("user_id", ["4711", "김민준@shop"])
def test_a_page_signs_identities_in_python(user_id):
    assert is_signed(SECRET, user_id, python("widget.md", "signature")(SECRET, user_id))


@node
@pytest.mark.parametrize("user_id", ["4711", "김민준@shop"])
def test_a_page_signs_identities_in_node(user_id):
    made = javascript("widget.md", f"signature({json.dumps(SECRET)}, {json.dumps(user_id)})")
    assert is_signed(SECRET, user_id, made)


def test_a_webhook_is_checked_in_python():
    is_ours = python("api-channel.md", "is_ours")
    now = time.time()
    assert is_ours(SECRET, delivery(now), BODY)
    assert not is_ours(SECRET, delivery(now), BODY + b" ")
    assert not is_ours("another", delivery(now), BODY)
    assert not is_ours(SECRET, delivery(now - 600), BODY)


@node
def test_a_webhook_is_checked_in_node():
    now = time.time()
    cases = [(SECRET, delivery(now), BODY), (SECRET, delivery(now), BODY + b" "), (SECRET, delivery(now - 600), BODY)]
    calls = [
        f"isOurs({json.dumps(secret)}, {json.dumps(headers)}, Buffer.from({list(body)}))"
        for secret, headers, body in cases
    ]
    assert javascript("api-channel.md", f"[{', '.join(calls)}]") == [True, False, False]


def test_the_settings_of_a_small_desk_are_settings(tmp_path):
    given = example("production.md", "toml")
    (tmp_path / "goodword.toml").write_text(given, encoding="utf-8")
    settings = msgspec.structs.asdict(load({}, data=tmp_path))
    assert tomllib.loads(given).items() <= settings.items()
