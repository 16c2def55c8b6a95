"""Codes for a phone's camera on paper."""

import io

import segno


def drawn(text: str) -> str:
    """A text as a code for a phone's camera, as SVG."""
    drawing = io.BytesIO()
    segno.make(text, error="m").save(drawing, kind="svg", xmldecl=False, svgns=True, border=2, scale=4, light="white")
    return drawing.getvalue().decode()
