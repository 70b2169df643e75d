"""The same actions from the terminal, for people and for scripts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goodword.cli import goodword

Run = Callable[..., Result]
RETURNS = {
    "en": "# Returns\n\n## How long do I have?\n\nYou can send an item back within 30 days of delivery.\n\n"
    "## What does it cost?\n\nThe return label costs EUR 3.50.\n",
    "ko": "# 반품\n\n## 기한은 얼마나 되나요?\n\n배송 후 30일 이내에 상품을 반품할 수 있습니다.\n\n"
    "## 비용은 얼마인가요?\n\n반품 라벨은 3.50유로입니다.\n",
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call it with the words of a command; the desk is this test's own."""
    monkeypatch.setenv("GOODWORD_EMBEDDING", "none")
    monkeypatch.setenv("GOODWORD_DATA", str(tmp_path / "desk"))

    def call(*words: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(goodword, list(words), input=stdin)

    return call


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    for language, text in RETURNS.items():
        path = tmp_path / "help" / language / "returns.md"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "help"


def objects(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_articles_are_imported_and_found_again(run: Run, articles: Path) -> None:
    reports = objects(run("knowledge", "import", str(articles), "--json"))
    assert sorted((one["outcome"], one["language"]) for one in reports) == [("created", "en"), ("created", "ko")]
    assert {one["outcome"] for one in objects(run("knowledge", "import", str(articles), "--json"))} == {"unchanged"}
    (found,) = objects(run("knowledge", "search", "what does the return label cost", "--json", "--top", "2"))
    best = found["results"][0]
    assert set(best) == {"article", "heading", "passage", "score"}
    assert "3.50" in best["passage"]


def test_what_cannot_be_read_is_said_and_the_rest_goes_on(run: Run, articles: Path) -> None:
    (articles / "en" / "noise.txt").write_bytes(bytes(range(256)) * 40)
    result = run("knowledge", "import", str(articles), "--json")
    outcomes = [json.loads(line)["outcome"] for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert sorted(outcomes) == ["created", "created", "unreadable"]


def test_a_thousand_questions_are_answered_in_one_start_in_their_order(run: Run, articles: Path) -> None:
    run("knowledge", "import", str(articles))
    lines = [json.dumps({"text": f"return label cost {n}", "language": "en"}) for n in range(500)]
    lines += ["반품 기한", "{not json", "human please", "\u202e weird \x00 text"]
    answers = objects(run("ask", "-", "--json", stdin="\n".join(lines) + "\n"))
    assert len(answers) == 504
    assert all(one["decision"] in ("answer", "ask_back", "hand_over", "unknown") for one in answers)
    assert all({"decision", "text", "language", "sources"} <= one.keys() for one in answers)
    assert answers[-2]["decision"] == "hand_over"


def test_a_line_that_is_not_utf8_is_still_a_line(run: Run) -> None:
    read = objects(run("read", "-", "--json", stdin=b"\xff\xfe hello there\nmerci beaucoup pour votre aide\n"))
    assert [one["language"] for one in read] == ["en", "fr"]


def test_a_message_is_read(run: Run) -> None:
    (read,) = objects(run("read", "我要转人工客服", "--json"))
    assert list(read) == ["language", "wants_human", "mood", "complaint_kind", "topic", "urgency", "confidence"]
    assert (read["language"], read["wants_human"], read["mood"]) == ("zh-Hans", True, None)


def test_the_first_administrator_is_set_up_once(run: Run) -> None:
    words = ("setup", "--name", "Ada Silva", "--email", "ada@fennel-oak.example", "--password", "thyme and oak")
    assert run(*words).exit_code == 0
    again = run(*words)
    assert again.exit_code != 0


def test_a_token_is_shown_once_and_opens_what_it_may(run: Run) -> None:
    (made,) = objects(run("token", "reports", "--scope", "conversations.read", "--json"))
    assert made["token"].startswith("gw_")
    assert run("token", "reports", "--scope", "everything").exit_code != 0


def test_the_check_says_what_is_wrong(run: Run) -> None:
    result = run("check", "--json")
    checks = {one["check"]: one for one in map(json.loads, result.stdout.splitlines())}
    assert checks["database"]["passed"]
    assert not checks["embedding"]["passed"]
    assert checks["embedding"]["detail"]
    assert result.exit_code == 1


def test_the_demo_moves_only_into_an_empty_desk(run: Run) -> None:
    first = run("demo")
    assert "ada@fennel-oak.example" in first.output
    assert run("demo").exit_code != 0
    assert run("demo", "--if-empty").exit_code == 0


def test_a_wrong_setting_is_one_clear_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from goodword.cli import main

    monkeypatch.setenv("GOODWORD_PORT", "eighty")
    monkeypatch.setattr("sys.argv", ["goodword", "migrate"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
