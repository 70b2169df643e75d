"""Only our own servers are believed when they speak of a sender."""

import pytest

from goodword.channels.adapters.email.mime.structure import read_entity
from goodword.channels.adapters.email.sender_check import organisation, sender_check
from goodword.channels.adapters.email.verdicts import read_verdict

TAKEN_IN = "Received: from mx.customers.example by mx1.fennel-oak.example; Tue, 3 Mar 2026 09:12:44 +0000"
SENT = "Received: from [192.0.2.7] by mx.customers.example; Tue, 3 Mar 2026 09:12:40 +0000"
FROM = "From: Dana Evans <dana@mail.customers.example>"
OURS = frozenset({"mx1.fennel-oak.example"})


def found(*headers: str, trusted: frozenset[str] = frozenset(), author: str = FROM) -> str:
    lines = [*headers, author, "Subject: Kettle", "", "Hello"]
    return sender_check(read_entity("\n".join(lines).encode()), trusted)


def results(said: str, server: str = "mx1.fennel-oak.example") -> str:
    return f"Authentication-Results: {server}; {said}"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("dmarc=pass header.from=customers.example", "pass"),
        (
            "dmarc=fail (p=reject; dis=none); spf=pass smtp.mailfrom=mail.customers.example",
            "fail",
        ),
        ("spf=softfail smtp.mailfrom=customers.example; dmarc=none", "none"),
        ("dkim=pass header.d=customers.example header.s=a", "pass"),
        ("dkim=pass (2048-bit key; with; semicolons (and (more))) header.i=@customers.example", "pass"),
        ("dkim=pass header.d=elsewhere.example; spf=pass smtp.mailfrom=bounces@elsewhere.example", "none"),
        ("spf=pass smtp.mailfrom=dana@customers.example", "pass"),
        ("spf=fail smtp.mailfrom=dana@customers.example", "fail"),
        ("spf=fail smtp.mailfrom=dana@elsewhere.example", "none"),
        ("spf=fail smtp.mailfrom=customers.example; dkim=pass header.d=customers.example", "pass"),
        ("dkim=fail header.d=customers.example", "none"),
        ("dmarc=temperror; spf=none", "none"),
        ('dkim=pass reason="good; (really)" header.d=customers.example', "pass"),
        ("none", "none"),
        ("compauth=fail reason=001", "fail"),
    ],
)
def test_what_our_server_found_counts(said: str, expected: str) -> None:
    assert found(results(said), TAKEN_IN, SENT) == expected
    assert found(TAKEN_IN, results(said), SENT) == expected
    assert found(results(said), SENT, trusted=OURS) == expected


def test_what_the_sender_wrote_himself_does_not() -> None:
    forged = results("dmarc=pass", "mx.customers.example")
    assert found(TAKEN_IN, SENT, forged) == "none"
    assert found(TAKEN_IN, forged, SENT) == "none"
    assert found(forged, trusted=OURS) == "none"
    borrowed = results("dmarc=pass")
    assert found(TAKEN_IN, SENT, borrowed) == "none"
    assert found(results("dmarc=fail"), TAKEN_IN, SENT, borrowed) == "fail"
    assert found(results("dmarc=fail"), TAKEN_IN, SENT, borrowed, trusted=OURS) == "fail"
    assert found(results("spf=none"), TAKEN_IN, borrowed, trusted=OURS) == "none"


def test_without_any_hop_of_ours_nothing_is_known() -> None:
    assert found(results("dmarc=fail")) == "none"
    assert found("Received: by 10.0.0.1 with SMTP", results("dmarc=fail")) == "none"
    assert found("Received: from x by mail; now", SENT, results("dmarc=pass", "mx.customers.example")) == "none"


def test_one_server_may_write_several_headers() -> None:
    apart = (
        results("dkim=none", "dkim.fennel-oak.example"),
        "X-Filter: 1",
        results("dmarc=fail", "dmarc.fennel-oak.example"),
    )
    assert found(*apart, TAKEN_IN, SENT) == "fail"


def test_hops_inside_a_providers_net_are_no_strangers() -> None:
    inner = (
        "Received: by 10.37.47.81 with SMTP id v78",
        "X-Received: by 10.99.2.214",
        "Return-Path: <dana@customers.example>",
    )
    assert found(*inner, TAKEN_IN, results("dmarc=fail"), SENT) == "fail"


def test_servers_that_do_not_name_themselves_are_believed_above_the_border() -> None:
    unnamed = (
        "Authentication-Results: spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=x.example; dmarc=fail action=none"
    )
    assert found(unnamed, TAKEN_IN, SENT) == "fail"
    assert found(TAKEN_IN, SENT, unnamed) == "none"
    assert found(unnamed, trusted=OURS) == "none"


def test_an_spf_header_stands_in_where_there_is_no_other() -> None:
    said = "Received-SPF: fail (mx1.fennel-oak.example: no) envelope-from=<dana@customers.example>;"
    assert found(said, TAKEN_IN, SENT) == "fail"
    assert found(said.replace("fail (", "pass ("), TAKEN_IN, SENT, trusted=OURS) == "pass"
    assert found(said, trusted=frozenset({"other.example"})) == "none"
    assert found(results("dmarc=pass"), said, TAKEN_IN, SENT) == "pass"


def test_a_sealed_result_counts_only_from_whom_we_trust() -> None:
    sealed = "ARC-Authentication-Results: i=1; lists.example; dmarc=pass header.from=customers.example"
    failed = results("arc=pass; dmarc=fail")
    assert found(failed, sealed, TAKEN_IN) == "fail"
    assert found(failed, sealed, trusted=OURS) == "fail"
    assert found(failed, sealed, trusted=OURS | {"lists.example"}) == "pass"
    assert found(results("dmarc=fail"), sealed, trusted=OURS | {"lists.example"}) == "fail"
    newer = "ARC-Authentication-Results: i=2; elsewhere.example; dmarc=fail"
    assert found(failed, newer, sealed, trusted=OURS | {"lists.example"}) == "fail"


def test_two_senders_can_not_be_checked() -> None:
    twice = f"{FROM}\nFrom: Bank <care@bank.example>"
    assert found(results("spf=pass smtp.mailfrom=bank.example"), TAKEN_IN, author=twice) == "none"
    assert found(results("dmarc=pass"), TAKEN_IN, author=twice) == "none"
    assert found(results("dmarc=fail"), TAKEN_IN, author=twice) == "fail"


def test_broken_results_do_no_harm() -> None:
    for said in ("", ";;;", "(((", '"', "=;=", "dmarc=", "a" * 100_000, "(" * 100_000, "spf=pass smtp.mailfrom=@"):
        read_verdict(said)
        assert found(results(said), TAKEN_IN) in ("none", "pass", "fail")


def test_the_bought_part_of_a_domain() -> None:
    assert organisation("mail.shop.example.com") == "example.com"
    assert organisation("mail.example.co.uk") == "example.co.uk"
    assert organisation("co.uk") == "co.uk"
    assert organisation("Example.COM.") == "example.com"
