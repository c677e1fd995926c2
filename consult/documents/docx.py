"""A document as a Word file, that word processors open, change and print."""

from ._blocks import Document

NAME = "docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSION = "docx"


def is_ready() -> bool:
    """Tell that this kind needs nothing more than the program."""
    return True


def write(document: Document) -> bytes:
    """Return the Word file; the same document gives the same bytes."""
    from ._docx_blocks import written  # the library is read when it is first needed

    return written(document)
