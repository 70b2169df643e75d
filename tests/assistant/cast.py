"""What is found in the articles of Fennel & Oak, and what a customer asks."""

from collections.abc import Sequence

from goodword.assistant import Found, Situation, Turn

RETURNS = """1. is not how lists are kept, so:
- Open https://fennel-oak.example/returns and enter your order number and e-mail address.
- Choose the items and the reason, then “Create label”.
- Hand in the parcel within 14 days and keep the receipt."""
COSTS = (
    "The label costs EUR 3.50 per parcel, in every country we deliver to. We deduct it from your refund, so you pay "
    "nothing at the drop-off point. The return is free if the item is faulty, damaged on arrival or not what you "
    "ordered."
)
DELIVERY = """We ship everything from Rotterdam. The times start on the day the parcel leaves our warehouse.
Region | Working days | Price | Free from
European Union | 2–4 | EUR 4.90 | EUR 60
Korea | 5–8 | EUR 12.90 | EUR 150"""


def found(
    heading: str = "What does a return cost?",
    text: str = COSTS,
    *,
    article: str = "Return an item",
    language: str = "en",
    sure: float = 1.0,
    passage_id: str = "",
) -> Found:
    """``sure`` from 0 to 1: how well it fits the question."""
    return Found(
        passage_id=passage_id or f"psg_{article}_{heading}"[:40],
        article_id=f"art_{article}",
        slug=article.lower().replace(" ", "-"),
        title=article,
        heading=heading,
        language=language,
        text=text,
        score=sure,
        meaning=0.85 + 0.08 * sure,
        words=14 * sure,
        coverage=sure,
        url=f"/help/{language}/articles/{article.lower().replace(' ', '-')}",
    )


FIELD = tuple(
    found(f"Other {n}", f"Something else entirely, number {n}.", article=f"Article {n}", sure=0.1) for n in range(6)
)
"""What else is found when one passage answers."""
NOTHING = FIELD


def asks(
    question: str,
    *past: Turn,
    language: str = "en",
    wants_human: bool = False,
    choice: str | None = None,
    introduced: bool = True,
) -> Situation:
    return Situation(
        message_id="msg_dana",
        question=question,
        language=language,
        wants_human=wants_human,
        choice=choice,
        past=past,
        introduced=introduced,
    )


def answered(question: str, text: str, *passages: str) -> Turn:
    return Turn(question, "answer", "good_hit", text, passages)


def missed(question: str, text: str = "I don’t know") -> Turn:
    return Turn(question, "unknown", "weak", text)


def texts(choices: Sequence[object]) -> list[str]:
    return [getattr(choice, "id", "") for choice in choices]
