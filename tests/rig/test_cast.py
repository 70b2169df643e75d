from goodword.platform.i18n import LANGUAGES
from goodword.rig.cast import AGENTS, CUSTOMERS, MEI_LING, TEAMS, CastAgent, CastCustomer
from goodword.rig.demo.material import Script, articles, canned_answers, names, products, scripts
from goodword.staff.model import ROLES

HOLES = ("{customer}", "{agent}", "{order}", "{product}")


def test_everyone_who_answers_has_the_right_to():
    for agent in AGENTS:
        assert agent.answers == ("conversations.answer" in ROLES[agent.role]), agent.name


def test_every_language_is_spoken_by_somebody_who_answers():
    assert {language for agent in AGENTS if agent.answers for language in agent.languages} == set(LANGUAGES)


def test_everyone_is_in_a_team_that_exists():
    assert all(set(agent.teams) <= set(TEAMS) and agent.teams for agent in AGENTS)


def test_no_two_of_the_cast_share_an_address():
    everyone: tuple[CastAgent | CastCustomer, ...] = (*AGENTS, *CUSTOMERS)
    assert len({person.email for person in everyone}) == len(everyone)


def test_people_sign_as_their_readers_write():
    assert MEI_LING.signature("zh-Hant") == "陳美玲"
    assert MEI_LING.signature("fr") == "Mei-ling"


def test_products_and_canned_answers_speak_every_language():
    assert all(set(product.names) == set(LANGUAGES) for product in products())
    assert all(set(answer.texts) == set(LANGUAGES) for answer in canned_answers())


def test_the_same_articles_exist_in_every_language():
    english = [name for name, _ in articles("en")]
    assert len(english) >= 20
    assert all([name for name, _ in articles(language)] == english for language in LANGUAGES)


def test_every_script_begins_with_the_customer_and_has_only_the_four_holes():
    for script in _all_scripts():
        assert script.turns[0].who == "customer"
        for turn in script.turns:
            text = turn.text
            for hole in HOLES:
                text = text.replace(hole, "")
            assert "{" not in text, turn.text


def test_names_are_enough_for_a_crowd():
    assert all(len(names()[language]) >= 12 for language in LANGUAGES)


def _all_scripts() -> list[Script]:
    return [script for language in LANGUAGES for script in scripts()[language]]
