"""News for those who watch.

The agents' live line, as a WebSocket or as server-sent events, from the same opaque cursor.
"""

from goodword.notify.api import routes

__all__ = ["routes"]
