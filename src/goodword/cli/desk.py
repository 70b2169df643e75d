"""``goodword migrate``, ``setup`` and ``token``: a desk is made ready."""

import asyncio
from pathlib import Path

import click

from goodword.cli.options import data_option, json_option, quiet_settings, show
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.settings import Settings


@click.command()
@data_option
def migrate(data: Path | None) -> None:
    """Bring the database to the schema of this version."""
    from goodword.platform.db.migrate import migrate as run

    settings = quiet_settings(data)
    asyncio.run(run(settings.database))
    click.echo("The database is up to date.")


@click.command()
@data_option
@click.option("--name", required=True, help="Name of the first administrator.")
@click.option("--email", required=True, help="E-mail address to sign in with.")
@click.option(
    "--password", envvar="GOODWORD_ADMIN_PASSWORD", prompt=True, hide_input=True, help="10 characters or more."
)
@click.option("--language", default="en", help="Language of the workspace.")
def setup(data: Path | None, name: str, email: str, password: str, language: str) -> None:
    """Set up the first administrator; refused once somebody is there."""
    agent = asyncio.run(_setup(quiet_settings(data), name, email, password, language))
    click.echo(f"{agent} can sign in now.")


@click.command()
@data_option
@json_option
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, help="A right the token has; may be given several times. [default: reading]"
)
def token(data: Path | None, as_json: bool, name: str, scopes: tuple[str, ...]) -> None:
    """Make an API token called NAME; it is shown this once."""
    secret = asyncio.run(
        _token(quiet_settings(data), name, scopes or ("conversations.read", "customers.read", "knowledge.read"))
    )
    show({"name": name, "token": secret}, as_json, lambda answer: str(answer["token"]))


async def _setup(settings: Settings, name: str, email: str, password: str, language: str) -> str:
    from goodword.staff import Profile, hashed, set_up

    password_hash = await hashed(password, email)
    profile = Profile(name, email, language=language, languages=(language,))
    from goodword.app import open_desk

    async with open_desk(settings) as desk:
        stamp = Stamp(desk.services.clock.now(), SYSTEM)
        agent = await desk.services.database.write(set_up, stamp, profile, password_hash)
        return agent.email


async def _token(settings: Settings, name: str, scopes: tuple[str, ...]) -> str:
    from goodword.app import open_desk
    from goodword.staff import create_token

    async with open_desk(settings) as desk:
        stamp = Stamp(desk.services.clock.now(), SYSTEM)
        _, secret = await desk.services.database.write(create_token, stamp, name=name, scopes=scopes)
        return secret
