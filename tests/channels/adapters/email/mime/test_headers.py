"""Words in headers: encoded, split, raw and broken."""

import pytest

from goodword.channels.adapters.email.mime.dates import date_of
from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.parsing import parse


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?Q?Th=C3=A9i=C3=A8re?=", "Théière"),
        (b"=?UTF-8?b?5byg5Lyf?=", "张伟"),
        (b"=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
        (b"=?utf-8?Q?a?= and =?utf-8?Q?b?=", "a and b"),
        (b"=?utf-8?Q?a?=\t =?iso-8859-1?Q?=E9?=", "aé"),
        (b"=?utf-8?B?5byg5L?= =?utf-8?B?yf?=", "张伟"),
        (b"=?utf-8?Q?=E5=BC=A0=E4?= =?utf-8?Q?=BC=9F?=", "张伟"),
        (b"=?utf-8?Q?two words?= more", "two words more"),
        (b"=?utf-8?Q?Re:_caf=C3=A9?=menu", "Re: cafémenu"),
        (b"Re:=?utf-8?Q?caf=C3=A9?=", "Re:café"),
        (b"=?utf-8*fr?Q?caf=C3=A9?=", "café"),
        (b"=?utf-8?Q?open end", "open end"),
        (b"=?utf-8?B?5byg5Lyf", "张伟"),
        (b"=?utf-8?B?5byg5Lyf=?=", "张伟"),
        (b"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        (b"=?ks_c_5601-1987?B?wda5riDIrsDO?=", "주문 확인"),
        (b"=?gb2312?B?xOO6ww==?=", "你好"),
        (b"=?x-nobody-knows?Q?caf=C3=A9?=", "café"),
        (b"=?us-ascii?Q?caf=E9?=", "café"),
        (b"caf\xc3\xa9", "café"),
        (b"caf\xe9 cr\xe8me", "café crème"),
        (b"\xc4\xfa\xba\xc3\xa3\xac\xce\xd2\xb5\xc4\xb6\xa9\xb5\xa5", "您好，我的订单"),
        (b"=?utf-8?Q?=00a=07b?=", "ab"),
        (b"  many \t spaces ", "many spaces"),
        (b"=?utf-8?Q??=", ""),
        (b"=?=?=?", "=?=?=?"),
        (b"100 =? 3 ?= x", "100 =? 3 ?= x"),
        (b"=?utf-8?Q?=F0=9F=AB=96?= tea", "🫖 tea"),
    ],
)
def test_words_come_out_as_they_were_meant(raw: bytes, text: str):
    assert text_of(raw) == text


def test_raw_words_are_in_the_charset_of_the_text():
    raw = "Subject: 주문 번호\nContent-Type: text/plain; charset=euc-kr\n\n안녕하세요".encode("euc-kr")

    assert parse(raw).subject == "주문 번호"


@pytest.mark.parametrize(
    ("written", "at"),
    [
        (b"Sat, 31 Jan 2026 10:00:00 +0100", 1769850000000),
        (b"Sat, 31 Jan 2026 10:00:00 +0100 (CET)", 1769850000000),
        (b"31 Jan 26 09:00 GMT", 1769850000000),
        (b"2026-01-31 09:00:00", 1769850000000),
        (b"2026-01-31T10:00:00+01:00", 1769850000000),
        (b"Sat, 31 January 2026 09.00.00", 1769850000000),
        (b"Sat, 99 Jan 2026 10:00:00 +0100", None),
        (b"yesterday", None),
        (b"", None),
        (b"Sat, 31 Jan 99999 10:00:00 +9999", None),
        (b"\xff\xfe", None),
    ],
)
def test_dates_are_read_as_far_as_they_mean_one(written: bytes, at: int | None):
    assert date_of(written) == at


def test_message_ids_come_without_their_brackets_and_not_without_end():
    many = b" ".join(b"<%d@customers.example>" % n for n in range(500))
    mail = parse(
        b"Message-ID:  <a@b.example> \nIn-Reply-To: Your mail of today <c@d.example>\nReferences: " + many + b"\n\n"
    )

    assert mail.message_id == "a@b.example"
    assert mail.in_reply_to == ("c@d.example",)
    assert len(mail.references) == 100
    assert (mail.references[0], mail.references[-1]) == ("0@customers.example", "499@customers.example")


def test_a_message_id_without_brackets_is_one():
    assert parse(b"Message-ID: a@b.example\n\n").message_id == "a@b.example"
    assert "no_message_id" in parse(b"From: a@b.example\n\n").troubles
