"""Teams, skills and loads by channel: rules alone."""

from hypothesis import given
from hypothesis import strategies as some

from goodword.platform.clock import MINUTE
from goodword.routing.model import Desk, Seat, TeamRule, Waiting, can_serve, choose, handed_out

NOW = 1_000 * MINUTE
CARE, SALES = "tem_care", "tem_sales"


def seat(id: str, load: int = 0, max_load: int = 2, languages=("en",), skills=(), teams=(), **more) -> Seat:
    return Seat(id, languages, load, max_load, skills=frozenset(skills), teams=frozenset(teams), **more)


def waiting(**more) -> Waiting:
    return Waiting(**{"id": "cnv_dana", "language": "en", "since": NOW, **more})


def chosen(one: Waiting, desk: Desk, at: int = NOW) -> str | None:
    found = choose(one, desk, at)
    return found.id if found else None


def care(**rule) -> dict[str, TeamRule]:
    return {CARE: TeamRule(**rule), SALES: TeamRule()}


def test_a_teams_conversation_goes_to_its_members_only():
    desk = Desk((seat("noor", teams=[SALES]), seat("ada", load=1, teams=[CARE])), care())
    assert chosen(waiting(team=CARE), desk) == "ada"
    assert chosen(waiting(), desk) == "noor"


def test_without_overflow_it_waits_however_long():
    desk = Desk((seat("noor", teams=[SALES]), seat("ada", load=2, teams=[CARE])), care(overflow_minutes=None))
    assert chosen(waiting(team=CARE, since=0), desk) is None
    assert [one.id for one in can_serve(waiting(team=CARE, since=0), desk, NOW)] == ["ada"]


def test_after_its_minutes_it_overflows_into_the_other_team_but_to_nobody_else():
    noor, theo = seat("noor", teams=[SALES]), seat("theo")
    full = seat("ada", load=2, teams=[CARE])
    desk = Desk((full, noor, theo), care(overflow_minutes=5, overflow_to=SALES))
    assert chosen(waiting(team=CARE), desk, NOW + 5 * MINUTE - 1) is None
    assert chosen(waiting(team=CARE), desk, NOW + 5 * MINUTE) == "noor"
    assert chosen(waiting(team=CARE), Desk((full, theo), desk.teams), NOW + 9 * MINUTE) is None


def test_when_no_member_is_there_nobody_is_waited_for():
    assert chosen(waiting(team=CARE), Desk((seat("theo"),), care(overflow_minutes=5))) == "theo"


def test_a_member_who_is_free_comes_before_the_others_even_when_it_may_overflow():
    desk = Desk((seat("theo"), seat("ada", load=1, teams=[CARE])), care(overflow_minutes=5))
    assert chosen(waiting(team=CARE, since=0), desk) == "ada"


def test_a_team_that_answers_in_its_languages_only_waits_for_who_speaks_them():
    desk = Desk((seat("ada", teams=[CARE]),), care(any_language=False))
    assert chosen(waiting(team=CARE, language="ko"), desk) is None
    assert chosen(waiting(team=CARE, language=None), desk) == "ada"
    assert chosen(waiting(team=CARE, language="ko"), Desk(desk.seats, care())) == "ada"


def test_who_has_the_skill_comes_first_and_after_a_while_anybody_does():
    desk = Desk((seat("ada", skills=["refunds"], load=2), seat("noor")), skill_minutes=5)
    refund = waiting(skills=("refunds",))
    assert chosen(refund, desk) is None
    assert chosen(refund, desk, NOW + 5 * MINUTE) == "noor"
    assert chosen(refund, Desk((seat("noor"),))) == "noor"


def test_what_only_some_may_answer_waits_for_them():
    desk = Desk((seat("noor"), seat("ada", skills=["law"], load=2)))
    law = waiting(skills=("law",), musts=frozenset({"law"}), since=0)
    assert chosen(law, desk) is None
    assert chosen(law, Desk((seat("noor"), seat("ada", skills=["law"])))) == "ada"


def test_three_chats_and_ten_e_mails_are_two_different_things():
    ada = seat("ada", load=3, max_load=13, loads={"webchat": 3}, max_loads={"webchat": 3, "email": 10})
    assert chosen(waiting(kind="webchat"), Desk((ada,))) is None
    assert chosen(waiting(kind="email"), Desk((ada,))) == "ada"


