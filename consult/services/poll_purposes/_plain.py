"""What a purpose that is about nothing but its question has."""

NOTHING: tuple[str, str, tuple[str, ...], tuple[str, ...], str, str] = ("", "", (), (), "", "")
