"""A mail finds home by marks that only we can make."""

import pytest

from goodword.channels.adapters.email.tokens import (
    Claim,
    claims_in_addresses,
    claims_in_subject,
    is_loop_mark,
    is_proved,
    loop_mark,
    our_message,
    reply_address,
    sign_message,
    subject_token,
    without_tokens,
)

OURS, THEIRS = "the secret of this mailbox", "the secret of another"
TALK, OTHER = "cnv_01k2aaaaaaaaaaaaaaaaaaaaaa", "cnv_01k2bbbbbbbbbbbbbbbbbbbbbb"
MESSAGE = "msg_01k2cccccccccccccccccccccc"


def claim_in(address: str) -> Claim:
    (found,) = claims_in_addresses([address])
    return found


@pytest.mark.parametrize("delimiter", ["+", "-", "_", "="])
def test_a_reply_comes_home_by_its_address_whatever_stands_before_the_token(delimiter: str) -> None:
    address = reply_address("support@fennel-oak.example", OURS, TALK, 1234, delimiter)
    assert address.startswith(f"support{delimiter}1234.")
    assert claim_in(address).number == 1234
    assert is_proved(OURS, claim_in(address), TALK)


def test_a_server_may_write_the_address_in_capitals() -> None:
    assert is_proved(OURS, claim_in(reply_address("support@fennel-oak.example", OURS, TALK, 7).upper()), TALK)


def test_a_mailbox_whose_name_has_the_delimiter_and_digits_in_it_is_no_trouble() -> None:
    address = reply_address("team-2.42@fennel-oak.example", OURS, TALK, 7, "-")
    assert claim_in(address).number == 7
    assert claims_in_addresses(["team-2.42@fennel-oak.example"]) == ()


def test_where_the_server_knows_no_plus_the_address_stays_plain() -> None:
    assert reply_address("support@fennel-oak.example", OURS, TALK, 7, "") == "support@fennel-oak.example"


def test_an_address_never_grows_longer_than_servers_take() -> None:
    long = "m" * 50 + "@fennel-oak.example"
    assert reply_address(long, OURS, TALK, 123456) == long


def test_a_token_of_another_conversation_or_desk_proves_nothing() -> None:
    claim = claim_in(reply_address("support@fennel-oak.example", OURS, TALK, 7))
    assert not is_proved(OURS, claim, OTHER)
    assert not is_proved(THEIRS, claim, TALK)
    assert not is_proved(OURS, Claim(7, claim.tag[:8]), TALK)
    assert not is_proved(OURS, Claim(7, ""), TALK)


def test_a_token_in_the_subject_is_found_among_prefixes_and_in_full_width() -> None:
    token = subject_token(OURS, TALK, 88)
    for subject in (
        f"Re: AW: Kettle {token}",
        token.upper(),
        f"回复：{token.replace('[', '［').replace(']', '］').replace('#', '＃')}",
    ):
        (claim,) = claims_in_subject(subject)
        assert claim.number == 88
        assert is_proved(OURS, claim, TALK)
    assert without_tokens(f"Re: Kettle {token}") == "Re: Kettle"


def test_a_made_up_token_proves_nothing() -> None:
    (claim,) = claims_in_subject("Re: [#88-deadbeef]")
    assert not is_proved(OURS, claim, TALK)
    assert claims_in_subject("Re: order [#88] [88-deadbeef] [#0-deadbeef]") == ()


def test_our_own_message_ids_are_known_again_and_others_are_not() -> None:
    made = sign_message(OURS, "chn_1", MESSAGE, "fennel-oak.example")
    assert made == sign_message(OURS, "chn_1", MESSAGE, "fennel-oak.example")
    assert our_message(OURS, "chn_1", made) == our_message(OURS, "chn_1", f"<{made.upper()}>") == MESSAGE
    assert our_message(THEIRS, "chn_1", made) is None
    assert our_message(OURS, "chn_2", made) is None
    assert our_message(OURS, "chn_1", made.replace("c", "d", 1)) is None
    assert our_message(OURS, "chn_1", "CAJ+x@mail.gmail.com") is None


def test_what_we_sent_ourselves_bears_our_mark() -> None:
    assert is_loop_mark(OURS, "chn_1", f" {loop_mark(OURS, 'chn_1').upper()} ")
    assert not is_loop_mark(THEIRS, "chn_1", loop_mark(OURS, "chn_1"))
    assert not is_loop_mark(OURS, "chn_1", "\ud800")
