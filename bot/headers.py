"""What every page tells the browser: run nothing, show nothing of others, and keep nothing."""

from flask import Response

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def secured(response: Response) -> Response:
    """Add the headers that `response` has not set itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
