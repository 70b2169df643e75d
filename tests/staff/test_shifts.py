"""Who works when, by the clock on the wall."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from goodword.platform.errors import BadInput
from goodword.staff.shifts import (
    OtherDays,
    Shifts,
    Span,
    checked_shifts,
    is_on_duty,
    next_start,
    off_since,
    on_shift,
    shift_end,
    stretches,
    today,
)

HOUR = 3_600_000
FREE: tuple[Span, ...] = ()
OFFICE = (Span("09:00", "12:30"), Span("13:30", "18:00"))
NIGHT = (Span("22:00", "06:00"),)
PARIS = Shifts("Europe/Paris", (OFFICE,) * 5 + (FREE,) * 2)
NIGHTS = Shifts("Europe/Paris", (NIGHT,) * 7)


def at(text: str, zone: str = "Europe/Paris", fold: int = 0) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp() * 1_000)


@pytest.mark.parametrize(
    ("when", "works"),
    [
        ("2026-11-24 08:59", False),
        ("2026-11-24 09:00", True),
        ("2026-11-24 12:29", True),
        ("2026-11-24 12:30", False),
        ("2026-11-24 13:30", True),
        ("2026-11-24 18:00", False),
        ("2026-11-28 10:00", False),
    ],
)
def test_from_nine_to_six_with_a_break_on_weekdays(when, works):
    assert on_shift(PARIS, at(when)) is works


def test_nine_in_paris_is_nine_in_paris_before_and_after_the_clocks_change():
    friday, monday = "2026-10-23 09:00", "2026-10-26 09:00"
    assert on_shift(PARIS, at(friday))
    assert on_shift(PARIS, at(monday))
    assert not on_shift(PARIS, at(friday) - 1)
    assert not on_shift(PARIS, at(monday) - 1)
    assert at(monday) - at(friday) == 73 * HOUR


def test_the_night_in_which_clocks_go_forward_is_seven_hours_long():
    start = at("2026-03-28 22:00")
    assert shift_end(NIGHTS, start) == at("2026-03-29 06:00") == start + 7 * HOUR


def test_the_night_in_which_clocks_go_back_is_nine_hours_long_and_has_no_gap():
    start = at("2026-10-24 22:00")
    assert shift_end(NIGHTS, start) == start + 9 * HOUR
    assert all(on_shift(NIGHTS, start + minute * 60_000) for minute in range(9 * 60))


def test_a_shift_that_begins_in_the_hour_that_is_skipped_begins_after_it():
    early = Shifts("Europe/Paris", (FREE,) * 6 + ((Span("02:30", "08:00"),),))
    assert not on_shift(early, at("2026-03-29 01:59"))
    assert next_start(early, at("2026-03-29 01:00")) == at("2026-03-29 03:30")


def test_seoul_has_no_summer_time():
    seoul = Shifts("Asia/Seoul", (OFFICE,) * 7)
    for day in ("2026-03-29", "2026-07-01", "2026-10-25"):
        assert on_shift(seoul, round(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp() * 1_000))
        assert not on_shift(seoul, round(datetime.fromisoformat(f"{day}T09:00:00+00:00").timestamp() * 1_000))


def test_what_touches_at_midnight_is_one_shift():
    around_the_clock = Shifts("Europe/Paris", ((Span("00:00", "24:00"),),) * 7)
    assert next_start(around_the_clock, at("2026-11-24 10:00")) is None
    assert off_since(around_the_clock, at("2026-11-24 10:00")) == 0
    two = Shifts("Europe/Paris", (FREE, (Span("20:00", "24:00"),), (Span("00:00", "02:00"),)) + (FREE,) * 4)
    assert shift_end(two, at("2026-11-24 21:00")) == at("2026-11-25 02:00")


def test_a_holiday_is_free_and_a_special_sunday_is_not():
    shifts = Shifts(
        "Europe/Paris",
        PARIS.week,
        (
            OtherDays("2026-12-24", "2026-12-31", label="Christmas"),
            OtherDays("2026-12-28", "2026-12-28", (Span("10:00", "14:00"),), "stocktaking"),
        ),
    )
    assert not on_shift(shifts, at("2026-12-24 10:00"))
    assert on_shift(shifts, at("2026-12-28 10:00"))
    assert today(shifts, at("2026-12-28 23:00")) == (Span("10:00", "14:00"),)
    assert next_start(shifts, at("2026-12-28 14:00")) == at("2027-01-01 09:00")


def test_when_the_next_shift_begins_and_the_last_one_ended():
    friday_evening = at("2026-11-27 19:00")
    assert next_start(PARIS, friday_evening) == at("2026-11-30 09:00")
    assert off_since(PARIS, friday_evening) == at("2026-11-27 18:00")
    assert next_start(Shifts("Europe/Paris", (FREE,) * 7), friday_evening) is None


def test_who_says_that_he_works_now_works_and_who_has_no_shifts_always_does():
    night = at("2026-11-24 23:00")
    assert not is_on_duty(PARIS, 0, night)
    assert is_on_duty(PARIS, night + 1, night)
    assert not is_on_duty(PARIS, night, night)
    assert is_on_duty(None, 0, night)


@pytest.mark.parametrize(
    ("shifts", "reason"),
    [
        (Shifts("Europe/Atlantis", PARIS.week), "timezone"),
        (Shifts("Europe/Paris", PARIS.week[:6]), "shifts"),
        (Shifts("Europe/Paris", ((Span("9:00", "10:00"),), *PARIS.week[1:])), "shift_hours"),
        (Shifts("Europe/Paris", ((Span("24:00", "02:00"),), *PARIS.week[1:])), "shift_hours"),
        (Shifts("Europe/Paris", ((Span("09:00", "12:00"), Span("11:00", "13:00")), *PARIS.week[1:])), "shift_overlap"),
        (Shifts("Europe/Paris", PARIS.week, (OtherDays("2026-12-31", "2026-12-24"),)), "shift_dates"),
        (Shifts("Europe/Paris", PARIS.week, (OtherDays("2026-02-30", "2026-03-02"),)), "shift_dates"),
    ],
)
def test_what_no_calendar_shows_is_refused(shifts, reason):
    with pytest.raises(BadInput, match=reason):
        checked_shifts(shifts)


times = some.tuples(some.integers(0, 47), some.integers(1, 48)).filter(lambda pair: pair[0] < pair[1])
weeks = some.lists(
    times.map(lambda pair: (Span(_half(pair[0]), _half(pair[1])),)) | some.just(FREE), min_size=7, max_size=7
)
zones = some.sampled_from(["Europe/Paris", "Asia/Seoul", "Asia/Taipei", "America/New_York", "Pacific/Auckland"])
moments = some.integers(1_735_689_600_000, 1_798_761_600_000)


def _half(number: int) -> str:
    return f"{number // 2:02}:{number % 2 * 30:02}"


@given(weeks, zones, moments)
def test_whoever_is_on_shift_has_an_end_before_him_and_whoever_is_not_a_start(week, zone, now):
    shifts = Shifts(zone, tuple(week))
    end, start = shift_end(shifts, now), next_start(shifts, now)
    if end is not None:
        assert end > now
        assert on_shift(shifts, end - 1)
        assert not on_shift(shifts, end)
    elif start is not None:
        assert not any(on_shift(shifts, now + (start - now) * part // 8) for part in range(8))
        assert on_shift(shifts, start)
    else:
        assert all(spans == FREE for spans in week)


@given(weeks, zones, moments)
def test_away_from_clock_changes_he_works_when_the_wall_clock_says_so(week, zone, now):
    shifts = Shifts(zone, tuple(week))
    here = ZoneInfo(zone)
    local = datetime.fromtimestamp(now / 1_000, here)
    offsets = {
        (datetime.fromtimestamp(now / 1_000, UTC) + timedelta(hours=h)).astimezone(here).utcoffset()
        for h in (-26, 0, 26)
    }
    if len(offsets) == 1:
        wall = f"{local.hour:02}:{local.minute:02}"
        assert on_shift(shifts, now) == any(span.start <= wall < span.end for span in week[local.weekday()])


def test_all_stretches_of_a_week():
    found = stretches(PARIS, datetime(2026, 11, 23).date(), 7)
    assert len(found) == 10
    assert sum(end - start for start, end in found) == 5 * 8 * HOUR
