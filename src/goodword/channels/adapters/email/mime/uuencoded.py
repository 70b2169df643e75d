"""Files that stand in the text itself, as programs wrote them before there was MIME."""

import re

from goodword.channels.adapters.email.mime.transfer import from_uuencode

MOST = 20
_FILE = re.compile(r"^begin [0-7]{3,4} (\S[^\n]{0,200})\n((?:[ -`]{1,64}+\n)++)end[ \t]*$\n?", re.MULTILINE)


def without_files(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without them, and each with its name; what is not whole stays text."""
    files: list[tuple[str, bytes]] = []
    if "\nend" not in text:
        return text, files

    def taken(found: re.Match[str]) -> str:
        if len(files) == MOST:
            return found[0]
        files.append((found[1].strip(), from_uuencode(found[0].encode())))
        return ""

    return _FILE.sub(taken, text), files
