"""Mail that came back is told from mail that speaks of it."""

from typing import Any

import pytest

from goodword.channels.adapters.email.parsing import parse
from tests.channels.adapters.email.bounces.samples_of_ours import NOTICES, OTHERS, mail, ordinary


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice["name"])
def test_a_notice_in_plain_words_is_understood(notice: dict[str, Any]) -> None:
    read = parse(mail(notice["headers"], notice["text"]))
    assert read.bounce, notice["name"]
    assert read.bounce.recipient == notice["recipient"]
    assert read.bounce.status == notice["status"]
    assert read.bounce.action == notice.get("action", "failed")
    assert read.bounce.message_id == notice.get("message_id", "")
    assert read.automatic == "bounce"


def test_people_who_write_of_returned_mail_are_people() -> None:
    mails = list(ordinary())
    taken = [name for name, raw in mails if parse(raw).bounce or parse(raw).automatic]
    assert len(mails) >= 200
    assert taken == []


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other["name"])
def test_what_else_sounds_like_a_bounce_is_none(other: dict[str, Any]) -> None:
    read = parse(mail(other["headers"], other["text"]))
    assert read.bounce is None
    assert read.automatic == other["automatic"]
