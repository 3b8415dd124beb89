"""Which file a browser chooses, and that nothing on the page moves when it arrives."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from tests.conftest import ROOT
from tests.pictures.drawings import photo
from tests.plugin.sites import Site, article, small_site

CONF = f"""
SITEURL = ""
THEME = {str(ROOT / "theme")!r}
STATIC_PATHS = ["images"]
GATEPOST_PICTURES = True
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = None
"""
TEXT = """First words.

![In the column]({static}/images/column.jpg)

![Across the page]({static}/images/wide.jpg){.wide}
"""
# A phone with two pixels to each of the page's, and a desk with one.
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 900}}


class _Files(SimpleHTTPRequestHandler):
    extensions_map: ClassVar[dict[str, str]] = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".avif": "image/avif",
        ".webp": "image/webp",
    }

    def log_message(self, *_: object) -> None:
        """Silence: a request a line would bury what failed."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site: Site = small_site(tmp_path_factory.mktemp("seen"))
    site.configure(CONF)
    for name in ("column", "wide", "cover"):
        site.write(f"content/images/{name}.jpg", photo((2000, 1250)))
    fields = {"Image": "images/cover.jpg", "Image-alt": "The cover", "Date": "2026-06-01"}
    site.write("content/articles/lit.md", article("lit", TEXT, **fields))
    done = site.run()
    assert done.returncode == 0, done.stdout + done.stderr
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(site.output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


SHIFTS = """window.shifts = []; new PerformanceObserver((list) => shifts.push(...list.getEntries().map((one) => one.value)))
.observe({type: "layout-shift", buffered: true});"""


def seen(chromium: Any, url: str, screen: dict[str, Any]) -> tuple[dict[str, tuple[str, int, float]], list[float]]:
    """What the browser loaded for each picture and how wide it shows it; and how much moved."""
    context = chromium.new_context(**screen)
    context.add_init_script(SHIFTS)
    page = context.new_page()
    page.goto(url)
    for number in range(page.locator("img").count()):
        picture = page.locator("img").nth(number)
        picture.scroll_into_view_if_needed()
        page.wait_for_function("(one) => one.complete && one.naturalWidth > 0", arg=picture.element_handle())
    found = page.evaluate(
        "[...document.images].map((one) => [one.alt, one.currentSrc, one.getBoundingClientRect().width])"
    )
    moved = page.evaluate("shifts")
    context.close()
    return {alt: (src, int(src.rsplit("-", 1)[1].split(".")[0]), width) for alt, src, width in found}, moved


@pytest.mark.parametrize(
    ("screen", "widths"),
    [
        (PHONE, {"The cover": 800, "In the column": 800, "Across the page": 800}),
        (DESK, {"The cover": 1200, "In the column": 800, "Across the page": 1200}),
    ],
)
def test_the_lightest_file_that_fills_its_place_is_loaded_and_nothing_moves(
    chromium: Any, address: str, screen: dict[str, Any], widths: dict[str, int]
) -> None:
    found, moved = seen(chromium, f"{address}/lit.html", screen)
    assert {alt: width for alt, (_, width, _) in found.items()} == widths
    for src, width, shown in found.values():
        assert src.endswith(".avif")
        assert width >= shown * screen.get("device_scale_factor", 1)
    assert sum(moved) < 0.01


@pytest.mark.parametrize(("screen", "width"), [(PHONE, 800), (DESK, 480)])
def test_a_list_loads_small_ones(chromium: Any, address: str, screen: dict[str, Any], width: int) -> None:
    found, _ = seen(chromium, f"{address}/index.html", screen)
    ((src, chosen, _),) = found.values()
    assert src.endswith(".avif")
    assert chosen == width
