"""The numbers of GB/T 9704-2012 that the other modules share. Lengths are millimetres unless a name says points.

The type area (版心) is 156 x 225 mm, 28 characters by 22 lines (5.2.1, 5.2.3). A literal 16 pt character does not fit
28 times into 156 mm, so the pitch is derived from the area and the glyphs keep 16 pt with a slightly negative spacing.
"""

from __future__ import annotations

from dataclasses import dataclass

POINTS = 72 / 25.4  # points in one millimetre

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0  # 5.1: A4
TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 26.0, 35.0  # 5.2.1: 天头 37, 订口 28; the other two follow from 156 x 225
AREA_WIDTH, AREA_HEIGHT = 156.0, 225.0
CELLS, LINES = 28, 22  # 5.2.3: 每行28字, 每面22行
CELL = AREA_WIDTH / CELLS  # 一字 (3.1)
PITCH = CELL * 15 / 8  # 一行 = one character and 7/8 of a character (3.2)

SIZES = {
    "初号": 42.0,
    "小初": 36.0,
    "一号": 26.0,
    "小一": 24.0,
    "二号": 22.0,
    "小二": 18.0,
    "三号": 16.0,
    "小三": 15.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
    "小五": 9.0,
}  # points
BODY, TITLE, SMALL = SIZES["三号"], SIZES["二号"], SIZES["四号"]

MARK_TOP = 35.0  # 7.2.4: 发文机关标志 below the top of the type area
RULE_GAP = 4.0  # 7.2.7: red rule below 发文字号
PAGE_NUMBER_DROP = 7.0  # 7.5: 一字线 below the type area


@dataclass(frozen=True)
class Measure:
    """One column of running text: how many cells, how wide (points), at which size (points)."""

    cells: float = CELLS
    width: float = AREA_WIDTH * POINTS
    size: float = BODY

    @property
    def pitch(self) -> float:
        """Width of one cell in points."""
        return self.width / self.cells

    @property
    def spacing(self) -> float:
        """Letter spacing (points) that sets a line of full-width characters exactly to the measure."""
        return (self.width - self.cells * self.size) / (self.cells - 1)


OFFICIAL = Measure()
