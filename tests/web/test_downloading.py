"""The held file: whole and in parts, as often as granted and no more, under its name in any script."""

from __future__ import annotations

import threading
from dataclasses import replace
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost import catalogue
from gatepost.store import grants
from gatepost.web import files
from tests.conftest import CHECKLIST_PDF
from tests.web.conftest import CRAWLER, whole_database

SIZE = len(CHECKLIST_PDF)


def uses(ada):
    return ada.grants()[0].uses


def test_the_whole_file_comes_with_everything_a_browser_needs(ada, client):
    answer = client.get(ada.is_confirmed_for())
    assert (answer.status_code, answer.data) == (200, CHECKLIST_PDF)
    expected = {
        "Content-Type": "application/pdf",
        "Content-Length": str(SIZE),
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
        "Content-Disposition": 'attachment; filename="Before you publish.pdf"; '
        "filename*=UTF-8''Before%20you%20publish.pdf",
    }
    assert {name: answer.headers[name] for name in expected} == expected
    assert answer.headers["ETag"] == f'"{ada.grants()[0].file.id}"'
    assert uses(ada) == 1


def test_another_browser_opens_it_too(app, ada):
    path = ada.is_confirmed_for()
    assert app.test_client().get(path, headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/605"}).data == CHECKLIST_PDF


def test_head_says_what_get_would_and_uses_nothing(ada, client, engine):
    path = ada.is_confirmed_for()
    before = whole_database(engine)
    head = client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert whole_database(engine) == before
    assert list(head.headers) == list(client.get(path).headers)


@pytest.mark.parametrize(
    ("sent", "status", "first", "last"),
    [
        ("bytes=0-9", 206, 0, 9), ("bytes=10-", 206, 10, SIZE - 1), ("bytes=-5", 206, SIZE - 5, SIZE - 1),
        ("bytes=0-999999", 206, 0, SIZE - 1), ("bytes=-999999", 206, 0, SIZE - 1), ("bytes = 3 - 4", 206, 3, 4),
        (f"bytes={SIZE - 1}-{SIZE - 1}", 206, SIZE - 1, SIZE - 1),
    ],
)  # fmt: skip
def test_a_range_gives_its_bytes(ada, client, sent, status, first, last):
    answer = client.get(ada.is_confirmed_for(), headers={"Range": sent})
    assert answer.status_code == status
    assert answer.data == CHECKLIST_PDF[first : last + 1]
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer.headers["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize(
    "sent", ["bytes=0-1,5-6", "bytes=9-3", "bytes=x-", "items=0-1", "bytes=-", "bytes", "bytes=0-1;2"]
)
def test_several_ranges_or_none_that_makes_sense_give_the_whole(ada, client, sent):
    answer = client.get(ada.is_confirmed_for(), headers={"Range": sent})
    assert (answer.status_code, len(answer.data)) == (200, SIZE)


@pytest.mark.parametrize("sent", [f"bytes={SIZE}-", "bytes=999999999999-", "bytes=-0"])
def test_a_range_beyond_the_end_is_416_and_uses_nothing(ada, client, sent):
    answer = client.get(ada.is_confirmed_for(), headers={"Range": sent})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{SIZE}")
    assert uses(ada) == 0


def test_conditions_are_honoured(ada, client):
    path = ada.is_confirmed_for()
    tag = client.head(path).headers["ETag"]
    part = {"Range": "bytes=5-6"}
    assert client.get(path, headers={**part, "If-Range": tag}).status_code == 206
    assert client.get(path, headers={**part, "If-Range": '"other"'}).status_code == 200
    assert client.get(path, headers={**part, "If-Range": f"W/{tag}"}).status_code == 200
    assert client.get(path, headers={**part, "If-Range": "Sun, 22 Nov 2026 12:00:00 GMT"}).status_code == 200
    before = uses(ada)
    for sent in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        answer = client.get(path, headers={"If-None-Match": sent})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert uses(ada) == before + 1


def test_a_pdf_reader_that_takes_it_in_parts_uses_it_once(ada, client):
    path = ada.is_confirmed_for()
    whole = b"".join(client.get(path, headers={"Range": f"bytes={at}-{at + 999}"}).data for at in range(0, SIZE, 1000))
    assert whole == CHECKLIST_PDF
    assert uses(ada) == 1


def test_the_last_use_can_be_finished_but_not_begun_again(ada, client, clock):
    path = ada.is_confirmed_for()
    for _ in range(20):
        assert client.get(path, headers={"Range": "bytes=0-99"}).status_code == 206
    assert client.get(path, headers={"Range": "bytes=100-"}).status_code == 206
    refused = client.get(path)
    assert refused.status_code == 410
    assert f'action="{path.replace("/download/", "/again/")}"' in refused.get_data(as_text=True)
    assert client.head(path).status_code == 410
    clock.forward(hours=2)
    assert client.get(path, headers={"Range": "bytes=100-"}).status_code == 410
    assert uses(ada) == 20


def test_a_used_up_link_is_renewed_by_a_letter(ada, client):
    path = ada.is_confirmed_for()
    for _ in range(20):
        client.get(path)
    assert client.post(path.replace("/download/", "/again/")).status_code == 200
    assert [owed.letter for owed in ada.letters()][-1] == "delivery"
    spent, fresh = ada.grants()
    assert client.get(ada.link("download", fresh.id)).status_code == 200
    assert client.get(ada.link("download", spent.id)).status_code == 410
    client.post(path.replace("/download/", "/again/"))
    assert len(ada.grants()) == 2


def test_a_new_letter_brings_back_the_spent_file_beside_those_still_open(ada, client):
    path = ada.is_confirmed_for("ebook")
    for _ in range(20):
        client.get(path)
    client.post(path.replace("/download/", "/again/"))
    assert [(grant.file.name[-4:], grant.uses) for grant in ada.grants()] == [(".pdf", 20), ("epub", 0), (".pdf", 0)]


def test_twenty_uses_are_twenty_however_many_knock_at_once(app, ada):
    path, answers = ada.is_confirmed_for(), []

    def open_it() -> None:
        answers.append(app.test_client().get(path, headers={"User-Agent": "Mozilla/5.0 Firefox/150.0"}).status_code)

    threads = [threading.Thread(target=open_it) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers.count(200), answers.count(410)) == (20, 10)


@pytest.mark.parametrize(
    "headers", [{"User-Agent": CRAWLER}, {"User-Agent": ""}, {"Sec-Purpose": "prefetch;prerender"}]
)
def test_scanners_are_noted_apart_and_use_nothing_of_the_readers(ada, client, engine, headers):
    path = ada.is_confirmed_for()
    assert [client.get(path, headers=headers).status_code for _ in range(21)] == [200] * 20 + [410]
    assert uses(ada) == 0
    with engine.database.reading() as tx:
        assert {by for _, by in grants.downloads_of(tx, ada.grants()[0].id)} == {"scanner"}
    assert client.get(path).status_code == 200


def test_the_link_ends_on_its_day(ada, client, clock):
    path = ada.is_confirmed_for()
    clock.forward(days=29, hours=23)
    assert client.get(path).status_code == 200
    clock.forward(hours=1)
    refused = client.get(path)
    assert refused.status_code == 410
    assert "22 December 2026" in refused.get_data(as_text=True)
    client.post(path.replace("/download/", "/again/"))
    assert client.get(ada.link("download", ada.grants()[-1].id)).status_code == 200


def test_a_link_taken_back_is_not_renewed(ada, client, engine, clock):
    path = ada.is_confirmed_for()
    with engine.database.writing() as tx:
        grants.revoke(tx, ada.known().id, clock())
    refused = client.get(path)
    assert refused.status_code == 410
    assert b"/again/" not in refused.data
    assert client.post(path.replace("/download/", "/again/")).status_code == 410
    assert len(ada.grants()) == 1


def test_a_file_that_is_gone_says_whom_to_write_to(ada, client, engine):
    path = ada.is_confirmed_for()
    catalogue.held_path(engine.settings.data_dir, ada.grants()[0].file.id).unlink()
    refused = client.get(path)
    assert refused.status_code == 410
    assert b"letters@example.org" in refused.data
    assert client.post(path.replace("/download/", "/again/")).status_code == 404
    assert len(ada.grants()) == 1


def test_a_replaced_file_is_pinned_for_those_who_have_a_link(ada, client, engine):
    path = ada.is_confirmed_for()
    catalogue.write(replace(engine.catalogue, offers={}), engine.settings.data_dir)
    assert client.get(path).data == CHECKLIST_PDF


def parsed_name(header):
    message = Message()
    message["Content-Disposition"] = header
    name = message.get_filename()
    assert name is not None
    return name


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Vor dem Veröffentlichen.pdf", "Vor dem Veröffentlichen.pdf"), ("公開前の確認.pdf", "公開前の確認.pdf"),
        ('a "quoted"; name.pdf', "a -quoted-; name.pdf"), ("evil\r\nX-Bad: 1.pdf", "evilX-Bad- 1.pdf"),
        ("\u202egnp.exe.pdf", "gnp.exe.pdf"), ("../../etc/passwd", "-..-etc-passwd"), ("📗 book.epub", "📗 book.epub"),
        ("", "download"), ("x" * 400 + ".pdf", "x" * 150 + ".pdf"), ("100%41.pdf", "100%41.pdf"),
    ],
)  # fmt: skip
def test_a_name_in_any_script_arrives_as_it_was_meant(name, seen):
    header = files.disposition(name)
    assert header.isascii()
    plain, _, encoded = header.removeprefix("attachment; ").partition("; ")
    assert parsed_name(f"attachment; {encoded}").replace("-", "") == seen.replace("-", "")
    assert '"' not in plain.removeprefix('filename="')[:-1]
    assert "%" not in plain


@given(st.text(max_size=300))
def test_no_name_breaks_out_of_its_header(name):
    header = files.disposition(name)
    assert header.isascii()
    assert not set(header) & set("\r\n\0")
    assert header.count('"') == 2
    assert parsed_name(header)
