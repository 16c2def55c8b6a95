"""What a file for a word processor says."""

from congress.documents.word_file import WordFile


def text_of(data: bytes) -> str:
    """All words of its text, one paragraph a line."""
    return "\n".join(told.text for told in WordFile(data).paragraphs() if told.text)
