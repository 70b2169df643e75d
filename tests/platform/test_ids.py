import hashlib

from hypothesis import given
from hypothesis import strategies as st

from goodword.platform import ids


@given(st.integers(0, 2**48), st.integers(0, 2**48))
def test_ids_sort_by_the_time_they_were_made(one, other):
    first, second = ids.new("cnv", min(one, other)), ids.new("cnv", max(one, other))
    assert one == other or first < second
    assert first != second
    assert len(first) == len("cnv_") + 26


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_the_same_parts_give_the_same_id_and_others_another(parts):
    assert ids.derived("evt", *parts) == ids.derived("evt", *parts)
    assert ids.derived("evt", *parts) != ids.derived("evt", *parts, "more")
    assert len(ids.derived("evt", *parts)) == len("evt_") + 26


def test_parts_are_not_run_together():
    assert ids.derived("evt", "ab", "c") != ids.derived("evt", "a", "bc")
    assert ids.derived("evt", "\ud800") != ids.derived("evt", "?")


def test_a_token_is_stored_as_its_fingerprint():
    token = ids.secret("gw")
    assert token.startswith("gw_")
    assert ids.secret("gw") != token
    assert ids.fingerprint(token) == hashlib.sha256(token.encode()).hexdigest()
