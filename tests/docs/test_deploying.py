"""The files of docs/deploy are accepted by the programs they are written for."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from gatepost import settings
from tests.conftest import ROOT, missing

DEPLOY = ROOT / "docs" / "deploy"


def test_nginx_accepts_its_configuration(tmp_path):
    nginx = shutil.which("nginx") or ("/usr/sbin/nginx" if shutil.which("/usr/sbin/nginx") else None)
    if not nginx or not shutil.which("openssl"):
        missing("nginx and openssl")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=blog.example.org", "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    site = (DEPLOY / "nginx.conf").read_text()
    site = site.replace("/etc/letsencrypt/live/blog.example.org", str(tmp_path))
    site = site.replace("/etc/nginx/gatepost-proxy.conf", str(DEPLOY / "gatepost-proxy.conf"))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{site}\n}}\n")
    tried = subprocess.run([nginx, "-t", "-e", "stderr", "-c", whole], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr


def test_the_example_environment_needs_only_a_key_and_a_password():
    lines = [line for line in (DEPLOY / "gatepost.env").read_text().splitlines() if line and not line.startswith("#")]
    env = dict(line.split("=", 1) for line in lines)
    with pytest.raises(settings.BadSetting) as refused:
        settings.read(env)
    assert refused.value.name == "GATEPOST_SECRET_KEYS"
    read = settings.read({**env, "GATEPOST_SECRET_KEYS": "k9Jt2vQx7Lr4Wm8Zb3Nc6Hd1Fg5Ps0Ya"})
    assert read.smtp is not None
    assert read.smtp.username == "letters@example.org"


@pytest.mark.parametrize("unit", ["gatepost-capture.service", "gatepost-worker.service"])
def test_units_start_commands_that_exist(unit):
    from gatepost.cli import COMMANDS

    text = (DEPLOY / unit).read_text()
    for line in text.splitlines():
        if line.startswith(("ExecStart=", "ExecStartPre=")):
            words = line.split("/bin/gatepost ", 1)[1].split()
            assert words[0] in COMMANDS
    assert "EnvironmentFile=/etc/gatepost.env" in text


def test_both_proxies_pass_on_every_capture_route_and_keep_metrics_in(engine):
    from gatepost.web import create_app

    first = {rule.rule.split("/")[1] for rule in create_app(engine).url_map.iter_rules()} - {"metrics"}
    for name in ("nginx.conf", "Caddyfile"):
        text = (DEPLOY / name).read_text()
        assert [part for part in sorted(first) if part not in text] == [], name
        assert "metrics" not in text
