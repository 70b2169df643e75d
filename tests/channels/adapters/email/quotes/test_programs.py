"""Every program in every language: what the customer says stays, what stood below is folded."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodword.channels.adapters.email.quotes import strip_text

LANGUAGES = tomllib.loads(Path(__file__).with_name("programs.toml").read_text(encoding="utf-8"))


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def replies() -> Iterator[tuple[str, str, str]]:
    """Name, what was said, and the mail as a whole."""
    for language, table in LANGUAGES.items():
        said, old = table["said"], table["old"]
        for program in ("gmail", "apple", "thunderbird", "yahoo"):
            for at, intro in enumerate(table[program]):
                name = f"{language}-{program}{at}"
                yield f"{name}-quoted", said, f"{said}\n\n{intro}\n\n{quoted(old)}\n"
                yield f"{name}-tight", said, f"{said}\n\n{intro}\n{quoted(old)}\n"
                yield f"{name}-bare", said, f"{said}\n\n{intro}\n\n{old}\n"
                yield f"{name}-inside", said, f"{said}\n\n{quoted(intro)}\n>\n{quoted(old)}\n"
                yield (
                    f"{name}-twice",
                    said,
                    f"{said}\n\n{intro}\n\n{quoted(old + chr(10) + intro + chr(10) + quoted(said))}\n",
                )
        for at, fields in enumerate(table["outlook"]):
            starred = "\n".join(f"*{line.replace(':', ':*', 1).replace('：', '：*', 1)}" for line in fields.split("\n"))
            apart = fields.replace("\n", "\n\n")
            for how, block in {"plain": fields, "starred": starred, "apart": apart}.items():
                name = f"{language}-outlook{at}-{how}"
                yield name, said, f"{said}\n\n{block}\n\n{old}\n"
                yield f"{name}-line", said, f"{said}\n\n________________________________\n{block}\n\n{old}\n"
                yield f"{name}-original", said, f"{said}\n\n{table['original']}\n{block}\n\n{old}\n"
        yield f"{language}-original", said, f"{said}\n\n{table['original']}\n\n{old}\n"
        yield f"{language}-samsung", said, f"{said}\n\n{table['samsung'].replace('&nbsp;', chr(160))}\n\n{old}\n"
        for at, phone in enumerate(table["phone"]):
            yield f"{language}-phone{at}", said, f"{said}\n\n{phone}\n"
            yield f"{language}-phone{at}-gmail", said, f"{said}\n\n{phone}\n\n{table['gmail'][0]}\n\n{quoted(old)}\n"
            yield (
                f"{language}-phone{at}-outlook",
                said,
                f"{said}\n\n{phone}\n________________________________\n{table['outlook'][0]}\n\n{old}\n",
            )


CASES = list(replies())


@pytest.mark.parametrize(("said", "mail"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_was_said_stays_and_the_rest_is_folded(said: str, mail: str):
    stripped = strip_text(mail)
    assert stripped.new.split() == said.split()
    assert sorted((stripped.new + " " + stripped.folded).split()) == sorted(mail.split())
