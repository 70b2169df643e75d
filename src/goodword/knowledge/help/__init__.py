"""The public help centre: pages without need of a script, for people, screen readers and search engines alike."""

from goodword.knowledge.help.routes import routes

__all__ = ["routes"]
