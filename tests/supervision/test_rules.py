"""What needs a supervisor, and what was hard enough for a pause."""

import pytest

from goodword.platform.clock import HOUR, MINUTE
from goodword.supervision.abuse import is_abusive
from goodword.supervision.model import HARD, Need, Seen, deserves_pause, needs, strain, urgency

NOW = 1_790_000_000_000


def seen(mood=None, abusive=False):
    return Seen(NOW, mood, abusive)


def test_a_calm_customer_who_is_answered_needs_nobody():
    assert needs("calm", False, None, True, NOW) == ()
    assert needs("very_upset", True, None, True, NOW) == ()


def test_the_most_pressing_reason_stands_first():
    found = needs("very_upset", True, NOW - 7 * MINUTE, False, NOW)
    assert [need.kind for need in found] == ["abusive", "very_upset", "nobody"]
    assert found[0] == Need("abusive", 7)


def test_who_waits_long_is_a_matter_of_the_supervisor_even_when_he_is_calm():
    assert needs("calm", False, NOW - 4 * MINUTE, True, NOW) == ()
    assert needs("calm", False, NOW - 5 * MINUTE, True, NOW) == (Need("waiting", 5),)


def test_an_upset_customer_goes_before_one_who_waits_longer():
    upset, patient = needs("very_upset", False, NOW, True, NOW), needs(None, False, NOW - HOUR, True, NOW)
    assert urgency(upset) > urgency(patient) > urgency(())


def test_one_insult_is_hard_and_so_is_much_anger():
    assert strain([seen(abusive=True)]) >= HARD
    assert strain([seen("very_upset")] * 3) >= HARD > strain([seen("very_upset")] * 2)
    assert strain([seen("displeased")] * 50 + [seen("calm"), seen(None)]) == 0


def test_a_pause_is_offered_once_an_hour():
    hard = [seen(abusive=True)]
    assert deserves_pause(hard, None, NOW)
    assert not deserves_pause(hard, NOW - HOUR + 1, NOW)
    assert deserves_pause(hard, NOW - HOUR, NOW)
    assert not deserves_pause([seen("angry")], None, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "You are an IDIOT and your shop is a joke",
        "are you stupid? read what I wrote",
        "I know where you live.",
        "Allez vous faire foutre avec votre bouilloire",
        "Vous n’êtes qu’une bande d’incapables",
        "야 이 병신들아 돈 돌려줘",
        "你们这群骗子，赶紧退钱",
        "你們這些王八蛋，把錢還我",
    ],
)
def test_insults_and_threats_are_known_in_five_languages(text):
    assert is_abusive(text)


@pytest.mark.parametrize(
    "text",
    [
        "This damn kettle is useless and I am furious.",
        "The soap scum won't come off, and the bastard file is blunt.",
        "I feel stupid for asking",
        "La poubelle à ordures ménagères est cassée, c'est débile",
        "Je suis très en colère, c'est inadmissible !",
        "전원이 자꾸 꺼져요. 설명서를 뒤져 봤는데 없어요",
        "정말 화가 납니다. 책임자 나오세요",
        "水滚开了以后壶盖会跳",
        "废物利用的花盆坏了，我非常生气",
        "水壺一直漏水，太誇張了",
    ],
)
def test_anger_about_a_thing_is_no_insult(text):
    assert not is_abusive(text)


def test_a_very_long_text_costs_little():
    assert not is_abusive("kettle " * 100_000)
    assert is_abusive("kettle " * 100_000 + "you idiots")
