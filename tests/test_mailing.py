"""The way of the letters: under TLS with a certificate that is checked, or in a folder."""

import ssl
import subprocess
from email import message_from_bytes

import pytest

from consult import mailing
from consult.models import Mail
from tests.letterbox import letterbox


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of our own for 127.0.0.1, which no authority of the system knows."""
    folder = tmp_path_factory.mktemp("tls")
    own, key = folder / "own.pem", folder / "key.pem"
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    subprocess.run(
        [
            *words.split(),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-out", own, "-keyout", key),
        ],
        check=True,
        capture_output=True,
    )
    return own, key


@pytest.fixture(params=["smtp", "smtps"])
def secure(request, certificate):
    """A letterbox under TLS: from the start, or once asked."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*certificate)
    implicit = request.param == "smtps"
    offers = [] if implicit else ["STARTTLS"]
    with letterbox(tls=tls, implicit=implicit, offers=offers) as box:
        yield box, f"{request.param}://{box.host}"


@pytest.fixture
def letter(now):
    mail = Mail(id="m1", recipient="ada@exemple.fr", subject="Bonjour", body="É", created_at=now)
    return mailing.message(mail, base_url="https://consult.exemple.fr", site_name="Le site")


def test_a_certificate_that_nobody_vouches_for_is_refused(secure, letter):
    box, url = secure
    with pytest.raises(ssl.SSLCertVerificationError), mailing.transport(url) as send:
        send(letter)
    assert box.letters == []


def test_a_certificate_for_another_name_is_refused(secure, certificate, letter):
    box, url = secure
    other = url.replace("127.0.0.1", "localhost")
    with (
        pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"),
        mailing.transport(other, str(certificate[0])) as send,
    ):
        send(letter)
    assert box.letters == []


def test_a_private_authority_can_be_named(secure, certificate, letter):
    box, url = secure
    with mailing.transport(url, str(certificate[0])) as send:
        send(letter)
    (kept,) = box.letters
    assert "Message-ID: <m1@consult.exemple.fr>" in kept


def test_a_letter_sent_twice_in_a_folder_is_one_file(tmp_path, letter):
    for _ in range(2):
        with mailing.transport(f"file:{tmp_path}") as send:
            send(letter)
    (file,) = tmp_path.iterdir()
    written = message_from_bytes(file.read_bytes())
    assert file.name == "m1.eml"
    assert written.get_content_type() == "text/plain"
    assert written["Message-ID"] == "<m1@consult.exemple.fr>"
