"""Builds the icon sprite: one SVG of the few icons our pages use, instead of two thousand files or an icon font.

`static/img/icons.txt` lists the names; the drawings come from the npm package bootstrap-icons (MIT).
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SVG = re.compile(r'<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>', re.DOTALL)


def wanted(listing: str) -> list[str]:
    """The icon names of a listing, without comments and blank lines."""
    lines = (line.strip() for line in listing.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def sprite(drawings: Path, names: list[str]) -> str:
    """The text of a sprite with one <symbol> a name; raises FileNotFoundError for a name that has no drawing."""
    symbols = []
    for name in names:
        match = SVG.search((drawings / f"{name}.svg").read_text(encoding="utf-8"))
        if match is None:
            raise ValueError(f"{name}.svg is not a drawing this sprite can hold")
        box, body = match.groups()
        symbols.append(f'<symbol id="{name}" viewBox="{box}">{body.strip()}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def build(root: Path = ROOT, drawings: Path | None = None) -> Path:
    """Write static/vendor/icons.svg and return its path."""
    listing = (root / "static" / "img" / "icons.txt").read_text(encoding="utf-8")
    target = root / "static" / "vendor" / "icons.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        sprite(drawings or root / "node_modules" / "bootstrap-icons" / "icons", wanted(listing)), encoding="utf-8"
    )
    return target


if __name__ == "__main__":
    build(drawings=Path(sys.argv[1]) if len(sys.argv) > 1 else None)
