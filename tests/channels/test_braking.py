from goodword.channels.braking import MINUTE, braked

NOON = 1_790_000_000_000


def test_the_first_two_answers_go_out() -> None:
    assert not braked((), NOON)
    assert not braked((NOON - MINUTE,), NOON)


def test_the_third_within_ten_minutes_is_held() -> None:
    assert braked((NOON - 9 * MINUTE, NOON - MINUTE), NOON)
    assert not braked((NOON - 10 * MINUTE, NOON - MINUTE), NOON)


def test_the_seventh_within_a_day_is_held() -> None:
    hourly = [NOON - hour * 60 * MINUTE for hour in range(1, 7)]
    assert not braked(hourly[1:], NOON)
    assert braked(hourly, NOON)
    assert not braked([*hourly[:5], NOON - 24 * 60 * MINUTE], NOON)


def test_a_clock_that_was_set_back_keeps_the_brake_on() -> None:
    assert braked((NOON + MINUTE, NOON + 2 * MINUTE), NOON)


def test_two_machines_that_answer_at_once_exchange_six_mails_a_day() -> None:
    sent: list[int] = []
    for second in range(0, 24 * 60 * MINUTE, 30_000):
        if not braked(sent, NOON + second):
            sent.append(NOON + second)
    assert len(sent) == 6
