"""What reading a mail costs: milliseconds and memory by kind of mail.

    python benchmarks/mail_parse.py [folder of raw mails]

With a folder, every file in it is read as well, and the slowest are named.
"""

import base64
import sys
import time
import tracemalloc
from pathlib import Path
from statistics import mean, median

from goodword.channels.adapters.email.parsing import parse

HEAD = (
    "From: Dana Evans <dana@customers.example>\r\nTo: Care <care@fennel-oak.example>\r\n"
    "Subject: =?utf-8?Q?Th=C3=A9i=C3=A8re?=\r\nDate: Mon, 2 Feb 2026 10:00:00 +0100\r\n"
    "Message-ID: <2@customers.example>\r\nReferences: <1@fennel-oak.example>\r\nMIME-Version: 1.0\r\n"
)
LINE = "The kettle that I bought in your shop on Monday has begun to leak from below its handle.\r\n"
WORDS = LINE * 10 + "\r\nOn Sun, 1 Feb 2026 at 10:00, Care <care@fennel-oak.example> wrote:\r\n" + f"> {LINE}" * 50
ROW = '<tr><td style="padding:4px;color:#333333"><p class="MsoNormal">{}<a href="https://shop.example/{}">tea</a></p></td></tr>'
PAGE = "<html><body><table>" + "".join(ROW.format(LINE, number) for number in range(60)) + "</table></body></html>"


def main() -> None:
    print(f"{'':34}   size, kB         ms   most memory, MB")
    for name, raw in cases().items():
        print(f"{name:34} {len(raw) / 1000:10,.1f} {cost(raw):10.2f} {memory(raw):10.1f}")
    if len(sys.argv) > 1:
        folder(Path(sys.argv[1]))


def cases() -> dict[str, bytes]:
    alternative = multipart("alternative", text(WORDS), html(PAGE))
    korean = (HEAD + html(PAGE.replace("kettle", "주전자"))).replace("utf-8", "euc-kr").encode("euc-kr")
    picture = "Content-Type: image/jpeg; name=leak.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n{}"
    return {
        "a few words": (HEAD + text(LINE)).encode(),
        "a reply, text": (HEAD + text(WORDS)).encode(),
        "a reply, HTML": (HEAD + html(PAGE)).encode(),
        "a typical mail, text and HTML": (HEAD + alternative).encode(),
        "a reply, HTML, in Korean": korean,
        "with a picture of 5 MB": (HEAD + multipart("mixed", text(WORDS), picture.format(encoded(5)))).encode(),
        "with files of 50 MB": (HEAD + multipart("mixed", text(WORDS), *[picture.format(encoded(5))] * 10)).encode(),
        "a thousand parts": (HEAD + multipart("mixed", *[text(LINE)] * 1000)).encode(),
        "10,000 parts in each other": HEAD.encode() + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000)
        ),
        "a header of 5 MB": (HEAD + "X-Long: " + "a" * 5_000_000 + "\r\n" + text(LINE)).encode(),
    }  # fmt: skip


def text(words: str) -> str:
    return f"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}"


def html(page: str) -> str:
    return f"Content-Type: text/html; charset=utf-8\r\n\r\n{page}"


def multipart(kind: str, *parts: str) -> str:
    return (
        f"Content-Type: multipart/{kind}; boundary=tea\r\n\r\n"
        + "".join(f"--tea\r\n{p}\r\n" for p in parts)
        + "--tea--"
    )


def encoded(megabytes: int) -> str:
    return base64.encodebytes(bytes(range(256)) * (4096 * megabytes)).decode()


def cost(raw: bytes) -> float:
    """The median of as many as fit into a second, at least three."""
    taken: list[float] = []
    while len(taken) < 3 or (sum(taken) < 1 and len(taken) < 200):
        started = time.process_time()
        parse(raw)
        taken.append(time.process_time() - started)
    return median(taken) * 1000


def memory(raw: bytes) -> float:
    tracemalloc.start()
    parse(raw)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def folder(path: Path) -> None:
    costs = {file.name: cost(file.read_bytes()) for file in sorted(path.iterdir()) if file.is_file()}
    print(f"\n{len(costs)} mails: median {median(costs.values()):.2f} ms, mean {mean(costs.values()):.2f} ms; slowest:")
    for name in sorted(costs, key=lambda name: -costs[name])[:8]:
        print(f"{costs[name]:8.1f} ms  {name}")


if __name__ == "__main__":
    main()
