"""The pictures of a letter: those that came with it are shown; those that stand elsewhere only when they are asked for.

Whoever loads a picture from elsewhere tells its owner that the mail was read, when, and from where.
"""

from collections.abc import Mapping
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode


def with_pictures(html: str, urls: Mapping[str, str], *, remote: bool = False) -> tuple[str, int]:
    """The same page (of ``safe_html``), and how many pictures of it stand elsewhere.

    ``urls``: where the files of the letter are, by their Content-ID. A picture elsewhere has its address in
    ``data-src``, or with ``remote`` where it belongs.
    """
    if not html:
        return "", 0
    body = LexborHTMLParser(html).body
    if body is None:
        return "", 0
    elsewhere = sum([_place(image, urls, remote) for image in body.css("img")])
    return body.inner_html or "", elsewhere


def _place(image: LexborNode, urls: Mapping[str, str], remote: bool) -> bool:
    """True where it stands elsewhere."""
    source = (image.attributes.get("src") or "").strip()
    scheme = source.partition(":")[0].lower()
    if scheme == "data":
        return False
    if "src" in image.attrs:
        del image.attrs["src"]
    if scheme == "cid":
        if url := _of_letter(source[4:], urls):
            image.attrs["src"] = url
        return False
    if scheme not in ("http", "https"):
        return False
    image.attrs["src" if remote else "data-src"] = source
    return True


def _of_letter(id: str, urls: Mapping[str, str]) -> str:
    return urls.get(id) or urls.get(unquote(id)) or ""
