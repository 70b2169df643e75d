import re

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.{0,8000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)")


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two `---` at the start of `text`, keys in lower case, and the rest."""
    found = _FRONT.match(text)
    if not found:
        return {}, text
    fields = (_FIELD.fullmatch(line.strip()) for line in found.group(1).splitlines())
    said = {field.group(1).lower(): field.group(2).strip().strip("\"'") for field in fields if field}
    return (said, text[found.end() :]) if said else ({}, text)
