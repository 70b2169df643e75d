"""How fast a full mailbox becomes conversations: from a real Dovecot into a real server.

    python benchmarks/mail_in.py [mails] [kilobytes]

So many mails of so many customers, each of some kilobytes with a text, an HTML part and quoted history, lie in a
folder when the server starts. *Kept*: their bytes are on our disk and recorded, nothing can be lost any more. *Taken*:
each is a message of a conversation. Memory is the server's at its highest. *One*: seconds from handing one more mail to
Postfix until it is a message, the median of ten. Needs root, Dovecot and Postfix.
"""

import asyncio
import sqlite3
import sys
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from goodword.app import open_desk
from goodword.channels.actions.add_channel import add_channel
from goodword.channels.secrets import sealed_settings
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.settings import load
from goodword.rig.server import Server
from tests.mailservers.servers import MailServers, NoMailServers, private_mail_servers

CARE = "care@fennel-oak.example"
PATIENCE = 900
TAKEN = "SELECT count(*) FROM arrivals WHERE state = 'taken'"


def main(mails: int, kilobytes: int) -> None:
    try:
        with private_mail_servers() as servers, tempfile.TemporaryDirectory(prefix="goodword-bench-") as folder:
            asyncio.run(furnish(Path(folder), servers))
            fill(servers, mails, kilobytes)
            measure(Path(folder), servers, mails, kilobytes)
    except NoMailServers as error:
        print(error)


def fill(servers: MailServers, mails: int, kilobytes: int) -> None:
    for start in range(0, mails, 200):
        servers.put(CARE, *(written(number, kilobytes) for number in range(start, min(start + 200, mails))))


def written(number: int, kilobytes: int) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"Dana Evans {number} <dana-{number}@customers.example>"
    mail["To"], mail["Subject"] = CARE, f"Order FO-{number}"
    mail["Date"], mail["Message-ID"] = "Tue, 29 Sep 2026 09:00:00 +0200", f"<{number}@customers.example>"
    said = f"Hello,\n\nthe lid of order FO-{number} doesn't fit. What can I do?\n\nRegards\nDana\n"
    history = "".join(f"> line {line} of what was said before\n" for line in range(kilobytes * 10))
    text = f"{said}\nOn Mon, 28 Sep 2026 at 10:12, Fennel & Oak <{CARE}> wrote:\n{history}"
    mail.set_content(text)
    mail.add_alternative(f"<p>{said}</p><div class='gmail_quote'>{history}</div>", subtype="html")
    return mail.as_bytes()


def measure(folder: Path, servers: MailServers, mails: int, kilobytes: int) -> None:
    with Server(folder, embedding="none", assistant_answers="false") as server:
        began = time.perf_counter()
        kept = wait_for(folder, "SELECT count(*) FROM arrivals", mails) - began
        taken = wait_for(folder, TAKEN, mails) - began
        peak = peak_mb(server.pid)
        one = sorted(single(folder, servers, mails + number) for number in range(10))[5]
    with sqlite3.connect(folder / "goodword.db") as database:
        found = database.execute("SELECT count(DISTINCT conversation_id), count(*) FROM arrivals").fetchone()
    assert found == (mails + 10, mails + 10), found
    print(f"{'mails':>6}{'kB each':>9}{'kept/s':>9}{'taken/s':>9}{'MB at most':>12}{'one, s':>8}")
    size = len(written(0, kilobytes)) / 1e3
    print(f"{mails:>6}{size:>9.1f}{mails / kept:>9,.0f}{mails / taken:>9,.0f}{peak:>12,.0f}{one:>8.2f}")


def single(folder: Path, servers: MailServers, number: int) -> float:
    began = time.perf_counter()
    servers.send(written(number, 2), "dana@customers.example", CARE)
    return wait_for(folder, TAKEN, number + 1) - began


def wait_for(folder: Path, query: str, many: int) -> float:
    end = time.perf_counter() + PATIENCE
    with sqlite3.connect(folder / "goodword.db") as database:
        while time.perf_counter() < end:
            if database.execute(query).fetchone()[0] >= many:
                return time.perf_counter()
            time.sleep(0.02)
    raise TimeoutError(query)


def peak_mb(pid: int) -> float:
    """The most that a process has held in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM"))


async def furnish(folder: Path, servers: MailServers) -> None:
    async with open_desk(load({}, data=folder), reacting=False) as desk:
        manifest = desk.services.registry.get("email").manifest
        settings = sealed_settings(manifest, servers.settings(CARE, acknowledge=False), desk.services.secret_key)

        async def deed(tx: Tx) -> None:
            await add_channel(tx, Stamp(desk.services.clock.now(), SYSTEM), manifest, "Care", settings)

        await desk.services.database.write(deed)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [2_000, 2][len(given) :]))
