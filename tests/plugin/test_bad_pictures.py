"""Pictures that nobody should print, through a whole build: each is named with its line, or comes out small."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from gatepost_pelican.building import build
from tests.plugin.sites import CHECKLIST, Site

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}<rect width="5" height="5"/></svg>'


def picture(kind: str, size: tuple[int, int] = (300, 200)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "red").save(made, kind)
    return made.getvalue()


def photograph() -> bytes:
    """Twenty megabytes of noise."""
    made, side = io.BytesIO(), 2640
    Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3)).save(made, "PNG")
    return made.getvalue()


BAD = {
    "cut.png": (picture("PNG")[:60], "ends too early, or is damaged"),
    "cut.jpg": (picture("JPEG", (2000, 2000))[:4000], "ends too early, or is damaged"),
    "text.png": (b"hello", "of no known kind"),
    "new.webp": (picture("WEBP"), "of no known kind"),
    "script.svg": (SVG.format("<script>alert(1)</script>").encode(), "holds a <script>"),
    "foreign.svg": (SVG.format('<image href="https://example.org/x.png"/>').encode(), "leads to 'https://example.org"),
    "gone.png": (None, "was not found"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_picture_is_named_at_its_line_and_nothing_is_published(
    site: Site, name: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content, problem = BAD[name]
    monkeypatch.chdir(site.folder)
    with_picture(site, name, content)
    assert build("pelicanconf.py") == 1
    (line,) = [line for line in capfd.readouterr().err.splitlines() if "wrong.md:19:" in line]
    assert problem in line
    assert "Cure: " in line
    assert not (site.data / "catalogue.json").exists()


def with_picture(site: Site, name: str, content: bytes | None) -> None:
    site.configure('STATIC_PATHS = ["images"]\n')
    if content is not None:
        site.write(f"content/images/{name}", content)
    text = CHECKLIST.replace("ten-checks", "wrong") + f"\n![A picture](/images/{name})\n"
    site.write("content/offers/wrong.md", text)


def test_twenty_megabytes_become_a_checklist_that_a_letter_can_lead_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.folder)
    content = photograph()
    assert len(content) > 20_000_000
    with_picture(site, "photo.png", content)
    assert build("pelicanconf.py") == 0
    assert max(file.size for file in site.catalogue.offers["wrong"].files) < 2_500_000
