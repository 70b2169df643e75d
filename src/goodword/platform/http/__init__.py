"""What every door and every outgoing call share.

Problem documents, streams, uploads, and a guard against reaching inwards.
"""

from goodword.platform.http.client import Outgoing, open_client
from goodword.platform.http.problems import problem, problem_response
from goodword.platform.http.signing import webhook_signature
from goodword.platform.http.streams import BEAT, BEAT_EVERY, event_stream, frame
from goodword.platform.http.tokens import bearer
from goodword.platform.http.uploads import TAKES_FILES, presented, uploaded

__all__ = [
    "BEAT",
    "BEAT_EVERY",
    "TAKES_FILES",
    "Outgoing",
    "bearer",
    "event_stream",
    "frame",
    "open_client",
    "presented",
    "problem",
    "problem_response",
    "uploaded",
    "webhook_signature",
]
