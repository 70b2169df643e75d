from collections import Counter
from random import Random

import pytest

from goodword.platform.clock import DAY
from goodword.platform.i18n import LANGUAGES
from goodword.rig.clock import TUESDAY_MORNING
from goodword.rig.demo.dates import SPAN, local, moment
from goodword.rig.demo.episodes import Episode, episodes
from goodword.rig.demo.people import others
from goodword.rig.demo.steps import mood_at, steps_of
from goodword.rig.demo.wording import filled

NOW = TUESDAY_MORNING


@pytest.fixture(scope="module")
def told() -> list[Episode]:
    return episodes(Random(1), NOW, 340)


def test_the_same_seed_tells_the_same_story(told):
    assert episodes(Random(1), NOW, 340) == told
    assert episodes(Random(2), NOW, 340) != told


def test_another_now_tells_it_later(told):
    later = episodes(Random(1), NOW + DAY, 340)
    assert later[0].times == tuple(at + DAY for at in told[0].times)


def test_every_language_has_its_share(told):
    counted = Counter(episode.language for episode in told)
    assert set(counted) == set(LANGUAGES)
    assert counted.most_common(1)[0][0] == "en"
    assert min(counted.values()) >= 30


def test_no_text_has_a_hole_left(told):
    for episode in told:
        for turn in range(len(episode.turns)):
            assert "{" not in filled(episode, turn)


def test_nobody_calls_a_stranger_by_his_name(told):
    strangers = [episode for episode in told if episode.person.stranger]
    assert len(strangers) >= 20
    assert not any("{customer}" in turn.text for episode in strangers for turn in episode.turns)


def test_whoever_answers_speaks_the_language(told):
    assert all(episode.language in episode.agent.languages for episode in told)


def test_steps_come_in_order_and_none_lies_in_the_future(told):
    for episode in told:
        times = [step.at for step in steps_of(Random(1), episode)]
        assert times == sorted(times), episode
        assert times[-1] <= NOW


def test_every_order_has_a_number_of_its_own_and_was_placed_before_it_was_written_about(told):
    assert len({episode.purchase.number for episode in told}) == len(told)
    assert all(episode.purchase.placed_at < episode.times[0] for episode in told)


def test_an_answer_calms():
    episode = next(e for e in episodes(Random(1), NOW, 340) if e.script.mood == "very_upset" and e.by_people)
    helped = [place for place, turn in enumerate(episode.turns) if turn.who == "agent"]
    assert mood_at(episode, 0) == "very_upset"
    assert mood_at(episode, helped[0] + 1) == "angry"


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_write_by_day_and_on_weekdays(language):
    random = Random(3)
    written = [moment(random, language, NOW - SPAN, NOW) for _ in range(2_000)]
    assert all(NOW - SPAN <= at <= NOW for at in written)
    by_day = sum(8 <= local(at, language)[1] < 22 for at in written)
    at_weekend = sum(local(at, language)[0] >= 5 for at in written)
    assert by_day / len(written) > 0.9
    assert at_weekend / len(written) < 0.2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crowd_has_nobody_twice(language):
    crowd = list(others(language, Random(1)))
    assert len(crowd) == 144
    assert len({person.email for person in crowd}) == 144
    assert len({person.name for person in crowd}) >= 140
