"""While `gatepost up` runs, an open page shows what was saved, and what is wrong, without a key being pressed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gatepost import site as own
from gatepost.engine import Engine
from gatepost.web import create_app
from tests.packaging.test_wheel import plain_env
from tests.plugin.sites import Site, article, everything_in, small_site

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("up")]
PANEL = "#gatepost-mistakes"


@dataclass
class Up:
    """A site that `gatepost up` watches and serves; `log` is what it has said."""

    site: Site
    url: str
    log: Path
    pid: int = 0


def builder_of(up: Up) -> int:
    """The process that builds, among the children of the one that watches."""
    tasks = Path(f"/proc/{up.pid}/task").iterdir()
    children = [child for task in tasks for child in (task / "children").read_text().split()]
    (found,) = (one for one in children if b"gatepost_pelican.resident" in Path(f"/proc/{one}/cmdline").read_bytes())
    return int(found)


def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def made(folder: Path) -> Site:
    site = small_site(folder)
    shutil.copytree(own.theme_dir(), folder / "theme")
    site.configure("import os\nTHEME = 'theme'\nSITEURL = os.environ.get('GATEPOST_SITE_URL', '')\n")
    return site


def running(site: Site, *options: str) -> Iterator[Up]:
    folder = site.folder
    up = Up(site, f"http://127.0.0.1:{(number := port())}", folder.with_name("up.log"))
    with up.log.open("wb") as stream:
        command = [sys.executable, "-m", "gatepost.cli", "up", *options]
        process = subprocess.Popen(command, cwd=folder, env=plain_env(PORT=str(number)), stdout=stream, stderr=stream)
    up.pid = process.pid
    try:
        for _ in range(240):
            assert process.poll() is None, up.log.read_text()[-3000:]
            try:
                urllib.request.urlopen(f"{up.url}/healthz", timeout=5)
                break
            except OSError:
                time.sleep(0.25)
        yield up
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    yield from running(made(tmp_path_factory.mktemp("up") / "site"))


@pytest.fixture
def page(chromium: Any, up: Up) -> Iterator[Page]:
    """The plain article, and a mark that is gone after a reload."""
    made = chromium.new_page()
    made.goto(f"{up.url}/plain.html")
    made.evaluate("window.mark = 1")
    yield made
    made.close()


def save(up: Up, body: str, **metadata: str) -> None:
    up.site.write("content/articles/plain.md", article("plain", body, Offer="ten-checks", **metadata))


def test_a_saved_text_is_shown_and_the_last_of_two_saves_wins(up: Up, page: Page) -> None:
    save(up, "Words that were saved.")
    expect(page.get_by_text("Words that were saved.")).to_be_visible()
    save(up, "Words saved first.")
    time.sleep(0.1)
    save(up, "Words saved last.")
    expect(page.get_by_text("Words saved last.")).to_be_visible()


def test_a_page_that_stays_as_it_is_is_not_loaded_again(up: Up, page: Page, chromium: Any) -> None:
    page.goto(f"{up.url}/pages/about.html")
    page.evaluate("window.mark = 1")
    other = chromium.new_page()
    other.goto(f"{up.url}/inline.html")
    up.site.write("content/articles/inline.md", article("inline", "Other words.", Offer="none", Summary="Short."))
    expect(other.get_by_text("Other words.")).to_be_visible()
    assert page.evaluate("window.mark") == 1
    other.close()


def test_a_style_is_put_on_without_loading_the_page(up: Up, page: Page) -> None:
    style = up.site.folder / "theme/static/site.css"
    style.write_text(style.read_text() + "\nh1 { text-decoration: overline }\n")
    expect(page.locator("h1").first).to_have_css("text-decoration-line", "overline")
    assert page.evaluate("window.mark") == 1


def test_a_mistake_stands_in_the_page_with_its_place_and_cure_until_it_is_mended(up: Up, page: Page) -> None:
    shown = page.locator("h1").first.inner_text()
    up.site.write("content/articles/plain.md", article("plain", "<b>Odd</b>", Offer="ten-cheks"))
    expect(page.locator(PANEL)).to_contain_text("content/articles/plain.md:5: there is no offer 'ten-cheks'")
    expect(page.locator(PANEL)).to_contain_text("Did you mean 'ten-checks'?")
    assert page.locator("h1").first.inner_text() == shown
    page.reload()
    expect(page.locator(PANEL)).to_be_visible()
    save(up, "Mended words.")
    expect(page.locator(PANEL)).to_have_count(0)
    expect(page.get_by_text("Mended words.")).to_be_visible()


def test_a_title_a_new_article_and_settings_saved_under_another_name_are_seen(up: Up, page: Page) -> None:
    save(up, "Words.", Title="Another title")
    expect(page.get_by_role("heading", level=1)).to_have_text("Another title")
    page.goto(f"{up.url}/fresh.html")
    up.site.write("content/articles/fresh.md", article("fresh", "It is here."))
    expect(page.get_by_text("It is here.")).to_be_visible()
    conf = up.site.folder / "pelicanconf.py"
    aside = conf.with_suffix(".tmp")
    aside.write_text(re.sub("SITENAME = .*", "SITENAME = 'Another name'", conf.read_text()))
    os.replace(aside, conf)
    expect(page.locator(".brand")).to_have_text("Another name")


def test_many_files_at_once_an_article_less_and_a_builder_that_is_gone_are_taken_in(up: Up, page: Page) -> None:
    for number in range(60):
        up.site.write(f"content/articles/many-{number}.md", article(f"many-{number}", "One of many."))
    page.goto(f"{up.url}/many-59.html")
    expect(page.get_by_text("One of many.").first).to_be_visible()
    os.kill(builder_of(up), signal.SIGKILL)
    (up.site.folder / "content/articles/many-0.md").unlink()
    save(up, "Words after that.")
    page.goto(f"{up.url}/plain.html")
    expect(page.get_by_text("Words after that.")).to_be_visible()


def test_a_site_with_a_mistake_starts_with_its_last_good_pages(chromium: Any, tmp_path: Path) -> None:
    site = made(tmp_path / "site")
    for _ in running(site):
        site.write("content/articles/plain.md", article("plain", "<b>Odd</b>", Offer="ten-cheks"))
    for again in running(site):
        assert "What is shown is the last good site." in again.log.read_text()
        page = chromium.new_page()
        page.goto(f"{again.url}/inline.html")
        expect(page.locator(PANEL)).to_contain_text("content/articles/plain.md:5: there is no offer 'ten-cheks'")
        save(again, "Mended words.")
        expect(page.locator(PANEL)).to_have_count(0)
        page.close()


def test_a_site_with_a_mistake_and_without_pages_says_so_and_ends(tmp_path: Path) -> None:
    site = made(tmp_path / "site")
    site.write("content/articles/plain.md", article("plain", "<b>Odd</b>", Offer="ten-cheks"))
    command = [sys.executable, "-m", "gatepost.cli", "up"]
    done = subprocess.run(
        command, cwd=site.folder, env=plain_env(PORT=str(port())), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "Mend them and start again." in done.stderr
    assert "Traceback" not in done.stderr


def test_published_files_know_nothing_of_it(up: Up) -> None:
    served = urllib.request.urlopen(f"{up.url}/plain.html").read()
    assert b"/-/reload.js" in served
    assert not [name for name, data in everything_in(up.site.output).items() if b"/-/reload" in data]


def test_a_public_service_has_no_such_door(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>Hello</p>")
    for local in (False, True):
        client = create_app(engine, local=local, output=tmp_path).test_client()
        assert client.get("/-/changes").status_code == 404
        assert client.get("/-/reload.js").status_code == 404
        assert b"reload" not in client.get("/").data


def test_a_page_without_a_body_and_one_outside_are_answered(engine: Engine, tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (tmp_path / "secret.css").write_text("p { color: red }")
    (output / "index.html").write_text('<link rel=stylesheet href="../secret.css"><p>Hello')
    client = create_app(engine, local=True, output=output, is_live=True).test_client()
    first = client.get("/")
    assert first.data.startswith(b'<link rel=stylesheet href="../secret.css"><p>Hello<script src="/-/reload.js" defer')
    before = client.get("/-/changes?path=/").json
    (tmp_path / "secret.css").write_text("p { color: blue }")
    assert client.get("/-/changes?path=/").json == before
    assert client.get("/-/changes?path=/../secret.css").json["page"] == ""
    assert client.get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
