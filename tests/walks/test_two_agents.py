"""Two agents at one conversation, and the line of one of them is cut: nothing is lost, nothing doubled, all is told."""

from typing import Any

import pytest
from playwright.sync_api import expect

from goodword.rig.cast import JUN, LI_NA
from goodword.rig.server import Server
from tests.walks.people import AgentAtWork, Visitor, Windows, until

pytestmark = [pytest.mark.browser, pytest.mark.fault]


def ask(agent: AgentAtWork, method: str, path: str, data: Any = None) -> Any:
    """In the agent's name, from another window of his."""
    page, url = agent.page, agent.url
    answer = page.request.fetch(f"{url}/api/v1/{path}", method=method, data=data, headers={"Origin": url})
    assert answer.ok, answer.text()
    return answer.json() if answer.body() else None


def note(agent: AgentAtWork, words: str) -> None:
    agent.page.get_by_role("radio", name=agent.t("composer.note")).click()
    agent.box.fill(words)
    agent.box.press("Control+Enter")
    agent.page.get_by_role("radio", name=agent.t("composer.reply")).click()


def words_of(agent: AgentAtWork) -> list[str]:
    """What stands in his time line, from the first to the last."""
    return [one.strip() for one in agent.timeline.locator("article p[dir=auto]").all_inner_texts()]


def places(agent: AgentAtWork) -> list[str]:
    """The conversations of his list in its order, as far as they are drawn."""
    return [str(row.get_attribute("href")).split("/")[-1].split("?")[0] for row in agent.rows.all()][:6]


def seen_by_both(*agents: AgentAtWork) -> list[str]:
    """What stands in the time line of both, once the pages are the same and the lists are as the server has them."""

    def look() -> list[Any]:
        rows = ask(agents[0], "GET", "conversations?view=all&limit=6")["conversations"]
        return [[words_of(agent), places(agent), [row["id"] for row in rows]] for agent in agents]

    def is_settled(seen: list[Any]) -> bool:
        return all(one == seen[0] and one[1] == one[2] for one in seen)

    words: list[str] = until(look, is_settled)[0][0]
    return words


def both_at(server: Server, windows: Windows, *said: str) -> tuple[Visitor, AgentAtWork, AgentAtWork, str]:
    gus = Visitor(windows.open(), server, "en").open_chat()
    for words in said:
        gus.say(words)
        expect(gus.own.last).to_contain_text(words)
    expect(gus.answers.last).to_be_visible()
    li, jun = (AgentAtWork(windows.open(), server, who, "all") for who in (LI_NA, JUN))
    rows = ask(li, "GET", "conversations?view=all&limit=5")["conversations"]
    id = next(row["id"] for row in rows if row["customer"]["anonymous"])
    ask(li, "POST", f"conversations/{id}/take-over", {})
    for agent in (li, jun):
        agent.open(id)
        expect(agent.said(said[-1])).to_have_count(1)
    return gus, li, jun, id


def test_both_write_while_one_has_no_line_and_both_see_the_same_afterwards(demo_server: Server, windows: Windows):
    gus, li, jun, id = both_at(demo_server, windows, "Could a person look at my kettle?")
    jun.page.context.set_offline(True)
    jun.reply("I will look at it.")
    expect(jun.said("I will look at it.")).to_contain_text(jun.t("outbox.waiting"))
    note(jun, "Ask the workshop first.")
    li.reply("The lid comes tomorrow.")
    note(li, "Depot called.")
    ask(li, "POST", f"conversations/{id}/tags", {"add": ["kettle"]})
    gus.say("It is the green one.")
    expect(li.said("It is the green one.")).to_have_count(1)
    expect(jun.said("The lid comes tomorrow.")).to_have_count(0)

    jun.page.context.set_offline(False)
    expect(jun.said("The lid comes tomorrow.")).to_have_count(1)
    expect(jun.said("It is the green one.")).to_have_count(1)
    # Li has answered meanwhile: Jun is told, and decides.
    expect(jun.said("I will look at it.")).to_contain_text("Li Na")
    expect(gus.from_people).to_have_count(1)
    ask(jun, "POST", f"conversations/{id}/tags", {"add": ["green"]})
    jun.button("outbox.sendAnyway").click()

    said = [
        "Could a person look at my kettle?",
        "The lid comes tomorrow.",
        "Depot called.",
        "It is the green one.",
        "I will look at it.",
        "Ask the workshop first.",
    ]
    for agent in (li, jun):
        for words in said:
            expect(agent.said(words)).to_have_count(1)
        expect(agent.page.get_by_role("link", name="kettle", exact=True)).to_be_visible()
        expect(agent.page.get_by_role("link", name="green", exact=True)).to_be_visible()
    expect(gus.from_people).to_have_count(2)
    live = seen_by_both(li, jun)
    for agent in (li, jun):
        agent.page.reload()
        expect(agent.said("Ask the workshop first.")).to_have_count(1)
        expect(agent.rows.nth(5)).to_be_visible()
    assert seen_by_both(li, jun) == live
    assert [words for words in live if words in said] == said


def test_after_a_power_cut_both_have_what_either_wrote_meanwhile(demo_server: Server, windows: Windows):
    gus, li, jun, _ = both_at(demo_server, windows, "My teapot leaks.")
    demo_server.kill()
    jun.reply("Which one is it?")
    expect(jun.said("Which one is it?")).to_contain_text(jun.t("outbox.waiting"))
    note(li, "Third one this week.")
    expect(li.said("Third one this week.")).to_contain_text(li.t("outbox.waiting"))
    gus.say("The blue one.")
    demo_server.start()
    for agent in (li, jun):
        for words in ("Which one is it?", "Third one this week.", "The blue one."):
            expect(agent.said(words)).to_have_count(1)
            expect(agent.said(words)).not_to_contain_text(agent.t("outbox.waiting"))
    expect(gus.from_people).to_have_count(1)
    live = seen_by_both(li, jun)
    for agent in (li, jun):
        agent.page.reload()
        expect(agent.said("The blue one.")).to_have_count(1)
    assert seen_by_both(li, jun) == live
