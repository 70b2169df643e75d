"""Which agent looks at which conversation just now: heard over the bus, kept in memory, soon forgotten."""

from collections.abc import Callable

from goodword.platform.bus import Bus, Signal
from goodword.platform.clock import MINUTE, Clock

FORGOTTEN_AFTER = MINUTE


class Viewing:
    """One per process; every process hears the same signals."""

    def __init__(self, bus: Bus, clock: Clock) -> None:
        self._bus = bus
        self._clock = clock
        self._looks: dict[str, tuple[str, str, int]] = {}
        self._stop: Callable[[], None] = bus.listen(self._hear)

    def look(self, line: str, conversation_id: str | None, agent_id: str, name: str) -> None:
        """The agent on ``line`` looks at a conversation, still does, or (None) looks away."""
        data: dict[str, object] = {"line": line, "id": agent_id, "name": name}
        self._bus.send(Signal("viewing", conversation_id or "", data))
        self._bus.send(Signal("presence", "", {"viewing": self.now()}))

    def now(self) -> dict[str, list[dict[str, str]]]:
        """Agents by conversation."""
        since = self._clock.now() - FORGOTTEN_AFTER
        self._looks = {line: look for line, look in self._looks.items() if look[2] > since}
        by_conversation: dict[str, list[dict[str, str]]] = {}
        for line, (conversation_id, name, _) in sorted(self._looks.items()):
            agent = {"id": line.partition("/")[0], "name": name}
            known = by_conversation.setdefault(conversation_id, [])
            if agent not in known:
                known.append(agent)
        return by_conversation

    def close(self) -> None:
        self._stop()

    def _hear(self, signal: Signal) -> None:
        if signal.kind != "viewing":
            return
        line = f"{signal.data['id']}/{signal.data['line']}"
        if signal.stream:
            self._looks[line] = (signal.stream, str(signal.data["name"]), self._clock.now())
        else:
            self._looks.pop(line, None)
