"""One site with everything that machines ask about, in our theme."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.conftest import ROOT
from tests.plugin.sites import BOOK_SITE, Site, article, small_site

CONF = f"""
THEME = {str(ROOT / "theme")!r}
SITESUBTITLE = "Of words"
STATIC_PATHS = ["images"]
GATEPOST_SITEMAP = True
GATEPOST_CARDS = True
GATEPOST_FEEDS = True
CATEGORY_URL = "subject/{{slug}}/"
CATEGORY_SAVE_AS = "subject/{{slug}}/index.html"
DEFAULT_PAGINATION = 3
"""
WEBINAR = """Title: An evening of questions
Slug: evening
Kind: webinar
Starts: 2031-03-04 18:00
Zone: Europe/Berlin
Link: https://meet.example.org/secret-room
Consent: letters

Come along.
"""
AWKWARD = "Über </script> &amp; <b>mehr</b>\u2028Licht"


def site_for_machines(site: Site, more: str = "") -> Site:
    """Articles of every status, two languages, a cover, offers, a page that is in no index."""
    site.configure(CONF + more)
    for name, text in BOOK_SITE.items():
        site.write(name, text)
    site.write("content/offers/evening.md", WEBINAR)
    picture = io.BytesIO()
    Image.new("RGB", (800, 400), "teal").save(picture, "JPEG")
    site.write("content/images/cover.jpg", picture.getvalue())
    german = article("plain", "Worte.", Lang="de", Title=AWKWARD, Tags="forms, titles", Image="images/cover.jpg")
    site.write("content/articles/plain-de.md", german)
    site.write("content/articles/draft.md", article("draft", "SECRETDRAFT", Title="SECRETTITLE", Status="draft"))
    site.write("content/articles/hidden.md", article("hidden", "HIDDENTEXT", Status="hidden"))
    site.write("content/articles/kept-out.md", article("kept-out", "Out.", Robots="noindex"))
    site.write("content/articles/newer.md", article("newer", "New.", Modified="2026-06-07 08:09:10+02:00"))
    site.write("content/pages/404.md", "Title: Not here\nSlug: 404\nSave_as: 404.html\nURL: 404.html\n\nNot here.\n")
    return site


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = site_for_machines(small_site(tmp_path_factory.mktemp("machines") / "site"))
    site.build()
    return site
