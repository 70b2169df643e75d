"""Who takes it: rules alone."""

import msgspec
import pytest

from goodword.routing.model import Desk, Seat, Waiting, can_serve, choose, handed_out, position_in
from goodword.routing.waits import Wait, estimate_seconds, expected_answer_seconds

LI = Seat("li", ("zh-Hans", "zh-Hant", "en"), load=0, max_load=2)
JUN = Seat("jun", ("ko", "en"), load=0, max_load=2)
THEO = Seat("theo", ("fr", "en"), load=0, max_load=2)


def desk(*seats: Seat) -> Desk:
    return Desk(seats)


def busy(seat: Seat, load: int, last_given: int = 0) -> Seat:
    return Seat(seat.id, seat.languages, load, seat.max_load, last_given)


def chosen(waiting: Waiting, *seats: Seat) -> str | None:
    seat = choose(waiting, desk(*seats), at=9)
    return seat.id if seat else None


def test_angry_customers_are_spread_fairly_even_where_somebody_has_less_to_do():
    tired, fresh = msgspec.structs.replace(LI, heated=1), msgspec.structs.replace(JUN, load=1)
    heated = Waiting("cnv_dana", "en", heated=True)
    assert chosen(heated, tired, fresh) == "jun"
    assert chosen(Waiting("cnv_gus", "en"), tired, fresh) == "li"
    queue = [Waiting(f"cnv_{number}", "en", heated=True) for number in range(4)]
    assert [seat.id for _, seat in handed_out(queue, desk(LI, JUN), at=9)].count("li") == 2


def test_whoever_speaks_the_language_takes_it():
    assert chosen(Waiting("cnv_minjun", "ko"), LI, THEO, JUN) == "jun"


def test_the_one_with_the_least_to_do_takes_it():
    assert chosen(Waiting("cnv_dana", "en"), busy(LI, 1), JUN) == "jun"


def test_of_two_with_the_same_load_the_one_who_has_waited_longest_takes_it():
    assert chosen(Waiting("cnv_dana", "en"), busy(LI, 1, last_given=50), busy(JUN, 1, last_given=20)) == "jun"


def test_nobody_gets_more_than_his_load():
    assert chosen(Waiting("cnv_minjun", "ko"), busy(JUN, 2)) is None


def test_who_had_it_before_has_it_again_though_he_has_more_to_do():
    assert chosen(Waiting("cnv_dana", "en", previous="li"), busy(LI, 1), JUN) == "li"


def test_who_had_it_before_is_not_overloaded_for_that():
    assert chosen(Waiting("cnv_dana", "en", previous="li"), busy(LI, 2), JUN) == "jun"


def test_a_speaker_who_is_full_is_waited_for_while_others_are_free():
    assert chosen(Waiting("cnv_minjun", "ko"), busy(JUN, 2), LI) is None


def test_where_nobody_speaks_it_anybody_takes_it():
    assert chosen(Waiting("cnv_minjun", "ko"), LI, THEO) in ("li", "theo")


def test_taiwan_is_served_by_who_writes_simplified_before_who_writes_no_chinese():
    hans = Seat("hans", ("zh-Hans",), 1, 2)
    assert chosen(Waiting("cnv_yichen", "zh-Hant"), JUN, hans) == "hans"


def test_an_unknown_language_is_everyones():
    assert can_serve(Waiting("cnv_omar", None), desk(LI, JUN), at=9) == (LI, JUN)


def test_the_queue_is_served_from_its_head_and_nobody_gets_too_much():
    queue = [Waiting(f"cnv_{number}", "en") for number in range(5)]
    given = [(waiting.id, seat.id) for waiting, seat in handed_out(queue, desk(busy(LI, 1), JUN), at=9)]
    assert given == [("cnv_0", "jun"), ("cnv_1", "li"), ("cnv_2", "jun")]


def test_one_who_waits_for_a_korean_speaker_does_not_hold_up_a_french_customer():
    queue = [Waiting("cnv_minjun", "ko"), Waiting("cnv_camille", "fr")]
    given = [(waiting.id, seat.id) for waiting, seat in handed_out(queue, desk(busy(JUN, 2), THEO), at=9)]
    assert given == [("cnv_camille", "theo")]


def test_only_those_count_before_him_who_wait_for_the_same_people():
    queue = [Waiting("cnv_minjun", "ko"), Waiting("cnv_camille", "fr"), Waiting("cnv_omar", "fr")]
    full = desk(busy(JUN, 2), busy(THEO, 2))
    assert [position_in(queue, waiting.id, full, at=9) for waiting in queue] == [1, 1, 2]


def test_an_english_customer_competes_with_everyone_who_may_take_his_agents():
    queue = [Waiting("cnv_minjun", "ko"), Waiting("cnv_camille", "fr"), Waiting("cnv_dana", "en")]
    assert position_in(queue, "cnv_dana", desk(busy(JUN, 2), busy(THEO, 2)), at=9) == 3


def test_who_does_not_wait_has_no_place():
    with pytest.raises(LookupError):
        position_in([], "cnv_dana", desk(LI), at=9)


def test_nothing_is_promised_before_three_have_waited():
    assert estimate_seconds([Wait(60_000, 1), Wait(60_000, 1)], 1) is None


def test_the_estimate_grows_with_the_place_in_the_queue():
    waits = [Wait(60_000, 1), Wait(240_000, 2), Wait(90_000, 1)]
    assert [estimate_seconds(waits, place) for place in (1, 2, 3)] == [90, 180, 270]


def test_nights_do_not_count_in_the_estimate_of_the_day():
    waits = [Wait(50_000_000, None)] * 5
    assert estimate_seconds(waits, 1) is None
    assert expected_answer_seconds(waits, None, at=9) == 50_000
