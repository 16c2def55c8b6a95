"""What a page of the roster says, and what it must never say."""

import io

from openpyxl import load_workbook

from tests.deputies.conftest import PHONE, WOMAN

SECRETS = (PHONE, WOMAN, "临河路12号")


def text_of(answer) -> str:
    """A page's text, or every cell of a workbook."""
    if answer.content[:2] != b"PK":
        return answer.content.decode()
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
