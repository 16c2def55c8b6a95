"""Codes for a phone's camera, read from the printed page by a reader that has nothing to do with what drew them."""

import subprocess
from datetime import date

import pytest
import zxingcpp
from PIL import Image

from congress.documents import text
from congress.documents.cards import Card, cards_pdf
from congress.documents.render import render
from congress.documents.slips import Heading, Slip, slips_pdf

DPI = 150  # what a cheap office printer gives
ADDRESS = "https://192.168.10.20:8443/"
LONG = f"{ADDRESS}t/370124103/elections/0190c2c4-8f2d-7a31-b1ce-5d2f9a0c7e64/stands/?page=12"


def read(pdf: bytes, folder) -> list[list[str]]:
    """What a camera reads on every page."""
    (folder / "a.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-png", str(folder / "a.pdf"), str(folder / "page")]
    subprocess.run(command, check=True, timeout=60)
    return [
        sorted(found.text for found in zxingcpp.read_barcodes(Image.open(page)))
        for page in sorted(folder.glob("*.png"))
    ]


def test_every_slip_of_an_account_bears_the_address_of_the_system(tmp_path):
    heading = Heading("云溪镇", ADDRESS, date(2026, 12, 1))
    people = [Slip(f"钱{number}", f"qian{number}", "ABCD-EFGH-JKLM") for number in "一二三四"]
    assert read(slips_pdf(people, heading), tmp_path) == [[ADDRESS] * 3, [ADDRESS]]


@pytest.mark.parametrize(("across", "down"), [(2, 4), (1, 2)])
def test_cards_beside_each_other_are_read_each_by_itself(across, down, tmp_path):
    cards = [Card(("选民证",), (("姓名", f"王{at}"),), code=f"{LONG}{at}") for at in range(across * down)]
    assert read(cards_pdf(cards, title="选民证", across=across, down=down), tmp_path) == [[card.code for card in cards]]


def test_the_code_beside_the_words_of_a_paper_is_read(tmp_path):
    blocks = [text.Title(("选票样式",)), text.Code(LONG), text.Paragraph.of("第1号"), text.Paragraph.of("第2号")]
    assert read(render(blocks, title="选票样式"), tmp_path) == [[LONG]]
