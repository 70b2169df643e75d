"""For search engines: which pages there are, and what is none of their business."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from goodword.knowledge.help.library import Library, Listed
from goodword.knowledge.help.pages import address, iso_date
from goodword.platform.i18n import LANGUAGES

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""
# https://www.sitemaps.org/protocol.html
MOST_ADDRESSES = 50_000


def sitemap(books: Library, base: str) -> str:
    """Every front page and every article in every language it exists in, each with its translations."""
    entries = [*_front_pages(base), *(entry for book in books.values() for entry in _of_book(book, base))]
    return f"{HEAD}{''.join(entries[:MOST_ADDRESSES])}</urlset>\n"


def robots(base: str) -> str:
    hidden = "\n".join(f"Disallow: {path}" for path in ("/api/", "/chat/", "/workspace/", "/help/*/search"))
    return f"User-agent: *\n{hidden}\nSitemap: {base}/help/sitemap.xml\n"


def _front_pages(base: str) -> Iterator[str]:
    everywhere = {language: base + address(language) for language in LANGUAGES}
    for url in everywhere.values():
        yield _entry(url, everywhere)


def _of_book(book: dict[str, Listed], base: str) -> Iterator[str]:
    everywhere = {language: base + address(language, f"articles/{one.slug}") for language, one in book.items()}
    for language, one in book.items():
        yield _entry(everywhere[language], everywhere, iso_date(one.published_at))


def _entry(url: str, everywhere: dict[str, str], changed: str = "") -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(other)}/>'
        for language, other in everywhere.items()
    )
    last = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(url)}</loc>{last}{links}</url>\n"
