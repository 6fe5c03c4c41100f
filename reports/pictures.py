"""Draw a person's sparkline as a small PNG for the mail, in colours that read on light and on dark alike."""

import base64
import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from reports.charts import HEIGHT, STEP, WEEKS, marks
from reports.facts import Beat

FINE = 2  # dots of the picture for each pixel, for screens that have them
# Colours, and how much of what lies behind shows through. Each stands out from white and from near-black by 3:1 or more
# (WCAG 1.4.11), but for the pale field of silence, which the other marks border.
PALETTE = {
    "nothing": (128, 128, 128, 0),
    "silence": (110, 150, 190, 70),
    "axis": (140, 130, 115, 150),
    "sent": (176, 112, 52, 255),
    "received": (46, 141, 124, 255),
    "together": (125, 116, 104, 255),
}
_NUMBERS = {kind: number for number, kind in enumerate(PALETTE)}


def sparkline(beats: Sequence[Beat]) -> str:
    """The picture as a data: address (RFC 2397), a few hundred bytes; the same beats make the same bytes."""
    picture = Image.new("P", (WEEKS * STEP * FINE, HEIGHT * FINE), _NUMBERS["nothing"])
    picture.putpalette([part for colour in PALETTE.values() for part in colour[:3]])
    pen = ImageDraw.Draw(picture)
    for mark in marks(beats):
        left, top = round(mark.left * FINE), round(mark.top * FINE)
        right, bottom = round((mark.left + mark.width) * FINE) - 1, round((mark.top + mark.height) * FINE) - 1
        shape = pen.ellipse if mark.kind == "together" else pen.rectangle
        shape((left, top, max(right, left), max(bottom, top)), fill=_NUMBERS[mark.kind])
    out = io.BytesIO()
    see_through = bytes(colour[3] for colour in PALETTE.values())
    picture.save(out, "PNG", transparency=see_through, optimize=True)
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode('ascii')}"
