"""A reply parted into what its writer says now and what is folded: the quoted history and the signature.

Promised: nothing is lost (``new`` and ``folded`` hold every line), nothing new is folded on a mere suspicion, and the
time grows no faster than the mail. The words of mail programs stand in ``languages.toml`` and ``closings.toml``, the
marks of their HTML in ``marks.toml``; a language or a program more is a few words more there.
"""

from goodword.channels.adapters.email.quotes.markup import lines_of
from goodword.channels.adapters.email.quotes.model import Line, Stripped
from goodword.channels.adapters.email.quotes.subjects import is_forward
from goodword.channels.adapters.email.quotes.text import strip_lines

__all__ = ["Stripped", "strip_html", "strip_text"]


def strip_text(text: str, subject: str = "") -> Stripped:
    """With a ``subject`` that says "Fwd:" what stands below the writer's few words is new too."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return strip_lines([Line(line) for line in lines], is_forward(subject))


def strip_html(html: str, subject: str = "") -> Stripped:
    """Both parts as plain text; what the HTML says about its elements comes before what their words say."""
    return strip_lines(lines_of(html), is_forward(subject))
