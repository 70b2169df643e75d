"""What a subject says about a mail: that it was passed on to be read."""

import re

FORWARD = re.compile(
    r"\s*(?:\[[^\]]{0,60}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|vs|vb|vl|fs|doorst|pd|ilt|転送|전달|转发|轉寄|轉發)\s?[:：]",
    re.IGNORECASE,
)


def is_forward(subject: str) -> bool:
    return FORWARD.match(subject) is not None
