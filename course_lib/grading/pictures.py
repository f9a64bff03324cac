"""Pictures that a student's notebook carries: PNG and JPEG, checked, and small enough to show."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

PICTURES = ("image/png", "image/jpeg")
MOST_BYTES = 5_000_000  # of one picture
MOST_PIXELS = 60_000_000  # a browser unpacks them: four bytes each


def picture_of(forms: object) -> tuple[str, str] | None:
    """The first picture among the forms of one output or attachment: its type and its base64.

    Parameters
    ----------
    forms : object
        A mapping from MIME type to base64, perhaps from a notebook that was tampered with.

    Returns
    -------
    tuple of str, or None
    """
    for mime in PICTURES:
        text = forms.get(mime) if isinstance(forms, Mapping) else None
        if isinstance(text, list):
            text = "".join(part for part in text if isinstance(part, str))
        if isinstance(text, str) and (clean := checked(mime, text)):
            return mime, clean
    return None


def checked(mime: str, text: str) -> str:
    """A picture's base64 on one line; empty if it is no such picture, or too large."""
    if len(text) > MOST_BYTES * 3 // 2:
        return ""
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    size = _size_of_png(content) if mime == "image/png" else _size_of_jpeg(content)
    if len(content) > MOST_BYTES or not 0 < size <= MOST_PIXELS:
        return ""
    return base64.b64encode(content).decode()


def _size_of_png(content: bytes) -> int:
    """Pixels of a PNG; 0 if it is none."""
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR" or len(content) < 24:
        return 0
    return int.from_bytes(content[16:20], "big") * int.from_bytes(content[20:24], "big")


def _size_of_jpeg(content: bytes) -> int:
    """Pixels of a JPEG, from the header of its frame; 0 if it is none."""
    at = 2
    if content[:2] != b"\xff\xd8":
        return 0
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            high, wide = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(high, "big") * int.from_bytes(wide, "big")
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
    return 0
