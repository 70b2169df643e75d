"""What every answer says to the browser about safety."""

from litestar.types import Message, Scope

# Pages load only what we serve ourselves; a page that needs more says so in its own header.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self'; frame-src 'self'; connect-src 'self' ws: wss:; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Content-Security-Policy": POLICY,
}


RAW = [(name.lower().encode(), value.encode()) for name, value in ALWAYS.items()]


async def protect(message: Message, scope: Scope) -> None:
    """Lay the headers on whatever is sent; what the answer says itself stays."""
    if message["type"] == "http.response.start":
        headers = list(message["headers"])
        said = {name.lower() for name, _ in headers}
        message["headers"] = headers + [header for header in RAW if header[0] not in said]
