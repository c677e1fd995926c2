"""How letters leave: over SMTP, or as one .eml file each in a folder."""

import os
import smtplib
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from .models import Mail


class Verbatim(UnstructuredHeader, BaseHeader):
    """A header left on its line: an address that is folded or coded is an address no more."""

    def fold(self, *, policy: Policy) -> str:
        """Write the header as it is."""
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Verbatim)
POLICY = SMTP.clone(header_factory=HEADERS)
Send = Callable[[EmailMessage], None]
TIMEOUT = 20


def message(mail: Mail, *, base_url: str, site_name: str) -> EmailMessage:
    """Write a plain-text letter; headers can hold no second line."""
    host = urlsplit(base_url).hostname or "localhost"
    letter = EmailMessage(policy=POLICY)
    letter["Subject"] = " ".join(mail.subject.split())
    letter["From"] = Address(" ".join(site_name.split()), "ne-pas-repondre", host)
    letter["To"] = mail.recipient
    letter["Message-ID"] = f"<{mail.id}@{host}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["Date"] = mail.created_at
    if mail.stop_path:  # RFC 8058: the reader's own mail program stops such letters
        letter["List-Unsubscribe"] = f"<{base_url}{mail.stop_path}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(mail.body)
    return letter


@contextmanager
def transport(url: str, authority: str = "") -> Iterator[Send]:
    """Open the way that CONSULT_MAIL_URL names: file:FOLDER, smtp://, smtps://.

    The server's certificate must be good for its name, by the system's authorities or by the one
    in the file `authority`.
    """
    if url.startswith("file:"):
        folder = Path(url.removeprefix("file:"))
        folder.mkdir(parents=True, exist_ok=True)
        yield lambda letter: _write(folder, letter)
        return
    parts = urlsplit(url)
    with _server(parts, authority) as server:
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield lambda letter: _deliver(server, letter)


def take_out(url: str, ids: Iterable[str]) -> None:
    """Delete letters from the folder, where letters are files; what a server took is gone."""
    if not url.startswith("file:"):
        return
    folder = Path(url.removeprefix("file:"))
    for mail_id in ids:
        (folder / f"{mail_id}.eml").unlink(missing_ok=True)


def forget(url: str, before: datetime) -> None:
    """Delete the letters of the folder that were written before an instant."""
    if not url.startswith("file:"):
        return
    for file in Path(url.removeprefix("file:")).glob("*.eml"):
        if file.stat().st_mtime < before.timestamp():
            file.unlink(missing_ok=True)


def _server(parts: SplitResult, authority: str) -> smtplib.SMTP:
    """Reach the mail server, under TLS where it has any."""
    host, port = parts.hostname or "localhost", parts.port or 0
    if parts.scheme == "smtps":
        context = ssl.create_default_context(cafile=authority or None)
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    try:
        server.ehlo_or_helo_if_needed()  # before it, a server offers nothing
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context(cafile=authority or None))
    except BaseException:
        server.close()
        raise
    return server


def _deliver(server: smtplib.SMTP, letter: EmailMessage) -> None:
    server.send_message(letter)


def _write(folder: Path, letter: EmailMessage) -> None:
    name = letter["Message-ID"].strip("<>").split("@")[0]
    half = folder / f".{name}.part"
    half.write_bytes(letter.as_bytes())
    os.replace(half, folder / f"{name}.eml")  # whole or not at all, and one file a letter
