"""Letters and passwords travel encrypted, to a server whose certificate is good, or not at all."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatepost.actions import mailing
from gatepost.mail.smtp import Courier, ServerAway, Trouble, WrongSetup
from gatepost.settings import Smtp
from tests.conftest import missing
from tests.mail.cast import ask, state
from tests.mail.conftest import HURRIED
from tests.mail.post_office import PostOffice, knows
from tests.mail.test_smtp import letter, trouble_with


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that signs itself, made now."""
    if not shutil.which("openssl"):
        missing("the openssl command")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / "cert.pem"


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.fixture
def careful(tls: ssl.SSLContext) -> Iterator[PostOffice]:
    """Takes letters after STARTTLS and a login only."""
    with PostOffice(options={"tls_context": tls, "require_starttls": True, **knows("bo", "pssword")}) as opened:
        yield opened


def at(office: PostOffice, security: str, username: str = "", password: str = "", host: str = "localhost") -> Smtp:
    return office.settings(security, username, password, host)


@pytest.mark.usefixtures("trusted")
def test_a_letter_goes_out_after_starttls_and_login(careful):
    with Courier(at(careful, "starttls", "bo", "pssword"), HURRIED) as courier:
        courier.send(letter())
        courier.send(letter())
    assert len(careful.taken) == 2
    assert careful.verbs().count("AUTH") == 1
    assert careful.verbs().index("STARTTLS") < careful.verbs().index("AUTH") < careful.verbs().index("MAIL")


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_the_owners_to_mend(careful):
    trouble = trouble_with(at(careful, "starttls", "bo", "wrong"))
    assert isinstance(trouble, WrongSetup)
    assert "password" in str(trouble)
    assert "wrong" not in str(trouble)


@pytest.mark.usefixtures("trusted")
def test_a_login_that_is_refused_for_now_is_tried_later(careful):
    careful.answers["AUTH"] = ["454 the directory is away"] * 3
    assert isinstance(trouble_with(at(careful, "starttls", "bo", "pssword")), ServerAway)


@pytest.mark.usefixtures("trusted")
def test_a_letter_goes_out_over_tls_from_the_first_byte(tls):
    with PostOffice(tls=tls) as office, Courier(at(office, "tls"), HURRIED) as courier:
        courier.send(letter())
        assert len(office.taken) == 1


def test_a_certificate_nobody_signed_stops_the_letter(careful, tls):
    assert "certificate" in str(refused(at(careful, "starttls", "bo", "pssword")))
    with PostOffice(tls=tls) as office:
        assert "certificate" in str(refused(at(office, "tls")))
    assert "AUTH" not in careful.verbs()


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_stops_the_letter(careful):
    assert "certificate" in str(refused(at(careful, "starttls", "bo", "pssword", host="127.0.0.1")))


def test_a_server_without_starttls_gets_neither_password_nor_letter_and_the_letter_waits(engine, office):
    owed = ask(engine)
    counts = mailing.send_due(engine, Courier(at(office, "starttls", "bo", "pssword"), HURRIED))
    assert "STARTTLS" in counts.trouble
    assert "GATEPOST_SMTP_URL" in counts.trouble
    assert not {"AUTH", "MAIL"} & set(office.verbs())
    waiting = state(engine, owed)
    assert (waiting.state, waiting.tries, waiting.claim) == ("queued", 0, None)


def test_a_server_that_speaks_no_tls_where_it_should_is_the_owners_to_mend(office):
    assert isinstance(trouble_with(at(office, "tls")), WrongSetup | ServerAway)
    assert not office.taken


def test_starttls_that_is_out_of_order_for_now_is_tried_later(careful):
    careful.answers["STARTTLS"] = ["454 not now"]
    assert isinstance(trouble_with(at(careful, "starttls")), ServerAway)


def test_a_password_does_not_leave_this_machine_in_the_open():
    trouble = trouble_with(Smtp("mail.invalid", 25, "none", "bo", "pssword"))
    assert isinstance(trouble, WrongSetup)
    assert "without encryption" in str(trouble)


def test_a_server_that_takes_no_login_is_the_owners_to_mend(office):
    assert "user name" in str(refused(at(office, "none", "bo", "pssword")))


def refused(server: Smtp) -> Trouble:
    trouble = trouble_with(server)
    assert isinstance(trouble, WrongSetup)
    return trouble
