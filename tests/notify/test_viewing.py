"""Who looks at which conversation, as every line is told."""

import json
from typing import Any

import pytest

from goodword.notify.viewing import FORGOTTEN_AFTER, Viewing
from goodword.platform.bus import LocalBus
from goodword.platform.clock import SECOND
from goodword.rig.clock import HandClock

LI, JUN = {"id": "agt_li", "name": "Li Na"}, {"id": "agt_jun", "name": "Jun Park"}


class Desk:
    """Two processes on one bus, each with somebody who follows."""

    def __init__(self) -> None:
        self.clock = HandClock()
        bus = LocalBus()
        self.here, self.there = Viewing(bus, self.clock), Viewing(bus, self.clock)
        self.told: list[dict] = []
        self.told_there: list[dict] = []
        self.stop = self.here.tell(lambda frame: self.told.append(json.loads(frame)))
        self.there.tell(lambda frame: self.told_there.append(json.loads(frame)))
        self.news()

    def look(self, line: str, at: str | None, who: dict[str, str]) -> None:
        self.here.look(line, at, who["id"], who["name"])

    def news(self) -> list[Any]:
        """What was told since it was asked last, to both alike."""
        told, there = self.told[:], self.told_there[:]
        self.told.clear()
        self.told_there.clear()
        assert told == there
        return [frame.get("changed", frame.get("viewing")) for frame in told]

    def stands(self) -> dict:
        """As it is told to whoever begins now."""
        whole: list[dict] = []
        self.here.tell(lambda frame: whole.append(json.loads(frame)))()
        return dict(whole[0]["viewing"])


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_only_what_changes_is_told(desk):
    desk.look("a", "cnv_1", LI)
    desk.look("b", "cnv_1", JUN)
    assert desk.news() == [{"cnv_1": [LI]}, {"cnv_1": [JUN, LI]}]
    for _ in range(3):
        desk.clock.go_on(15 * SECOND)
        desk.look("a", "cnv_1", LI)
        desk.look("b", "cnv_1", JUN)
    assert desk.news() == []
    desk.look("a", "cnv_2", LI)
    assert desk.news() == [{"cnv_1": [JUN], "cnv_2": [LI]}]
    desk.look("a", None, LI)
    assert desk.news() == [{"cnv_2": []}]
    assert desk.stands() == {"cnv_1": [JUN]}


def test_who_looks_with_two_windows_is_one_and_looks_until_both_are_closed(desk):
    for line in ("a", "b"):
        desk.look(line, "cnv_1", LI)
    assert desk.news()[-1] == {"cnv_1": [LI]}
    desk.look("a", None, LI)
    assert desk.news() == [{"cnv_1": [LI]}]
    desk.look("b", None, LI)
    assert (desk.news(), desk.stands()) == ([{"cnv_1": []}], {})


def test_who_falls_silent_is_forgotten_and_it_is_told_with_the_next_sign_of_life(desk):
    desk.look("a", "cnv_1", LI)
    desk.clock.go_on(FORGOTTEN_AFTER - SECOND)
    desk.look("b", "cnv_2", JUN)
    desk.news()
    desk.clock.go_on(SECOND)
    desk.look("b", "cnv_2", JUN)
    assert (desk.news(), desk.stands()) == ([{"cnv_1": []}], {"cnv_2": [JUN]})


def test_an_agent_whose_line_was_never_heard_looks_away_from_nothing(desk):
    desk.look("a", None, LI)
    assert (desk.news(), desk.stands()) == ([], {})


def test_whoever_has_hung_up_is_told_no_more(desk):
    desk.stop()
    desk.look("a", "cnv_1", LI)
    assert (desk.told, len(desk.told_there)) == ([], 1)


def test_a_sign_of_life_of_many_costs_no_frame(desk):
    """With all of it told to everyone each time, two hundred agents made eight hundred megabytes at every beat."""
    many = [{"id": f"agt_{n}", "name": f"Agent {n}"} for n in range(200)]
    for n, agent in enumerate(many):
        desk.look(f"l{n}", f"cnv_{n}", agent)
    desk.news()
    for n, agent in enumerate(many):
        desk.look(f"l{n}", f"cnv_{n}", agent)
    assert desk.news() == []
    desk.look("l7", "cnv_8", many[7])
    assert desk.news() == [{"cnv_7": [], "cnv_8": [many[7], many[8]]}]
