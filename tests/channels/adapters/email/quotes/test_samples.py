"""Replies that other projects collected: what they expect to be left is left."""

import json
import re
from difflib import SequenceMatcher
from typing import Any

import pytest

from goodword.channels.adapters.email.quotes import strip_html, strip_text
from tests.samples import channel_samples


@pytest.fixture(scope="module")
def replies() -> list[tuple[dict[str, Any], str]]:
    """What is expected, and what is left."""
    folder = channel_samples()
    rows = map(json.loads, (folder / "reply" / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    found = []
    for row in rows:
        body = (folder / row["file"]).read_bytes().decode("utf-8", "replace")
        strip = strip_html if row["kind"] == "reply_html" else strip_text
        found.append((row["expect"], strip(body).new))
    return found


def alike(new: str, expected: str) -> float:
    return SequenceMatcher(None, " ".join(new.split()), " ".join(expected.split()), autojunk=False).ratio()


def test_nearly_all_replies_come_out_as_expected(replies: list[tuple[dict[str, Any], str]]):
    right = [alike(new, expect["reply"]) >= 0.9 for expect, new in replies if "reply" in expect]
    assert sum(right) >= 0.95 * len(right)


def test_no_word_that_is_new_is_hidden(replies: list[tuple[dict[str, Any], str]]):
    for expect, new in replies:
        words, left = expect.get("reply", "").split(), new.split()
        blocks = SequenceMatcher(None, words, left, autojunk=False).get_matching_blocks()
        assert sum(block.size for block in blocks) == len(words), new
        assert all(re.search(pattern, new, re.IGNORECASE) for pattern in expect.get("reply_regex", []))


def test_what_is_known_to_be_quoted_is_gone(replies: list[tuple[dict[str, Any], str]]):
    for expect, new in replies:
        assert not any(re.search(pattern, new, re.MULTILINE) for pattern in expect.get("stripped_regex", []))
