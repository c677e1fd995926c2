"""How letters leave: over SMTP, or as one .eml file each in a folder."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .models import Mail

Send = Callable[[EmailMessage], None]
TIMEOUT = 20


def message(mail: Mail, *, base_url: str, site_name: str) -> EmailMessage:
    """Write a plain-text letter; headers can hold no second line."""
    host = urlsplit(base_url).hostname or "localhost"
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = " ".join(mail.subject.split())
    letter["From"] = Address(" ".join(site_name.split()), "ne-pas-repondre", host)
    letter["To"] = mail.recipient
    letter["Message-ID"] = f"<{mail.id}@{host}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["Date"] = mail.created_at
    letter.set_content(mail.body)
    return letter


@contextmanager
def transport(url: str) -> Iterator[Send]:
    """Open the way that CONSULT_MAIL_URL names: file:FOLDER, smtp://, smtps://."""
    if url.startswith("file:"):
        folder = Path(url.removeprefix("file:"))
        folder.mkdir(parents=True, exist_ok=True)
        yield lambda letter: _write(folder, letter)
        return
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(parts.hostname or "localhost", parts.port or 0, timeout=TIMEOUT) as server:
        server.ehlo_or_helo_if_needed()  # before it, a server offers nothing
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield lambda letter: _deliver(server, letter)


def _deliver(server: smtplib.SMTP, letter: EmailMessage) -> None:
    server.send_message(letter)


def _write(folder: Path, letter: EmailMessage) -> None:
    name = letter["Message-ID"].strip("<>").split("@")[0]
    (folder / f"{name}.eml").write_bytes(letter.as_bytes())
