"""Replies in TwiML, the XML in which Twilio takes an answer."""

from collections.abc import Iterable
from html import escape


def twiml(texts: Iterable[str], media: str = "") -> str:
    """Return texts in TwiML, the file at `media` with the first, as twilio's MessagingResponse would in more time.

    >>> twiml(["Raised & dented"], "https://a.example/1.png").partition("<Response>")[2]
    '<Message><Body>Raised &amp; dented</Body><Media>https://a.example/1.png</Media></Message></Response>'
    """
    bodies = [escape(text, quote=False) for text in texts]
    if media and bodies:
        bodies[0] = f"<Body>{bodies[0]}</Body><Media>{escape(media, quote=False)}</Media>"
    said = "".join([f"<Message>{body}</Message>" for body in bodies])
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}</Response>'
