"""A mail is handed to a relay; whatever the relay does, we know what became of it or try again with the same mail."""

import socket
import ssl
from typing import Literal

import pytest

from goodword.channels.adapters.email.sending import compose
from goodword.channels.adapters.email.sending.model import Composed
from goodword.channels.adapters.email.sending.relay import Patience, Relay, relay_of, send
from goodword.platform.errors import Rejected, Unreachable
from goodword.rig.mail.certificate import client_side, server_side
from goodword.rig.mail.smtp import DROP, END, HANG, TAKE_AND_DROP, TAKE_AND_HANG, ScriptedSmtp
from tests.channels.adapters.email.outbounds import message, outbound

pytestmark = pytest.mark.anyio
SHORT = Patience(connect=2.0, answer=0.3, end=0.3, whole=5.0)
Security = Literal["tls", "starttls", "none"]
MAIL = compose(outbound(message(".\n..dots\n.")), {})
USERS = {"support@fennel-oak.example": "saffron"}


def to(server: ScriptedSmtp, **more: str) -> Relay:
    given = {"security": server.security, "host": "127.0.0.1", **more}
    return Relay(port=server.port, **given)


def signed_in(server: ScriptedSmtp, **more: str) -> Relay:
    return to(server, **{"user": "support@fennel-oak.example", "password": "saffron", **more})


def with_cc(*cc: str) -> Composed:
    return Composed(MAIL.message_id, MAIL.sender, MAIL.to, cc, MAIL.raw)


async def refused(relay: Relay, mail: Composed = MAIL, tls: ssl.SSLContext | None = None) -> tuple[str, str]:
    with pytest.raises((Rejected, Unreachable)) as no:
        await send(relay, mail, tls=tls, patience=SHORT)
    assert no.value.facts["detail"]
    return type(no.value).__name__, no.value.reason


async def test_a_mail_that_is_taken_is_the_one_that_was_sent_and_the_servers_words_are_kept() -> None:
    async with ScriptedSmtp() as server:
        receipt = await send(to(server), MAIL)
    (taken,) = server.taken
    assert (taken.sender, taken.recipients, taken.raw) == (MAIL.sender, MAIL.to, MAIL.raw)
    assert (receipt.external_id, receipt.answer) == (MAIL.message_id, "250 2.0.0 Queued as 1")


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_it_travels_encrypted_and_signed_in(security: Security) -> None:
    async with ScriptedSmtp(users=USERS, security=security, certificate=server_side()) as server:
        await send(signed_in(server), MAIL, tls=client_side())
    assert [(taken.user, taken.encrypted) for taken in server.taken] == [("support@fennel-oak.example", True)]


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "XOAUTH2"])
async def test_each_way_to_sign_in(mechanism: str) -> None:
    async with ScriptedSmtp(users=USERS, mechanisms=mechanism) as server:
        way = {"token": "saffron", "password": ""} if mechanism == "XOAUTH2" else {}
        await send(signed_in(server, **way), MAIL)
    assert len(server.taken) == 1


async def test_starttls_that_is_not_offered_is_never_done_without() -> None:
    async with ScriptedSmtp(users=USERS) as server:
        assert await refused(signed_in(server, security="starttls")) == ("Unreachable", "tls")
    assert not [said for said in server.said if said.startswith(("AUTH", "MAIL"))]


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_that_nobody_vouches_for_gets_no_password(security: Security) -> None:
    async with ScriptedSmtp(users=USERS, security=security, certificate=server_side()) as server:
        assert await refused(signed_in(server)) == ("Unreachable", "certificate")
        assert await refused(signed_in(server, host="localhost"), tls=client_side("other.example")) == (
            "Unreachable",
            "certificate",
        )
    assert not [said for said in server.said if said.startswith("AUTH")]


async def test_a_wrong_password_is_the_mailboxs_trouble_and_is_tried_once() -> None:
    async with ScriptedSmtp(users=USERS) as server:
        with pytest.raises(Unreachable) as no:
            await send(signed_in(server, password="pepper"), MAIL)
    assert no.value.reason == "password"
    assert (no.value.retry_after or 0) >= 600
    assert no.value.facts["detail"] == "535 5.7.8 Wrong password"
    assert len([said for said in server.said if said.startswith("AUTH")]) == 1


async def test_a_token_that_has_run_out_is_told_apart_from_a_password() -> None:
    async with ScriptedSmtp(users=USERS) as server:
        assert await refused(signed_in(server, token="old")) == ("Unreachable", "oauth")


async def test_a_server_that_wants_a_password_where_none_is_set_is_the_mailboxs_trouble_too() -> None:
    async with ScriptedSmtp(users=USERS) as server:
        assert await refused(to(server)) == ("Unreachable", "password")


async def test_a_server_too_busy_to_check_passwords_is_not_a_wrong_password() -> None:
    async with ScriptedSmtp(users=USERS) as server:
        server.will("AUTH", "454 4.7.0 Temporary authentication failure")
        assert await refused(signed_in(server)) == ("Unreachable", "refused")


async def test_greylisting_is_waited_out_for_five_minutes() -> None:
    async with ScriptedSmtp() as server:
        server.will("RCPT", "451 4.7.1 Greylisted, please try again")
        with pytest.raises(Unreachable) as no:
            await send(to(server), MAIL)
        assert no.value.retry_after == 300
        assert (await send(to(server), MAIL)).external_id == MAIL.message_id
    assert [taken.raw for taken in server.taken] == [MAIL.raw]


