"""Mail that a provider fetches for us and posts: each in a shape of its own, all of them read as the same mail."""

from goodword.channels.adapters.email.webhooks.unpacking import SHAPES, NoMail, unpacked

__all__ = ["SHAPES", "NoMail", "unpacked"]
