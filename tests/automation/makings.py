"""Rules and situations for tests that need no desk."""

from typing import Any

from goodword.automation.model import Condition, Rule, When
from goodword.automation.situation import Situation
from goodword.automation.steps import Tag


def rule(*conditions: tuple[Any, ...], when: When | str = "customer_wrote", **more: Any) -> Rule:
    """``conditions``: field, op, value and, where there is one, key."""
    given = {
        "id": "rul_1",
        "name": "Refunds",
        "enabled": True,
        "position": 0,
        "when": when if isinstance(when, When) else When(when),  # type: ignore[arg-type]
        "conditions": tuple(Condition(*one) for one in conditions),
        "any": False,
        "steps": (Tag(("refund",)),),
    }
    return Rule(**{**given, **more})


def situation(text: str = "", **more: Any) -> Situation:
    return Situation(**{"at": 0, "event": "customer_wrote", "text": text, **more})
