"""What may happen to routing itself: on the stream ``routing``."""

from goodword.platform.events import Fact


class RoutingChanged(Fact):
    """``changed``: the names of the settings that are different now."""

    changed: tuple[str, ...]
