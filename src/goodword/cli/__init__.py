"""The terminal: the same actions, for people and for scripts."""

import sys

import click

from goodword.cli.loading import loaded
from goodword.platform.errors import GoodwordError
from goodword.platform.settings import BadSettings

# Where each is, and what it does in a line: the list of all is shown without loading any.
COMMANDS = {
    "serve": ("goodword.cli.serve", "Serve the desk, and run its jobs."),
    "work": ("goodword.cli.serve", "Run jobs only; as many processes as you like beside `serve`."),
    "migrate": ("goodword.cli.desk", "Bring the database to the schema of this version."),
    "setup": ("goodword.cli.desk", "Set up the first administrator."),
    "token": ("goodword.cli.desk", "Make an API token; it is shown once."),
    "check": ("goodword.cli.check", "Look at settings, database, disk, embedding and clients."),
    "audit": ("goodword.cli.audit", "Verify that nobody has changed what was recorded."),
    "demo": ("goodword.cli.demo", "Fill an empty desk with the demo company."),
    "knowledge": ("goodword.cli.knowledge", "Import articles and search them."),
    "mail": ("goodword.cli.mail", "Read mails, take one in, measure how well they are read."),
    "ask": ("goodword.cli.questions", "Ask the assistant."),
    "read": ("goodword.cli.questions", "Say what a message is understood to be."),
}


class Commands(click.Group):
    """Loads a command when it is called: the others' imports would only make it wait."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(loaded(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, help="Goodword: the desk where customers are heard, answered and kept faith with.")
@click.version_option(package_name="goodword")
def goodword() -> None:
    pass


def main() -> None:
    """Exit code 2 for a mistake in how it was called, 1 for everything else that went wrong."""
    try:
        goodword()
    except BadSettings as error:
        click.echo(f"goodword: {error}", err=True)
        sys.exit(2)
    except GoodwordError as error:
        click.echo(f"goodword: {explained(error)}", err=True)
        sys.exit(1)


def explained(error: GoodwordError) -> str:
    """The catalogue's sentence, and what the machine said where it said something."""
    from goodword.platform.http.problems import sentence

    detail = error.facts.get("detail")
    return f"{sentence(error, 'en')}{f' ({detail})' if detail else ''}"
