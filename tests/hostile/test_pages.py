"""Pages for everyone: what a careless or malicious author puts into an article runs in no reader's browser."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from goodword.web.headers import POLICY
from tests.desks import House

pytestmark = pytest.mark.anyio

BODY = """
<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a>

[one](javascript:alert(1)) [two](data:text/html,<script>alert(1)</script>) [three](vbscript:x) <javascript:alert(1)>
[four]( java&#x09;script:alert(1) ) ![five](javascript:alert(1)) [six](https://oak.example "a\\" onclick=alert(1)")

<iframe srcdoc="<script>alert(1)</script>"></iframe><form action="https://evil.example"><input name=password></form>
<style>body{background:url(https://evil.example)}</style><base href="https://evil.example/"><meta http-equiv=refresh>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>
"""
TITLE = "</title><script>alert(1)</script>"
NEVER = {"iframe", "object", "embed", "base", "svg", "math", "style", "applet", "frame"}
LEADS_SOMEWHERE = ("href", "src", "action", "formaction", "xlink:href", "srcset")


def troubles(html: str) -> list[str]:
    """What a browser would run or follow, as it reads the page."""
    found = []
    for node in HTMLParser(html).css("*"):
        if node.tag in NEVER or (node.tag == "script" and not (node.attributes.get("src") or "").startswith("/")):
            found.append(node.tag)
        for name, value in node.attributes.items():
            address = re.sub(r"[\s\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name == "srcdoc" or name == "style":
                found.append(f"{node.tag} {name}")
            if name in LEADS_SOMEWHERE and re.match(r"(javascript|vbscript|data):", address):
                found.append(f"{node.tag} {name}={address}")
        if node.tag == "form" and not (node.attributes.get("action") or "/").startswith("/"):
            found.append("form leads elsewhere")
    return found


async def published(desk: House) -> str:
    ada = await desk.signed_in("ada")
    made = await ada.post("/api/v1/knowledge/articles", json={"language": "en", "title": TITLE, "body": BODY})
    assert made.status_code == 201, made.text
    id = made.json()["article"]["id"]
    done = await ada.post(f"/api/v1/knowledge/articles/{id}/publish", json={"language": "en"})
    assert done.status_code < 300, done.text
    shown = await ada.get(f"/api/v1/knowledge/articles/{id}")
    found = re.search(r"/help/en/articles/[^\"?# ]+", (await desk.http.get("/help/en/")).text)
    assert found, shown.text
    return found[0]


async def test_nothing_in_an_article_runs(desk: House):
    address = await published(desk)
    for page in (address, "/help/en/", "/help/en/search?q=script", "/help/en/search?q=%22%3E%3Cscript%3Ealert(1)"):
        answer = await desk.http.get(page)
        assert answer.status_code == 200, page
        assert troubles(answer.text) == [], page


async def test_a_preview_is_as_harmless_as_the_page(desk: House):
    ada = await desk.signed_in("ada")
    html = (await ada.post("/api/v1/knowledge/preview", json={"body": BODY})).json()["html"]
    assert troubles(html) == []
    assert troubles(BODY) != []


async def test_every_answer_says_what_a_browser_may_do_with_it(desk: House):
    address = await published(desk)
    pages = (
        address, "/help/en/", "/help/en/search?q=kettle", "/help/en/articles/none", "/workspace/", "/workspace/x.js",
        "/widget.js", "/nowhere", "/healthz", "/readyz", "/schema", "/api/v1/me", "/chat/v1/none/events", "/",
    )  # fmt: skip
    for page in pages:
        answer = await desk.http.get(page)
        policy = answer.headers["content-security-policy"]
        assert "'unsafe-inline'" not in policy, page
        assert "'unsafe-eval'" not in policy, page
        assert re.search(r"(default|script)-src [^;]*'(none|self)'", policy), (page, policy)
        assert "frame-ancestors" in policy, page
        assert answer.headers["x-content-type-options"] == "nosniff", page
    assert "script-src 'self';" in POLICY