@pytest.mark.parametrize(
    ("verb", "answer", "reason"),
    [
        ("RCPT", "550 5.1.1 <dana@customers.example>: User unknown", "recipient"),
        ("RCPT", "550 No such user here", "recipient"),
        ("RCPT", "554 5.7.1 Relay access denied", "relay"),
        ("RCPT", "550 5.7.1 Blocked by our spam policy", "blocked"),
        ("RCPT", "552 5.2.2 Mailbox full", "full"),
        ("MAIL", "553 5.7.1 Sender address rejected: not owned by user", "sender"),
        ("MAIL", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "relay"),
        ("MAIL", "552 5.3.4 Message size exceeds fixed maximum message size", "too_large"),
        (END, "554 5.7.1 Message rejected as spam", "blocked"),
        (END, "552 5.3.4 Message too large", "too_large"),
        (END, "550 5.6.0 Headers invalid", "blocked"),
        ("DATA", "503 5.5.1 No", "refused"),
    ],
)
async def test_a_no_for_good_says_why_in_one_of_a_few_words(verb: str, answer: str, reason: str) -> None:
    async with ScriptedSmtp() as server:
        server.will(verb, answer)
        with pytest.raises(Rejected) as no:
            await send(to(server), MAIL)
    assert (no.value.reason, no.value.facts["detail"]) == (reason, answer)
    assert server.taken == []


@pytest.mark.parametrize("verb", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", END])
@pytest.mark.parametrize("answer", ["421 4.3.2 Going down", HANG, DROP])
async def test_wherever_the_server_goes_away_the_mail_is_tried_again(verb: str, answer: str) -> None:
    async with ScriptedSmtp() as server:
        server.will(verb, answer)
        kind, _ = await refused(to(server))
        assert kind == "Unreachable"
        assert (await send(to(server), MAIL)).external_id == MAIL.message_id
    assert [taken.raw for taken in server.taken] == [MAIL.raw]


@pytest.mark.parametrize("answer", [TAKE_AND_HANG, TAKE_AND_DROP])
async def test_a_mail_that_was_taken_without_a_word_goes_out_again_under_the_same_message_id(answer: str) -> None:
    async with ScriptedSmtp() as server:
        server.will(END, answer)
        assert (await refused(to(server)))[0] == "Unreachable"
        await send(to(server), MAIL)
    assert [taken.raw for taken in server.taken] == [MAIL.raw, MAIL.raw]


async def test_a_server_that_says_goodbye_badly_has_the_mail_nevertheless() -> None:
    async with ScriptedSmtp() as server:
        server.will("QUIT", DROP)
        assert (await send(to(server), MAIL)).answer.startswith("250")


async def test_a_server_that_drips_meets_the_end_of_our_patience() -> None:
    async with ScriptedSmtp(delay=0.2) as server:
        with pytest.raises(Unreachable) as no:
            await send(to(server), MAIL, patience=Patience(2.0, 2.0, 2.0, whole=0.5))
    assert no.value.reason == "timeout"


async def test_who_only_reads_along_may_be_refused_and_is_named() -> None:
    async with ScriptedSmtp() as server:
        server.refuses("gone@customers.example", "550 5.1.1 User unknown")
        receipt = await send(to(server), with_cc("gone@customers.example", "gus@customers.example"))
    assert server.taken[0].recipients == (*MAIL.to, "gus@customers.example")
    assert receipt.answer == "250 2.0.0 Queued as 1; gone@customers.example: 550 5.1.1 User unknown"


async def test_an_answer_that_only_bystanders_would_get_is_not_sent() -> None:
    async with ScriptedSmtp() as server:
        server.refuses(MAIL.to[0], "550 5.1.1 User unknown")
        assert await refused(to(server), with_cc("gus@customers.example")) == ("Rejected", "recipient")
    assert server.taken == []


async def test_nothing_listens_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert await refused(Relay("127.0.0.1", port, "none")) == ("Unreachable", "refused")


async def test_there_is_no_such_server() -> None:
    assert await refused(Relay("mail.nowhere.invalid", 25, "none")) == ("Unreachable", "name")
    assert await refused(Relay("", 25, "none")) == ("Unreachable", "name")


async def test_a_server_that_speaks_no_tls_where_tls_is_wanted() -> None:
    async with ScriptedSmtp() as server:
        kind, reason = await refused(to(server, security="tls"))
    assert (kind, reason) == ("Unreachable", "tls")


async def test_an_address_cannot_smuggle_a_command() -> None:
    bad = Composed(MAIL.message_id, MAIL.sender, ("x@y.example> SIZE=1\r\nRSET", "a b@y.example"), (), MAIL.raw)
    async with ScriptedSmtp() as server:
        receipt = await send(to(server), bad)
    assert server.taken[0].recipients == ("x@y.example",)
    assert "a b@y.example: 553" in receipt.answer
    assert "RSET" not in server.said


async def test_an_address_in_other_letters_needs_a_server_that_writes_them() -> None:
    mail = Composed(MAIL.message_id, MAIL.sender, ("émile@customers.example",), (), MAIL.raw, utf8=True)
    async with ScriptedSmtp() as server:
        assert await refused(to(server), mail) == ("Rejected", "recipient")
    async with ScriptedSmtp(extensions=("SMTPUTF8", "8BITMIME")) as server:
        await send(to(server), mail)
    assert server.taken[0].recipients == ("émile@customers.example",)


def test_a_mailbox_signs_in_as_for_fetching_unless_it_says_otherwise() -> None:
    settings = {"address": "support@fennel-oak.example", "smtp_host": "s", "imap_user": "sup", "imap_password": "p"}
    assert (relay_of(settings).user, relay_of(settings).password) == ("sup", "p")
    own = relay_of({**settings, "smtp_user": "out", "smtp_password": "q"})
    assert (own.user, own.password) == ("out", "q")
    assert relay_of({"smtp_host": "s", "smtp_port": 25}).user == ""
