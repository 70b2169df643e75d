import pytest

from goodword.platform.embedding.line import LOOK_AHEAD, PATIENCE, TOGETHER, TOKENS, Line, Waiting
from goodword.platform.embedding.model import EmbeddingUnavailable


def ids(one: Waiting) -> list[int]:
    return [1] * len(one.text)


def ask(line: Line, *lengths: int, is_query: bool) -> list[Waiting]:
    waiting = [Waiting("x" * length, is_query) for length in lengths]
    line.join(waiting)
    return waiting


def test_a_question_is_served_before_passages_that_came_earlier():
    line = Line()
    passages = ask(line, 9, 9, is_query=False)
    questions = ask(line, 9, is_query=True)
    assert line.next(ids) == questions
    assert line.next(ids) == passages
    assert line.next(ids) == []


def test_passages_get_their_turn_though_questions_never_end():
    line = Line()
    passages = ask(line, 9, is_query=False)
    turns = []
    for _ in range(PATIENCE + 1):
        ask(line, 9, is_query=True)
        turns.append(line.next(ids))
    assert turns[-1] == passages


def test_the_first_is_served_with_those_of_like_length():
    line = Line()
    asked = ask(line, 20, 150, 21, 160, 19, is_query=True)
    batch = line.next(ids)
    assert batch[0] is asked[0]
    assert {len(one.text) for one in batch} == {19, 20, 21}
    assert [len(one.text) for one in line.next(ids)] == [150, 160]


def test_a_run_holds_no_more_than_it_may():
    line = Line()
    ask(line, *[10] * 40, is_query=True)
    ask(line, *[100] * 10, 512, 512, is_query=False)
    runs = []
    while run := line.next(ids):
        runs.append(run)
    assert sum(map(len, runs)) == 52
    for run in runs:
        assert len(run) <= TOGETHER
        assert len(run) == 1 or len(run) * max(len(one.text) for one in run) <= TOKENS


def test_nobody_loses_his_place_to_one_of_better_length():
    line = Line()
    asked = ask(line, 10, *[300, 10] * LOOK_AHEAD, is_query=False)
    served = []
    while run := line.next(ids):
        assert run[0] is next(one for one in asked if one not in served)
        served += run
    assert len(served) == len(asked)


def test_who_went_away_is_not_served():
    line = Line()
    first, second = ask(line, 5, 5, is_query=True)
    first.vector.cancel()
    assert line.next(ids) == [second]


def test_a_text_that_cannot_be_read_harms_only_itself():
    def fussy(one: Waiting) -> list[int]:
        if len(one.text) == 7:
            raise RuntimeError("seven")
        return ids(one)

    line = Line()
    good, bad = ask(line, 5, 7, is_query=True)
    assert line.next(fussy) == [good]
    with pytest.raises(EmbeddingUnavailable, match="seven"):
        bad.vector.result(0)


def test_everyone_can_be_sent_away():
    line = Line()
    asked = ask(line, 5, is_query=True) + ask(line, 5, 5, is_query=False)
    assert line.leave() == asked
    assert line.next(ids) == []
