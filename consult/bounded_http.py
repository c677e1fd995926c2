"""Asking another site something: for a few seconds and a few pages at most, whatever it does."""

import time
from typing import Any

from requests import ReadTimeout, RequestException
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

PIECE = 16_384


class BoundedAdapter(HTTPAdapter):
    """Give up on an answer that comes too slowly, byte by byte too, or is too long."""

    def __init__(self, seconds: float, largest: int) -> None:
        self._seconds, self._largest = seconds, largest
        super().__init__()

    def send(self, request: Any, *rest: Any, **options: Any) -> Any:
        """Send a request and read its whole answer within the bounds."""
        until = time.monotonic() + self._seconds
        options.update(stream=True, timeout=self._seconds)
        answer = super().send(request, *rest, **options)
        try:
            answer._content = self._read(answer.raw, until)
        except HTTPError as error:
            raise RequestException("the answer stopped") from error
        finally:
            answer.close()
        return answer

    def _read(self, raw: Any, until: float) -> bytes:
        kept = b""
        while piece := raw.read1(PIECE, decode_content=True):
            kept += piece
            if time.monotonic() > until:
                raise ReadTimeout("too slow an answer")
            if len(kept) > self._largest:
                raise RequestException("too long an answer")
        return kept
