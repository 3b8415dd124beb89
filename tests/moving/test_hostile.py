"""An export that is broken, or made to do harm, is refused with a cure, or comes as the words it has."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.moving.test_importing import empty_site
from tests.plugin.sites import everything_in


def test_posts_that_would_break_a_reader_come_as_the_words_they_have(tmp_path: Path) -> None:
    odd = {
        "deep": "<div>" * 50_000 + "Deep words.",
        "lone": "Lone \ud800 words.",
        "calls": "[caption]" * 20_000 + "<a href='http://[bad'>Bad</a><img src='__GHOST_URL__//[bad'>",
        "../../over": "<p onclick=x>Over <a href=' java\tscript:alert(1)'>words</a>.</p><img src='../../../etc/passwd'>",
    }
    posts = [
        {
            "id": slug,
            "title": "Odd\nStatus: draft",
            "slug": slug,
            "html": html,
            "status": "published",
            "published_at": 1,
        }
        for slug, html in odd.items()
    ]
    data = {"posts": [*posts, None, "x"], "tags": 5, "settings": [{"key": "url", "value": "http://[bad"}]}
    (tmp_path / "x.json").write_text(json.dumps({"db": [{"data": data}]}))
    site = empty_site(tmp_path / "site")
    done = site.run("import", "ghost", str(tmp_path / "x.json"), module="gatepost.cli")
    assert done.returncode == 0, done.stderr
    files = everything_in(site.folder / "content")
    assert sorted(files) == ["articles/calls.md", "articles/deep.md", "articles/lone.md", "articles/over.md"]
    for text in files.values():
        assert text.startswith(b"Title: Odd Status: draft\nDate: 1970-01-01 00:00+00:00\nSlug: ")
    assert files["articles/deep.md"].endswith(b"\n\nDeep words.\n")
    assert b"script:" not in files["articles/over.md"]


BILLION = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("posts/a.html", b"<p>" + b"x" * 30_000_000)
    return path


@pytest.mark.parametrize(
    ("system", "name", "content", "said"),
    [
        ("wordpress", "x.xml", BILLION, "declares a document type"),
        ("wordpress", "x.xml", "<rss><channel><title>Old</title><item>", "no whole XML"),
        ("wordpress", "x.xml", "<html></html>", "no export of WordPress"),
        ("ghost", "x.json", '{"db": [{"data"', "no whole JSON"),
        ("ghost", "x.json", "[" * 100_000, "no whole JSON"),
        ("ghost", "x.json", '{"db": []}', "no export of Ghost"),
        ("ghost", "x.json", json.dumps({"data": {"posts": []}}), "holds no article"),
        ("medium", "x.zip", "PK no zip", "no whole zip"),
    ],
)
def test_a_broken_or_hostile_export_is_refused_with_a_cure(
    tmp_path: Path, system: str, name: str, content: str, said: str
) -> None:
    site = empty_site(tmp_path / "site")
    path = tmp_path / name
    path.write_text(content)
    done = site.run("import", system, str(path), module="gatepost.cli")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Cure:" in done.stderr
    assert "Traceback" not in done.stderr
    assert everything_in(site.folder / "content") == {}


def test_a_zip_that_unpacks_to_far_more_is_left_out(tmp_path: Path) -> None:
    site = empty_site(tmp_path / "site")
    done = site.run("import", "medium", str(bomb(tmp_path / "x.zip")), module="gatepost.cli")
    assert done.returncode == 1
    assert everything_in(site.folder / "content") == {}
