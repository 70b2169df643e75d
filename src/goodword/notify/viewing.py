"""Which agent looks at which conversation just now: heard over the bus, kept in memory, soon forgotten."""

from collections.abc import Callable, Iterable

import msgspec

from goodword.platform.bus import Bus, Signal
from goodword.platform.clock import MINUTE, Clock

FORGOTTEN_AFTER = MINUTE


class Looking(msgspec.Struct, frozen=True):
    """``at``: when it was heard last."""

    conversation_id: str
    id: str
    name: str
    at: int


class Viewing:
    """One per process; every process hears the same signals.

    Everyone's lines are told who looks where once, when they begin, and then what has changed: with all of it at every
    sign of life many agents would cost the square of their number, many times a minute.
    """

    def __init__(self, bus: Bus, clock: Clock) -> None:
        self._bus = bus
        self._clock = clock
        # By line; who was heard last comes last.
        self._looks: dict[str, Looking] = {}
        self._lines: dict[str, dict[str, None]] = {}
        self._told: set[Callable[[bytes], None]] = set()
        self._stop: Callable[[], None] = bus.listen(self._hear)

    def look(self, line: str, conversation_id: str | None, agent_id: str, name: str) -> None:
        """The agent on ``line`` looks at a conversation, still does, or (None) looks away."""
        data: dict[str, object] = {"line": line, "id": agent_id, "name": name}
        self._bus.send(Signal("viewing", conversation_id or "", data))

    def tell(self, hear: Callable[[bytes], None]) -> Callable[[], None]:
        """Give ``hear`` a frame with how things stand, and one with every change, until what comes back is called."""
        self._forget_silent()
        hear(msgspec.json.encode({"kind": "presence", "viewing": self._agents(self._lines)}))
        self._told.add(hear)
        return lambda: self._told.discard(hear)

    def close(self) -> None:
        self._stop()

    def _hear(self, signal: Signal) -> None:
        if signal.kind != "viewing":
            return
        agent_id, name = str(signal.data["id"]), str(signal.data["name"])
        line, changed = f"{agent_id}/{signal.data['line']}", self._forget_silent()
        before = self._drop(line)
        if signal.stream:
            self._looks[line] = Looking(signal.stream, agent_id, name, self._clock.now())
            self._lines.setdefault(signal.stream, {})[line] = None
        if before is None or (before.conversation_id, before.name) != (signal.stream, name):
            changed |= {signal.stream, before.conversation_id if before else ""} - {""}
        if changed:
            frame = msgspec.json.encode({"kind": "presence", "changed": self._agents(changed)})
            for hear in tuple(self._told):
                hear(frame)

    def _forget_silent(self) -> set[str]:
        """The conversations at which nobody looks any more who had to be heard."""
        since, left = self._clock.now() - FORGOTTEN_AFTER, set()
        while self._looks and (look := self._looks[line := next(iter(self._looks))]).at <= since:
            self._drop(line)
            left.add(look.conversation_id)
        return left

    def _drop(self, line: str) -> Looking | None:
        look = self._looks.pop(line, None)
        if look:
            lines = self._lines[look.conversation_id]
            del lines[line]
            if not lines:
                del self._lines[look.conversation_id]
        return look

    def _agents(self, conversation_ids: Iterable[str]) -> dict[str, list[dict[str, str]]]:
        """Everyone once, with however many windows he looks."""
        shown = {}
        for id in conversation_ids:
            names = {look.id: look.name for look in (self._looks[line] for line in self._lines.get(id, ()))}
            shown[id] = [{"id": agent_id, "name": name} for agent_id, name in sorted(names.items())]
        return shown
