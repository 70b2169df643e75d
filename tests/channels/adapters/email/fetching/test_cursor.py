import pytest

from goodword.channels.adapters.email.fetching.cursor import (
    CLOCKS_APART,
    FIRST_WINDOW,
    LARGEST_BATCH,
    MOST_AT_ONCE,
    Cursor,
    Numbering,
    Stretch,
    adopt,
    batches,
    begun,
    hole_pause,
    is_renumbered,
    moved,
    pause_after,
    stretches,
    window_after,
)
from goodword.platform.clock import DAY, HOUR, MINUTE

NOW = 1_790_665_200_000
HERE = "care@fennel-oak.example@mail.example"


def known(**more) -> Cursor:
    return Cursor(HERE, since=NOW, **{"uidvalidity": 7, "last_uid": 40, **more})


def test_a_mailbox_is_read_from_when_it_was_set_up_or_so_many_days_back():
    assert begun(HERE, NOW, 0).since == NOW
    assert begun(HERE, NOW, 30).since == NOW - 30 * DAY
    assert begun(HERE, NOW, -3).since == NOW, "nobody imports the future"


def test_a_folder_that_nobody_has_looked_at_is_adopted_in_the_servers_numbering():
    cursor = adopt(begun(HERE, NOW, 0), Numbering(7, 101, 100))
    assert (cursor.uidvalidity, cursor.last_uid, cursor.adopted) == (7, 0, 101)
    assert cursor.floor == NOW - CLOCKS_APART
    assert list(stretches(cursor, Numbering(7, 111, 110))) == [Stretch(1, 100, NOW - CLOCKS_APART), Stretch(101, 110)]


def test_what_is_new_lies_behind_the_last_number_whatever_its_date():
    assert list(stretches(known(), Numbering(7, 41, 40))) == []
    assert list(stretches(known(), Numbering(7, 540, 539))) == [Stretch(41, 539)]


def test_who_broke_off_while_taking_over_goes_on_by_date_among_the_old_and_takes_all_of_the_new():
    cursor = known(adopted=100, floor=NOW - DAY)
    assert list(stretches(cursor, Numbering(7, 120, 119))) == [Stretch(41, 99, NOW - DAY), Stretch(100, 119)]


def test_another_uidvalidity_makes_the_numbers_worthless_and_reaches_back_to_the_setting_up():
    assert is_renumbered(known(), Numbering(8, 900, 899))
    cursor = adopt(known(), Numbering(8, 900, 899))
    assert (cursor.last_uid, cursor.adopted, cursor.floor) == (0, 900, NOW - DAY)
    assert cursor.since == NOW, "or it would reach back one more day each time"


def test_a_server_that_forgot_numbers_it_gave_may_give_them_twice():
    assert is_renumbered(known(), Numbering(7, 40, 39))
    assert is_renumbered(known(), Numbering(7, 1, 0))
    assert not is_renumbered(known(), Numbering(7, 41, 40))
    assert not is_renumbered(known(), Numbering(7, 41, 0)), "all of it was put away"


def test_a_server_that_is_wrong_about_what_comes_next_leads_nobody_past_anything():
    assert list(stretches(known(), Numbering(7, 4_000_000, 41))) == [Stretch(41, 41)]
    assert list(stretches(known(), Numbering(7, 4_000_000, 40))) == []
    assert adopt(begun(HERE, NOW, 0), Numbering(7, 4_000_000, 40)).adopted == 41


def test_a_mailbox_that_moved_to_another_server_is_read_from_the_last_look_at_the_old_one():
    there = "care@fennel-oak.example@new.example"
    assert moved(known(caught_up_at=NOW + 30 * DAY), there) == Cursor(there, since=NOW + 29 * DAY)
    assert moved(known(), there) == Cursor(there, since=NOW)
    assert moved(known(caught_up_at=NOW + HOUR), there).since == NOW, "never before the setting-up"


def test_batches_keep_the_order_and_hold_little_in_memory():
    sizes = [(uid, 1_000) for uid in range(1, 121)]
    assert [len(batch) for batch in batches(sizes)] == [MOST_AT_ONCE, MOST_AT_ONCE, 20]
    assert [uid for batch in batches(sizes) for uid in batch] == list(range(1, 121))
    third = LARGEST_BATCH // 3
    assert list(batches([(1, third), (2, third), (3, third), (4, third)])) == [[1, 2, 3], [4]]


def test_large_mails_and_those_over_which_a_line_broke_go_by_themselves():
    assert list(batches([(1, 10), (2, LARGEST_BATCH + 1), (3, 10)])) == [[1], [2], [3]]
    assert list(batches([(1, 10), (2, 10), (3, 10), (4, 10)], frozenset({2, 3}))) == [[1], [2], [3], [4]]
    assert list(batches([])) == []


def test_windows_grow_over_the_wide_gaps_between_numbers():
    assert window_after(FIRST_WINDOW, 0) == 8 * FIRST_WINDOW
    assert window_after(8 * FIRST_WINDOW, FIRST_WINDOW) == FIRST_WINDOW


def test_a_server_that_is_away_is_asked_after_longer_and_longer_pauses_up_to_five_minutes():
    pauses = [pause_after(failures, "refused", 0.5) for failures in (0, 1, 2, 3, 5, 9, 500)]
    assert pauses == [1, 1, 2, 4, 16, 256, 300]
    assert pause_after(3, "refused", 0.0) == 3
    assert pause_after(3, "refused", 1.0) == 5


@pytest.mark.parametrize("reason", ["password", "oauth", "certificate"])
def test_what_only_a_person_can_mend_is_not_asked_for_every_second(reason):
    assert pause_after(1, reason, 0.5) == 60


def test_a_mail_that_is_not_handed_over_is_asked_for_again_within_minutes_then_hours_for_good():
    assert [hole_pause(tries) // MINUTE for tries in (1, 2, 3, 12, 900)] == [1, 2, 4, 360, 360]
