"""Text whose lines flow (RFC 3676): soft line breaks are taken out again."""


def unflowed(text: str, delete_space: bool) -> str:
    """Paragraphs as one line each; what is quoted stays as it stands. ``delete_space``: the space before a soft break
    is none of the writer's."""
    lines: list[str] = []
    paragraph: list[str] = []
    for line in text.split("\n"):
        if line.startswith(">"):
            _close(lines, paragraph)
            lines.append(line)
            continue
        words = line.removeprefix(" ")
        if words == "-- ":
            _close(lines, paragraph)
        soft = words.endswith(" ") and words != "-- "
        paragraph.append(words[:-1] if soft and delete_space else words)
        if not soft:
            _close(lines, paragraph)
    _close(lines, paragraph)
    return "\n".join(lines)


def _close(lines: list[str], paragraph: list[str]) -> None:
    if paragraph:
        lines.append("".join(paragraph))
        paragraph.clear()
