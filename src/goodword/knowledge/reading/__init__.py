"""From bytes to a document: Markdown, HTML and plain text of any charset become a title and a row of blocks.

`read` promises that no visible character of the content is lost and that the time it takes is bounded; what
is not text raises `Unreadable` with a reason for the person who uploaded it.
"""

from goodword.knowledge.reading.model import Block, Document, Kind, Unreadable
from goodword.knowledge.reading.read import LARGEST, read

__all__ = ["LARGEST", "Block", "Document", "Kind", "Unreadable", "read"]
