"""Private drafts are in no published folder; a signed link shows one of them, for a while."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from gatepost import drafts
from gatepost import site as own
from gatepost.actions import previewing
from gatepost.engine import Engine
from gatepost.tokens import LIVES, LinkExpired, LinkWrong, Tokens
from gatepost.web import create_app
from tests.plugin.sites import GATED, Site, article, everything_in, small_site

BUILD = "gatepost_pelican.building"
KEY = "k9Jt2vQx7Lr4Wm8Zb3Nc6Hd1Fg5Ps0Ya"
WORDS = (b"SOONWORD", b"BALDWORT", b"PAGEWORD", b"The open words of a gated draft")


def site_with_drafts(folder: Path, data: Path, more: str = "GATEPOST_DRAFTS = 'private'\n") -> Site:
    site = small_site(folder)
    site.configure(f"GATEPOST_DATA_DIR = {str(data)!r}\nTHEME = {str(own.theme_dir())!r}\n{more}")
    site.write("content/articles/soon.md", article("soon", "SOONWORD is not out yet.", Status="draft"))
    site.write("content/articles/bald.md", article("soon", "BALDWORT.", Status="draft", Lang="de", Title="Bald"))
    gated = GATED.replace("of the gated article", "of a gated draft")
    site.write("content/articles/gated-draft.md", article("gated-draft", gated, Status="draft", Offer="the-plan"))
    site.write("content/pages/new-page.md", "Title: New page\nSlug: new-page\nStatus: draft\n\nPAGEWORD.\n")
    return site


@pytest.fixture
def site(tmp_path: Path, engine: Engine) -> Site:
    made = site_with_drafts(tmp_path / "site", engine.settings.data_dir)
    assert (done := made.run("-s", "pelicanconf.py", module=BUILD)).returncode == 0, done.stderr
    return made


@pytest.fixture
def client(engine: Engine) -> FlaskClient:
    return create_app(engine).test_client()


def link(engine: Engine, slug: str, language: str = "", days: int = 14) -> str:
    draft = next(one for one in drafts.listed(engine.settings.data_dir) if (one.slug, one.language) == (slug, language))
    return "/preview/" + previewing.link(engine.tokens, draft, timedelta(days=days), engine.now())


def test_no_draft_is_in_the_output_and_every_draft_is_held(site: Site, engine: Engine) -> None:
    assert not [name for name, data in everything_in(site.output).items() if any(word in data for word in WORDS)]
    assert not (site.output / "drafts").exists()
    found = {(one.slug, one.language, one.source) for one in drafts.listed(engine.settings.data_dir)}
    assert found == {
        ("soon", "", "articles/soon.md"), ("soon", "de", "articles/bald.md"),
        ("gated-draft", "", "articles/gated-draft.md"), ("new-page", "", "pages/new-page.md"),
    }  # fmt: skip


def test_a_link_shows_its_draft_with_a_line_on_top_and_keeps_it_from_others(
    site: Site, engine: Engine, client: FlaskClient
) -> None:
    answer = client.get(link(engine, "soon"))
    assert answer.status_code == 200
    assert b"SOONWORD" in answer.data
    until = engine.now() + timedelta(days=14)
    assert f"this link shows it until {until:%-d %B %Y}." in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    # What counts reads and offers is in the page that is held, and not in what is shown.
    assert "gatepost.js" in next((engine.settings.data_dir / "held/drafts").glob("*.html")).read_text()
    assert "gatepost.js" not in answer.text
    assert "data-gp-capture" not in answer.text
    german = client.get(link(engine, "soon", "de")).text
    assert "BALDWORT" in german
    assert "Dies ist ein Entwurf." in german


def test_the_held_part_of_a_gated_draft_stays_held(site: Site, engine: Engine, client: FlaskClient) -> None:
    text = client.get(link(engine, "gated-draft")).text
    assert "The open words of a gated draft" in text
    assert "data-gp-form" in text
    assert "forms.js" in text
    assert "HELD" not in text


def test_a_link_that_is_over_wrong_or_for_a_draft_that_is_gone_says_so(
    site: Site, engine: Engine, client: FlaskClient, clock: Any
) -> None:
    path = link(engine, "new-page", days=3)
    assert client.get(path).status_code == 200
    clock.forward(days=4)
    assert client.get(path).status_code == 410
    assert "has ended" in client.get(path).text
    assert client.get(path[:-2]).status_code == client.get("/preview/x").status_code == 404
    fresh = link(engine, "new-page")
    (site.folder / "content/pages/new-page.md").unlink()
    assert site.run("-s", "pelicanconf.py", module=BUILD).returncode == 0
    assert client.get(fresh).status_code == 410
    assert not list((engine.settings.data_dir / "held/drafts").glob(f"{drafts.subject('new-page').hex}*"))


def test_a_published_text_is_where_its_old_link_leads(site: Site, engine: Engine, client: FlaskClient) -> None:
    path = link(engine, "soon")
    site.write("content/articles/soon.md", article("soon", "It is out."))
    assert site.run("-s", "pelicanconf.py", module=BUILD).returncode == 0
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://blog.example.org/soon.html")


@pytest.mark.parametrize("more", ["", "GATEPOST_DRAFTS = 'public'\n"])
def test_without_the_setting_drafts_are_where_pelican_puts_them(tmp_path: Path, more: str) -> None:
    site = site_with_drafts(tmp_path / "site", tmp_path / "data", more)
    site.build()
    assert b"SOONWORD" in (site.output / "drafts/soon.html").read_bytes()
    assert drafts.listed(tmp_path / "data") == ()


def test_a_draft_that_was_public_once_is_taken_away(tmp_path: Path) -> None:
    site = site_with_drafts(tmp_path / "site", tmp_path / "data", "")
    assert site.run("-s", "pelicanconf.py", module=BUILD).returncode == 0
    assert (site.output / "drafts/soon.html").is_file()
    conf = (site.folder / "pelicanconf.py").read_text()
    site.write("pelicanconf.py", conf + "GATEPOST_DRAFTS = 'private'\n")
    assert site.run("-s", "pelicanconf.py", module=BUILD).returncode == 0
    assert not [name for name, data in everything_in(site.output).items() if b"SOONWORD" in data]


def test_an_edit_of_a_draft_is_held_as_quickly_and_nowhere_else(
    site: Site, engine: Engine, client: FlaskClient
) -> None:
    site.write("content/articles/soon.md", article("soon", "SOONWORD was edited.", Status="draft"))
    done = site.run("--quick", module=BUILD)
    assert "wrote 1 pages again" in done.stdout or "wrote 1 page again" in done.stdout, done.stdout + done.stderr
    assert "SOONWORD was edited." in client.get(link(engine, "soon")).text
    assert not [name for name, data in everything_in(site.output).items() if b"SOONWORD" in data]


@pytest.mark.parametrize("module", ["pelican", BUILD])
def test_relative_links_and_drafts_beside_articles_work_too(tmp_path: Path, engine: Engine, module: str) -> None:
    more = "GATEPOST_DRAFTS = 'private'\nRELATIVE_URLS = True\nDRAFT_SAVE_AS = DRAFT_URL = ARTICLE_SAVE_AS = ARTICLE_URL = 'a/b/{slug}.html'\n"
    site = site_with_drafts(tmp_path / "site", engine.settings.data_dir, more)
    done = site.run(*([] if module == "pelican" else ["-s", "pelicanconf.py"]), module=module)
    assert done.returncode == 0, done.stderr
    assert not [name for name, data in everything_in(site.output).items() if b"SOONWORD" in data]
    text = create_app(engine).test_client().get(link(engine, "soon")).text
    assert 'href="/theme/site.css"' in text
    assert '"../' not in text


@pytest.mark.parametrize(
    ("capture", "style"),
    [("https://example.org/blog", "/blog/theme/site.css"), ("https://go.example.org", "https://example.org/blog/theme/site.css")],
)  # fmt: skip
def test_relative_links_lead_to_a_site_below_a_path_or_at_another_name(
    tmp_path: Path, engine: Engine, capture: str, style: str
) -> None:
    picture = '<img alt="A gate" src="{static}/images/a.png" srcset="../a.png 1x, ../b.png 2x">'
    more = f"GATEPOST_DRAFTS = 'private'\nRELATIVE_URLS = True\nSITEURL = 'https://example.org/blog'\nGATEPOST_CAPTURE_URL = {capture!r}\n"
    site = site_with_drafts(tmp_path / "site", engine.settings.data_dir, more)
    site.write("content/articles/soon.md", article("soon", picture, Status="draft"))
    assert (done := site.run("-s", "pelicanconf.py", module=BUILD)).returncode == 0, done.stderr
    text = create_app(engine).test_client().get(link(engine, "soon")).text
    root = style.removesuffix("/theme/site.css")
    assert f'href="{style}"' in text
    assert f'srcset="{root}/a.png 1x, {root}/b.png 2x"' in text
    # The page's own policy lets these in.
    assert ("style-src &#39;self&#39; https://example.org;" in text) == style.startswith("https:")


def test_on_ones_own_machine_a_draft_stands_at_its_address(site: Site, engine: Engine) -> None:
    local = create_app(engine, local=True, output=site.output).test_client()
    assert b"SOONWORD" in local.get("/drafts/soon.html").data
    assert create_app(engine).test_client().get("/drafts/soon.html").status_code == 404


def test_the_command_prints_a_link_that_opens_and_names_the_drafts_there_are(
    site: Site, engine: Engine, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("GATEPOST_SECRET_KEYS", KEY), ("GATEPOST_DATA_DIR", str(engine.settings.data_dir)), ("GATEPOST_SITE_URL", "https://blog.example.org"),
        ("GATEPOST_CAPTURE_URL", "https://go.example.org"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    done = site.run("preview", "content/articles/soon.md", "--days", "3", module="gatepost.cli")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("https://go.example.org/preview/")
    until = datetime.now(UTC) + timedelta(days=3)
    assert f"{until:%-d %B %Y}" in done.stderr
    assert "soon  Bald" in site.run("preview", module="gatepost.cli").stdout
    wrong = site.run("preview", "sooon", module="gatepost.cli")
    assert wrong.returncode == 2
    assert "There are: " in wrong.stderr


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    site = site_with_drafts(tmp_path / "site", tmp_path / "data", "GATEPOST_DRAFTS = 'secret'\n")
    done = site.run("-s", "pelicanconf.py", module=BUILD)
    assert done.returncode == 1
    assert "GATEPOST_DRAFTS is 'secret'. Cure: Use one of: private, public." in done.stderr


def test_a_list_that_cannot_be_read_is_no_draft(tmp_path: Path) -> None:
    (tmp_path / "held/drafts").mkdir(parents=True)
    for text in ("", "{", "[{}]", json.dumps([{"slug": 1}]), "[1]"):
        (tmp_path / "held/drafts/drafts.json").write_text(text)
        assert drafts.listed(tmp_path) == ()


@given(st.uuids(), st.integers(0, 120), st.sampled_from(sorted(LIVES)))
def test_a_token_opens_one_draft_only_and_no_other_door(subject: UUID, age: int, purpose: str) -> None:
    tokens, made = Tokens([KEY]), datetime(2026, 11, 1, tzinfo=UTC)
    token = tokens.sign(previewing.PURPOSE, subject, made)
    now = made + timedelta(days=age)
    if purpose != previewing.PURPOSE:
        with pytest.raises(LinkWrong):
            tokens.read(purpose, token, now)
    elif timedelta(days=age) > previewing.LONGEST:
        with pytest.raises(LinkExpired):
            tokens.read(purpose, token, now)
    else:
        assert tokens.read(purpose, token, now).subject == subject


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_preview_can_be_read_on_a_phone_and_in_the_dark(
    site: Site, engine: Engine, client: FlaskClient, chromium: Any, width: int, scheme: str, tmp_path: Path
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    at = "https://blog.example.org"

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(at)
        found = site.output / path.lstrip("/")
        if found.is_file():
            route.fulfill(path=found)
            return
        made = client.get(path)
        route.fulfill(status=made.status_code, body=made.data, content_type=made.mimetype)

    page.route(f"{at}/**", answer)
    page.goto(at + link(engine, "soon"))
    page.screenshot(path=tmp_path / "preview.png")
    assert page.locator(".gp-preview").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    page.close()
