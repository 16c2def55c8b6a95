"""Which characters of a text no font has: asked of the fonts alone, without setting a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from congress.names.characters import standard

from .fonts import Typeface, lacks
from .text import (
    Addressee,
    Block,
    Chart,
    Heading,
    Imprint,
    Masthead,
    Note,
    Paragraph,
    Run,
    Signature,
    Subtitle,
    Table,
    Title,
)


def runs_of(block: Block) -> tuple[Run, ...]:
    """The text of a block in the typefaces it is set in. Raises TypeError for a block that is no running text."""
    match block:
        case Title(lines):
            return tuple(Run(line, Typeface.XIAOBIAOSONG) for line in lines)
        case Subtitle(lines):
            return tuple(Run(line, Typeface.KAITI) for line in lines)
        case Paragraph() | Heading():
            return block.runs
        case Signature():
            return Run(block.office), Run(block.date)
        case Note(text) | Addressee(text):
            return (Run(text),)
        case Chart():
            return Run(block.caption, Typeface.HEITI), Run("".join(word for word, _ in block.rows))
        case Table():
            heads = (Run(column.label, Typeface.HEITI) for column in block.columns)
            return Run(block.caption, Typeface.HEITI), *heads, Run("".join(cell for row in block.rows for cell in row))
        case Masthead():
            signers = (Run(name, Typeface.KAITI) for name in block.signers)
            return Run(block.mark, Typeface.XIAOBIAOSONG), Run(block.number), *signers
        case Imprint():
            return Run(block.copies), Run(block.office), Run(block.date)
    raise TypeError(f"no running text: {block!r}")


def lacking(blocks: Iterable[Block]) -> dict[str, str]:
    """Each character that no font has, with the place of its first occurrence."""
    runs = [run for block in blocks for run in runs_of(block)]
    return {
        character: _place(runs, typeface, character)
        for typeface in Typeface
        for character in lacks(typeface, {c for run in runs if run.typeface is typeface for c in standard(run.text)})
    }


def _place(runs: Sequence[Run], typeface: Typeface, character: str) -> str:
    text = next(text for run in runs if run.typeface is typeface and character in (text := standard(run.text)))
    at = text.index(character)
    return text[max(0, at - 6) : at + 7]
