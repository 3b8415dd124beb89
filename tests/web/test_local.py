"""On one's own machine: the built site and the mailbox on the same address, and nothing outside of them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gatepost.mail import mailbox
from gatepost.settings import Smtp
from gatepost.web import create_app

LETTER = (
    b"From: Gatepost <letters@example.org>\r\nTo: ada@example.org\r\nSubject: Please confirm: caf\xc3\xa9 <b>\r\n"
    b"Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nOpen https://go.example.org/confirm/abc now <i>.\r\n"
    b"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p style='color:red'>Open<script>alert(1)</script></p>\r\n--x--\r\n"
)


@pytest.fixture
def output(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "output"
    for name, text in {
        "index.html": "home", "a.html": "an article", "404.html": "our own 404", "tag/index.html": "a folder", "empty/x.css": "p{}",
        "theme/gatepost.js": "1", "feed.xml": "<a/>", "f.woff2": "f", "motif.svg": "<svg/>",
    }.items():  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def client(engine, output):
    return create_app(engine, local=True).test_client()


@pytest.mark.parametrize(
    ("path", "text", "media_type"),
    [
        ("/", "home", "text/html"), ("/a.html", "an article", "text/html"), ("/tag/", "a folder", "text/html"),
        ("/empty/x.css", "p{}", "text/css"), ("/theme/gatepost.js", "1", "text/javascript"), ("/feed.xml", "<a/>", "application/xml"),
        ("/f.woff2", "f", "font/woff2"), ("/motif.svg", "<svg/>", "image/svg+xml"),
    ],
)  # fmt: skip
def test_pages_come_as_built_with_their_types(client, path, text, media_type):
    answer = client.get(path)
    assert (answer.status_code, answer.get_data(as_text=True), answer.mimetype) == (200, text, media_type)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Content-Security-Policy" not in answer.headers
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_folder_without_its_slash_is_led_there(client):
    answer = client.get("/tag")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/tag/")


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere", "/empty/", "/empty", "/a.html/", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/tag/../../secret.txt",
        "/%00", "/a.html%00.css", "/....//secret.txt", "/.%2e/secret.txt", "/%5c..%5csecret.txt",
    ],
)  # fmt: skip
def test_what_is_not_in_the_site_is_its_404(client, path):
    from urllib.parse import unquote

    answer = client.get("/", environ_overrides={"PATH_INFO": unquote(path)})
    assert (answer.status_code, answer.get_data(as_text=True)) == (404, "our own 404")


def test_a_link_out_of_the_folder_is_not_followed(client, output):
    (output / "out.txt").symlink_to(output.parent / "secret.txt")
    assert client.get("/out.txt").status_code == 404


def test_the_doors_stand_before_the_site(client, output):
    (output / "healthz").write_text("a page")
    assert client.get("/healthz").data == b"ok\n"
    assert client.post("/signup", data={"email": "ada@example.org", "offer": "checklist"}).status_code == 303


def test_both_names_of_this_machine_are_at_home(engine, output):
    port = engine.settings.port
    client = create_app(engine, local=True).test_client()
    for name in ("localhost", "127.0.0.1"):
        answer = client.post(
            "/signup",
            json={"email": "ada@example.org", "offer": "checklist"},
            headers={"Origin": f"http://{name}:{port}"},
        )
        assert answer.status_code == 202


@pytest.fixture
def letter(engine):
    folder = mailbox.folder(engine.settings.data_dir)
    folder.mkdir(parents=True)
    name = engine.new_id()
    (folder / f"{name}.eml").write_bytes(LETTER)
    return name


def test_letters_are_shown_as_pages_with_their_links(client, letter):
    listed = client.get("/mailbox").get_data(as_text=True)
    assert f'href="/mailbox/{letter}"' in listed
    assert re.search(r'href="https?://[^"]+/(confirm|download)/[^"]+">(confirm|download)<', listed)
    assert "&lt;b&gt;" in listed
    page = client.get(f"/mailbox/{letter}").get_data(as_text=True)
    assert '<a href="https://go.example.org/confirm/abc">' in page
    assert "&lt;i&gt;" in page
    html = client.get(f"/mailbox/{letter}.html")
    assert b"<p style" in html.data
    assert "script-src" not in html.headers["Content-Security-Policy"]
    assert html.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_letters_are_given_as_json_to_whoever_asks_for_it(client, letter):
    (kept,) = client.get("/mailbox", headers={"Accept": "application/json"}).json
    assert set(kept) == {"id", "to", "subject", "date", "text", "html", "links"}
    assert (kept["id"], kept["to"]) == (str(letter), "ada@example.org")
    assert kept["links"] == ["https://go.example.org/confirm/abc"]
    assert client.get(f"/mailbox/{letter}", headers={"Accept": "application/json"}).json == kept


@pytest.mark.parametrize("name", ["x", "..%2f..%2fsecret.txt", "../catalogue.json", "x.html", ".eml"])
def test_a_letter_that_is_not_there_is_404(client, letter, name):
    assert client.get(f"/mailbox/{name}").status_code == 404


def test_the_thanks_page_says_where_letters_stay(client):
    assert b'href="/mailbox"' in client.get("/thanks").data


def test_there_is_no_mailbox_on_a_public_site_nor_with_a_mail_server(engine, output, letter):
    public = create_app(engine).test_client()
    assert public.get("/mailbox").status_code == 404
    assert public.get(f"/mailbox/{letter}").status_code == 404
    assert public.get("/a.html").status_code == 404
    sending = replace(engine, settings=replace(engine.settings, smtp=Smtp("127.0.0.1", 25, "none")))
    served = create_app(sending, local=True).test_client()
    assert served.get("/mailbox").get_data(as_text=True) == "our own 404"
    assert b"/mailbox" not in served.get("/thanks").data
