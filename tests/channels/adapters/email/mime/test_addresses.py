"""Who wrote and to whom, however it is written."""

import pytest

from goodword.channels.adapters.email.mime.addresses import addresses_of
from goodword.channels.adapters.email.parsing import parse

DANA = ("Dana Evans", "dana@customers.example")


@pytest.mark.parametrize(
    ("raw", "persons"),
    [
        ("Dana Evans <dana@Customers.EXAMPLE>", [DANA]),
        ('"Dana Evans" <dana@customers.example>', [DANA]),
        ("dana@customers.example (Dana Evans)", [DANA]),
        ("(a (nested) comment) Dana Evans <dana@customers.example>", [DANA]),
        ("Dana Evans <dana@customers.example", [DANA]),
        ("Dana Evans [dana@customers.example]", [DANA]),
        ("Dana Evans dana@customers.example", [DANA]),
        ("Dana Evans <mailto:dana@customers.example>", [DANA]),
        ("Dana Evans <@relay.example,@other.example:dana@customers.example>", [DANA]),
        ("<dana@customers.example> Dana Evans", [DANA]),
        ("'Dana Evans' <dana@customers.example>", [DANA]),
        ("=?utf-8?Q?Dana_Evans?= <dana@customers.example>", [DANA]),
        ('"=?utf-8?Q?Dana_Evans?=" <dana@customers.example>', [DANA]),
        ("=?utf-8?B?RGFuYSBFdmFucyA8ZGFuYUBjdXN0b21lcnMuZXhhbXBsZT4=?=", [DANA]),
        ("dana@customers.example", [("", "dana@customers.example")]),
        ("<dana@customers.example>", [("", "dana@customers.example")]),
        ("dana @ customers.example", [("", "dana@customers.example")]),
        ("dana@@customers.example", [("", "dana@customers.example")]),
        ("dana@customers.example.", [("", "dana@customers.example")]),
        ("dana@customers.example <dana@customers.example>", [("", "dana@customers.example")]),
        ('"dana e"@customers.example', [("", '"dana e"@customers.example')]),
        ("dana@[192.0.2.1]", [("", "dana@[192.0.2.1]")]),
        ('"Evans, Dana" <dana@customers.example>', [("Evans, Dana", DANA[1])]),
        ("Evans, Dana <dana@customers.example>", [("Evans, Dana", DANA[1])]),
        ("=?utf-8?Q?Evans,_Dana?= <dana@customers.example>", [("Evans, Dana", DANA[1])]),
        ('"Dana \\"Tea\\" Evans" <dana@customers.example>', [('Dana "Tea" Evans', DANA[1])]),
        ("张伟 <wei@例子.example>", [("张伟", "wei@xn--fsqu00a.example")]),
        ("Dana Evans", [("Dana Evans", "")]),
        ('"Dana Evans" <>', [("Dana Evans", "")]),
        ("undisclosed-recipients:;", []),
        ("", []),
        ("<>", []),
        (",,;,", []),
    ],
)
def test_a_person_is_known_by_name_and_address(raw: str, persons: list[tuple[str, str]]):
    assert [(one.name, one.address) for one in addresses_of(raw.encode())] == persons


@pytest.mark.parametrize(
    "raw",
    [
        "dana@customers.example, Kim <kim@customers.example>",
        "dana@customers.example; Kim <kim@customers.example>",
        "Care: dana@customers.example, Kim <kim@customers.example>;",
        "Care:dana@customers.example;, Kim <kim@customers.example>",
        "dana@customers.example,,\t\n Kim <kim@customers.example>,",
        "dana@customers.example, =?utf-8?Q?Kim?= <kim@customers.example>",
    ],
)
def test_lists_and_groups_are_taken_apart(raw: str):
    assert [one.address for one in addresses_of(raw.encode())] == ["dana@customers.example", "kim@customers.example"]


@pytest.mark.parametrize(
    ("headers", "name", "address"),
    [
        ("From: Dana Evans\nSender: dana@customers.example", "Dana Evans", "dana@customers.example"),
        ("From: Dana Evans\nReply-To: dana@customers.example", "Dana Evans", "dana@customers.example"),
        ("Return-Path: <dana@customers.example>", "", "dana@customers.example"),
        ("Return-Path: <>\nFrom: Dana Evans", "Dana Evans", ""),
        ("From: nobody\nFrom: Dana Evans <dana@customers.example>", "Dana Evans", "dana@customers.example"),
        ("From: a@customers.example, b@customers.example\nSender: b@customers.example", "", "a@customers.example"),
        ("from : Dana Evans <dana@customers.example>", "Dana Evans", "dana@customers.example"),
        ("To: care@fennel-oak.example", "", ""),
    ],
)
def test_somebody_is_found_where_from_names_nobody(headers: str, name: str, address: str):
    sender = parse(headers.encode() + b"\n\nHelp.").sender

    assert (sender.name, sender.address) == (name, address)


def test_where_a_mail_was_delivered_to_is_known():
    mail = parse(
        b"Delivered-To: care+42@fennel-oak.example\nX-Original-To: <care@fennel-oak.example>\nTo: list@a.example\n\n"
    )

    assert mail.delivered_to == ("care+42@fennel-oak.example", "care@fennel-oak.example")
