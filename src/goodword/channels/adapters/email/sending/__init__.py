"""From a reply to a mail that a server has taken.

``compose`` is pure: the same reply always becomes the same bytes under the same Message-ID, however often it is sent.
"""

from goodword.channels.adapters.email.sending.compose import compose
from goodword.channels.adapters.email.sending.model import Composed, Prepared, Quote

__all__ = ["Composed", "Prepared", "Quote", "compose"]
