"""Forms are bounded, however they are written."""

from io import BytesIO
from typing import IO, Any

from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser


class BoundedForm(FormDataParser):
    """Refuse a form of too many fields before reading them: Werkzeug only does so for files."""

    def _parse_urlencoded(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Any:
        body = stream.read()
        if self.max_form_parts is not None and body.count(b"&") >= self.max_form_parts:
            raise RequestEntityTooLarge
        return super()._parse_urlencoded(BytesIO(body), mimetype, content_length, options)


def install(app: Flask) -> None:
    """Bound the forms of whatever request class the extensions have set."""
    app.request_class = type(
        "BoundedRequest", (app.request_class,), {"form_data_parser_class": BoundedForm}
    )
