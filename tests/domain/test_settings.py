"""Settings are read once; a wrong one stops the start and names its cure."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from gatepost import settings
from gatepost.settings import BadSetting

KEY = "k9Jt2vQx7Lr4Wm8Zb3Nc6Hd1Fg5Ps0Ya"
GOOD = {"GATEPOST_SITE_URL": "https://blog.example.org", "GATEPOST_SECRET_KEYS": KEY}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GATEPOST_SECRET_KEYS", ""),
        ("GATEPOST_SECRET_KEYS", "short"),
        ("GATEPOST_SECRET_KEYS", "a" * 40),
        ("GATEPOST_SECRET_KEYS", "changeme-changeme-changeme-changeme"),
        ("GATEPOST_SECRET_KEYS", f"{KEY},short"),
        ("GATEPOST_SITE_URL", ""),
        ("GATEPOST_SITE_URL", "blog.example.org"),
        ("GATEPOST_SITE_URL", "https://user@blog.example.org"),
        ("GATEPOST_CAPTURE_URL", "ftp://go.example.org"),
        ("GATEPOST_DATABASE_URL", "mysql://localhost/x"),
        ("GATEPOST_SMTP_URL", "mail.example.org"),
        ("GATEPOST_SMTP_URL", "smtp://host:port"),
        ("GATEPOST_MAIL_FROM", "Ada"),
        ("GATEPOST_MAIL_FROM", "Ada <ada@example.org>\r\nBcc: eve@example.org"),
        ("GATEPOST_ORIGINS", "https://www.example.net/path"),
        ("GATEPOST_TRUSTED_PROXIES", "many"),
        ("PORT", "0"),
        ("PORT", "99999"),
        ("PORT", "８０００"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_its_cure(name, value):
    with pytest.raises(BadSetting) as refused:
        settings.read({**GOOD, "GATEPOST_MAIL_FROM": "Ada <ada@example.org>", name: value})
    assert refused.value.name == name
    assert refused.value.cure


def test_no_refusal_shows_a_secret():
    with pytest.raises(BadSetting) as refused:
        settings.read({**GOOD, "GATEPOST_SECRET_KEYS": "hunter2"})
    assert "hunter2" not in str(refused.value) + refused.value.cure


def test_capture_lives_at_the_sites_address_unless_told_otherwise():
    read = settings.read({**GOOD, "GATEPOST_ORIGINS": "https://www.example.net"})
    assert read.capture_url == "https://blog.example.org"
    assert read.origins == ("https://blog.example.org", "https://blog.example.org", "https://www.example.net")


def test_an_smtp_address_says_host_port_security_and_who_logs_in():
    env = {**GOOD, "GATEPOST_MAIL_FROM": "a@example.org"}
    read = settings.read({**env, "GATEPOST_SMTP_URL": "smtp://ada%40example.org:p%3Aw@mail.example.org"}).smtp
    assert read == settings.Smtp("mail.example.org", 587, "starttls", "ada@example.org", "p:w")
    assert settings.read({**env, "GATEPOST_SMTP_URL": "smtps://mail.example.org"}).smtp.port == 465
    assert settings.read({**env, "GATEPOST_SMTP_URL": "smtp://localhost:25?security=none"}).smtp.security == "none"


def test_on_ones_own_machine_a_key_is_made_once_and_kept_private(tmp_path: Path):
    env = {"GATEPOST_DATA_DIR": str(tmp_path / "data"), "PORT": "8123"}
    first = settings.read(env, local=True)
    assert settings.read(env, local=True).secret_keys == first.secret_keys
    assert len(first.secret_keys[0]) >= settings.KEY_LENGTH
    assert stat.S_IMODE((tmp_path / "data" / "secret-keys").stat().st_mode) == 0o600
    assert first.site_url == "http://127.0.0.1:8123"
