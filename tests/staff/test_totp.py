"""Codes as every app reckons them."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.staff import totp

FULL_WIDTH = {ord("0") + number: 0xFF10 + number for number in range(10)}
RFC = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ],
)
def test_the_vectors_of_rfc_6238(seconds, code):
    assert totp.code_at(RFC, seconds // 30, digits=8) == code


@pytest.mark.parametrize(("skew", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_wrong(skew, counts):
    now = 1_800_000_000_000
    step = now // totp.STEP + skew
    assert totp.matching_step(RFC, totp.code_at(RFC, step), now) == (step if counts else None)


def test_a_used_code_and_those_before_it_count_no_more():
    now = 1_800_000_000_000
    here = now // totp.STEP
    assert totp.matching_step(RFC, totp.code_at(RFC, here), now, after=here) is None
    assert totp.matching_step(RFC, totp.code_at(RFC, here - 1), now, after=here) is None
    assert totp.matching_step(RFC, totp.code_at(RFC, here + 1), now, after=here) == here + 1


def test_a_code_is_read_however_it_was_typed():
    now = 1_800_000_000_000
    code = totp.code_at(RFC, now // totp.STEP)
    for typed in (f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}", code.translate(FULL_WIDTH)):
        assert totp.matching_step(RFC, typed, now) is not None


@given(st.text())
def test_nothing_that_is_typed_breaks_it(typed):
    assert totp.matching_step(RFC, typed, 1_800_000_000_000) in (None, *range(59_999_999, 60_000_002))


def test_an_app_reads_the_company_and_the_account():
    address = totp.address_of(RFC, "Fennel & Oak", "li@fennel-oak.example")
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query) == {"secret": [RFC], "issuer": ["Fennel & Oak"], "digits": ["6"], "period": ["30"]}
    picture = totp.picture_of(address)
    assert picture.startswith("<svg")
    assert "script" not in picture


def test_recovery_codes_are_ten_and_hard_to_guess():
    codes = totp.new_recovery_codes()
    assert len(set(codes)) == 10
    assert all(len(totp.plain(code)) == 16 for code in codes)
    assert totp.plain(codes[0].upper().replace("-", " ")) == totp.plain(codes[0])
