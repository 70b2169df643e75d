"""``goodword mail strip``: the same for people at a terminal and for scripts."""

import pytest
from click.testing import CliRunner

from goodword.cli.mail import mail

TEXT = "The blue one, please.\n\nOn Mon, 3 Mar 2025 at 10:15, Ada <ada@fennel-oak.example> wrote:\n> Which colour?\n"
PAGE = "<p>파란색으로 부탁드립니다.</p><blockquote type='cite'>2025. 3. 3., Ada 작성:<br>어떤 색이요?</blockquote>"


@pytest.mark.parametrize(
    ("arguments", "body", "new"),
    [([], TEXT, "The blue one, please.\n"), (["--html"], PAGE, "파란색으로 부탁드립니다.\n")],
)
def test_the_new_part_is_printed(arguments: list[str], body: str, new: str):
    assert CliRunner().invoke(mail, ["strip", *arguments], input=body.encode()).output == new


def test_bytes_that_are_no_utf8_are_read_all_the_same():
    result = CliRunner().invoke(mail, ["strip"], input=b"Caf\xe9\n")
    assert result.exit_code == 0
    assert result.output.startswith("Caf")
