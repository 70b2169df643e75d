"""A conversation told again from its events, so that a rule can be asked about what is past.

The same as ``loading`` finds in the tables, at each moment of the way; a property test holds the two together.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from goodword.automation.model import Happening
from goodword.automation.situation import Situation, actor_of, happenings, is_outside
from goodword.automation.steps import AnyStep
from goodword.automation.supposing import Members, supposed
from goodword.customers import Customer
from goodword.platform.events import Event


class Said(msgspec.Struct, frozen=True):
    """A message of the customer: its words, which one it was, who spoke before, and when it came."""

    text: str
    number: int
    before: str | None
    at: int = 0


class Unfolding:
    """Take the events in their order; what is asked is how things stood behind the last one."""

    def __init__(self, customer: Customer | None) -> None:
        self._language = customer.language if customer else None
        self._said: dict[str, Said] = {}
        self._last = Said("", 0, None)
        self._spoke: str | None = None
        self._now = Situation(
            at=0,
            event="opened",
            known=customer is not None and not customer.anonymous,
            customer_fields=customer.attributes if customer else {},
        )

    def take(self, event: Event) -> list[Situation]:
        """Each happening that the event is, with how things stand by then."""
        data = msgspec.json.decode(event.data)
        about = self._words(event, data)
        self._change(event, data)
        actor = event.actor.kind
        first = event.type == "MessageUnderstood" and about.number == 1 and about.before is None
        return [
            self._look(event, happening, thing, about, event.at)
            for happening, thing in happenings(event.type, data, actor, first=first)
        ]

    def later(self, event: Event, happening: Happening, at: int) -> Situation:
        """How things stand when the time since ``event`` is over."""
        return self._look(event, happening, "", self._words(event, msgspec.json.decode(event.data)), at)

    def suppose(self, steps: Sequence[AnyStep], members: Members, trigger: str | None) -> None:
        """Go on as if these steps had been carried out."""
        for step in steps:
            self._now = supposed(self._now, step, members, trigger)

    def began_a_wait(self, event: Event) -> bool:
        """Whether the customer waits, and since this."""
        data = msgspec.json.decode(event.data)
        began = self._words(event, data).at if event.type == "MessageUnderstood" else event.at
        return event.type in ("MessageUnderstood", "HandoverRequested") and began == self._now.waiting_since

    @property
    def now(self) -> Situation:
        return self._now

    def _look(self, event: Event, happening: Happening, about: str, words: Said, at: int) -> Situation:
        return msgspec.structs.replace(
            self._now,
            at=at,
            event=happening,
            about=about,
            actor=actor_of(event.type, event.actor.kind),
            language=self._now.language or self._language,
            text=words.text,
            messages=words.number,
            before=words.before,
        )

    def _words(self, event: Event, data: dict[str, Any]) -> Said:
        match event.type:
            case "MessageUnderstood":
                return self._said.get(data["message_id"], self._last)
            case "ReplyQueued" | "NoteAdded":
                return Said(data["message"]["text"], self._last.number, self._spoke)
            case _:
                return Said(self._last.text, self._last.number, self._spoke)

    def _change(self, event: Event, data: dict[str, Any]) -> None:
        self._now = msgspec.structs.replace(self._now, at=event.at, **self._changes(event, data))
        match event.type:
            case "MessageReceived":
                message = data["message"]
                self._last = self._said[message["id"]] = Said(
                    message["text"], self._last.number + 1, self._spoke, event.at
                )
                self._spoke = "customer"
            case "ReplyQueued":
                self._spoke = data["message"]["author"]["kind"]

    def _changes(self, event: Event, data: dict[str, Any]) -> dict[str, Any]:
        now = self._now
        match event.type:
            case "ConversationOpened":
                return {"channel": data["channel"]["id"], "handler": data["handler"], "language": data["language"]}
            case "MessageReceived":
                waiting_since = now.waiting_since if is_outside(event.type, data) else now.waiting_since or event.at
                return {"waiting_since": waiting_since, "status": "open", "snoozed_until": None}
            case "ReplyQueued" if is_outside(event.type, data):
                return {}
            case "MessageUnderstood":
                return {"language": data["spoken"] or now.language, "mood": data["mood"] or now.mood}
            case "ReplyQueued" if event.actor.kind == "agent" or now.handler == "assistant":
                answered = now.status in ("open", "waiting", "snoozed")
                return {"waiting_since": None, **({"status": "waiting", "snoozed_until": None} if answered else {})}
            case "HandoverRequested":
                return {"waiting_since": now.waiting_since or event.at}
            case "HandlerChanged":
                return {"handler": data["handler"]}
            case "Assigned":
                team = data["team"]["id"] if data["team"] else now.team
                return {"assignee": data["agent"]["id"] if data["agent"] else None, "team": team}
            case "StatusChanged":
                closed = {"waiting_since": None} if data["status"] == "closed" else {}
                return {"status": data["status"], "snoozed_until": data["until"], **closed}
            case "Tagged":
                return {"tags": now.tags | {data["tag"]}}
            case "Untagged":
                return {"tags": now.tags - {data["tag"]}}
            case "PriorityChanged":
                return {"priority": data["priority"]}
            case "FieldSet":
                fields = {key: value for key, value in now.fields.items() if key != data["key"]}
                return {"fields": fields if data["value"] is None else {**fields, data["key"]: data["value"]}}
            case "RatingGiven":
                return {"rating": data["score"]}
            case "MarkedSpam":
                return {"spam": True, "handler": "nobody", "waiting_since": None}
            case "UnmarkedSpam":
                return {"spam": False}
            case _:
                return {}
