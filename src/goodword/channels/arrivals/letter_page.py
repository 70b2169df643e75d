"""A letter as its sender meant it to look: a page of its own for a frame, in which nothing of it can do anything.

Its policy is its own. A page that the workspace wrote into the frame itself would inherit the workspace's, by which
every style of a letter would be refused.
"""

import re
from html import escape
from typing import Final

from goodword.channels.arrivals.letters import LetterView

# No script, no form, no frame, no font; and where whoever opens the page by itself would be without the frame's
# sandbox, the policy is one. What is followed opens a window of its own.
POLICY: Final = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src 'self' data:{elsewhere}; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
# A letter that chooses colours was written for white paper; one that doesn't is shown in those of the reader.
COLOURED: Final = re.compile(r"""<[^<>]*[\s"';](?:bgcolor|color|background(?:-color)?)\s*[:=]""", re.IGNORECASE)
TAG: Final = re.compile(r"[A-Za-z0-9-]{2,20}")
LOOKS: Final = """
:root { color-scheme: light; background: #fff; color: #1d2229; }
:root[data-dark] { color-scheme: dark; background: #201e1a; color: #ebe7e0; }
body { margin: 16px; font: 15px/22px system-ui, sans-serif; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
pre { white-space: pre-wrap; }
blockquote { margin: 0; padding-inline-start: 12px; border-inline-start: 2px solid #89867e; }
"""


def policy(*, remote: bool) -> str:
    """``remote``: pictures that stand elsewhere may be loaded."""
    return POLICY.format(elsewhere=" https: http:" if remote else "")


def page_of(letter: LetterView, *, dark: bool, language: str = "") -> str:
    """The whole document. ``dark``: for a reader whose screen is dark, where the letter has no colours of its own."""
    look = ' data-dark=""' if dark and not COLOURED.search(letter.html) else ""
    look += f' lang="{language}"' if TAG.fullmatch(language) else ""
    return (
        f'<!doctype html><html{look}><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(letter.subject)}</title>'
        f'<base target="_blank"><style>{LOOKS}</style></head><body dir="auto">{letter.html}</body></html>'
    )