def test_the_last_agent_is_waited_for_as_long_as_was_said():
    desk = Desk((seat("ada", load=2), seat("noor")), last_agent_minutes=3)
    mine = waiting(previous="ada")
    assert chosen(mine, desk) is None
    assert chosen(mine, desk, NOW + 3 * MINUTE) == "noor"
    assert chosen(mine, Desk((seat("noor"),), last_agent_minutes=3)) == "noor"


def test_in_a_round_whoever_waited_longest_is_next_whatever_he_has():
    ada, noor = seat("ada", load=1, max_load=9, last_given=4), seat("noor", max_load=9, last_given=7)
    assert chosen(waiting(), Desk((ada, noor))) == "noor"
    assert chosen(waiting(), Desk((ada, noor), strategy="round_robin")) == "ada"


loads = some.integers(0, 4)
tags = some.sets(some.sampled_from(["refunds", "law"]), max_size=2)
teams = some.sets(some.sampled_from([CARE, SALES]), max_size=2)
languages = some.sets(some.sampled_from(["en", "fr", "ko", "zh-Hans", "zh-Hant"]), min_size=1, max_size=2)
kinds = some.sampled_from(["webchat", "email"])
seats = some.builds(
    lambda load, most, spoken, skills, teams, chats, chat_most: seat(
        "", load + chats, most, tuple(spoken), skills, teams, loads={"webchat": chats}, max_loads={"webchat": chat_most}
    ),
    loads, some.integers(0, 8), languages, tags, teams, loads, loads,
)  # fmt: skip
rules = some.builds(
    TeamRule,
    some.sampled_from(["least_loaded", "round_robin"]),
    some.none() | some.integers(0, 20),
    some.none() | some.just(SALES),
    some.booleans(),
)
queues = some.builds(
    lambda language, team, kind, skills, since: waiting(
        language=language, team=team, kind=kind, skills=tuple(skills), musts=frozenset(skills & {"law"}), since=since
    ),
    some.none() | some.sampled_from(["en", "fr", "ko", "zh-Hant"]), some.none() | some.sampled_from([CARE, SALES]),
    kinds, tags, some.integers(NOW - 30 * MINUTE, NOW),
)  # fmt: skip


@given(some.lists(seats, max_size=5), some.lists(queues, max_size=8), rules, some.sampled_from(["least_loaded"]))
def test_whatever_comes_nobody_gets_more_than_he_may_and_only_what_he_may(drawn, drawn_queue, rule, strategy):
    desk = Desk(
        tuple(Seat(f"agt_{n}", *_rest(one)) for n, one in enumerate(drawn)), {CARE: rule, SALES: TeamRule()}, strategy
    )
    queue = [Waiting(f"cnv_{n}", *_rest(one)) for n, one in enumerate(drawn_queue)]
    now = desk
    for one, taker in handed_out(queue, desk, NOW):
        at_that_time = next(seat for seat in now.seats if seat.id == taker.id)
        assert at_that_time.has_room(one.kind)
        assert one.musts <= taker.skills
        if one.team in desk.teams and one.team not in taker.teams:
            assert desk.teams[one.team].overflow_minutes is not None
        now = now.given(taker.id, one.kind)
    for before, after in zip(desk.seats, now.seats, strict=True):
        assert after.load <= max(before.load, before.max_load)
        assert after.loads["webchat"] <= max(before.loads["webchat"], before.max_loads["webchat"])


def _rest(struct) -> tuple:
    return tuple(getattr(struct, name) for name in struct.__struct_fields__[1:])


@given(some.lists(some.integers(1, 5), min_size=1, max_size=40), some.integers(2, 6))
def test_a_round_is_fair_over_a_day(batches, agents):
    """However many come at once: at the end nobody has been given more than one more than another."""
    desk = Desk(tuple(seat(f"agt_{n}", max_load=1_000) for n in range(agents)), strategy="round_robin")
    for size in batches:
        for one, taker in handed_out([waiting(id=f"cnv_{n}") for n in range(size)], desk, NOW):
            desk = desk.given(taker.id, one.kind)
    given_to = [one.load for one in desk.seats]
    assert max(given_to) - min(given_to) <= 1
