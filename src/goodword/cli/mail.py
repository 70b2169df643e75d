"""``goodword mail``: what is read in a mail, for people who wonder and for mail servers' pipes."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from goodword.channels.adapters.email.model import Mail
from goodword.channels.adapters.email.parsing import parse as read_mail
from goodword.channels.adapters.email.quotes import strip_html, strip_text
from goodword.channels.adapters.email.scoring import Figure
from goodword.channels.adapters.email.scoring import score as score_folder
from goodword.cli.receive import receive


@click.group()
def mail() -> None:
    """Read mails."""


@mail.command()
def parse() -> None:
    """Print what is understood of the mail on standard input, as one JSON object."""
    understood = _understood(read_mail(sys.stdin.buffer.read()))
    click.echo(json.dumps(understood, ensure_ascii=False))


@mail.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--misses", is_flag=True, help="Name what was read wrongly.")
def score(folder: Path, misses: bool) -> None:
    """Measure how well the mails of FOLDER are read, which says beside them what should come out."""
    figures = score_folder(folder)
    for figure in figures:
        click.echo(_line(figure))
    for figure in figures if misses else ():
        for missed in figure.missed:
            click.echo(f"missed, {figure.name}: {missed}")


@mail.command()
@click.option("--html", "as_html", is_flag=True, help="The body is HTML.")
def strip(as_html: bool) -> None:
    """Print what is new in the body on standard input: without what it quotes, and without the signature."""
    body = sys.stdin.buffer.read().decode("utf-8", "replace")
    click.echo((strip_html if as_html else strip_text)(body).new)


mail.add_command(receive)


def _line(figure: Figure) -> str:
    verdict = "" if figure.kept else "  falls short"
    return f"{figure.name:26} {figure.right:4d} of {figure.of:4d}  {figure.share:7.1%}  (≥ {figure.bar:.0%}){verdict}"


def _understood(read: Mail) -> dict[str, Any]:
    bounce = read.bounce
    return {
        "from": read.sender.address,
        "from_name": read.sender.name,
        "to": [address.address for address in read.to if address.address],
        "subject": read.subject,
        "text": read.first_text,
        "html": read.html,
        "reply_text": read.reply_text,
        "attachments": [
            {"name": part.name, "content_type": part.content_type, "size": len(part.content)}
            for part in read.attachments
        ],
        "is_bounce": read.automatic == "bounce",
        "is_auto_reply": read.is_auto_reply,
        "bounce": {"recipient": bounce.recipient, "status": bounce.status, "action": bounce.action} if bounce else None,
        "message_id": read.message_id,
        "references": list(read.references),
    }
