"""How this site is built while you write. What a published site needs besides stands in publishconf.py.

Every path is relative to this file, so the folder can be moved, cloned, or made anew by `gatepost init`.
"""

import os

# Pelican only logs a plugin that it cannot load, and goes on: it would publish what is held. This line stops it.
import gatepost_pelican  # noqa: F401

AUTHOR = "Gatepost"
SITENAME = "Gatepost"
SITESUBTITLE = "Winning and keeping clients by writing"
# Under the title of the front page; leave it empty for none.
INTRODUCTION = (
    "For small firms that would rather be read than advertised. "
    "Articles to read here, and checklists, a worksheet and a short book to take along."
)
# An offer with a form that stands below every page where no other is offered; leave it empty for none.
FOOT_OFFER = "article-checklist"
# Pictures of authors, by name, as paths below the site's: {"Ada Example": "images/ada.jpg"}
FACES: dict[str, str] = {}
SITEURL = os.environ.get("GATEPOST_SITE_URL", "").rstrip("/")
TIMEZONE = "UTC"
# de, fr and es are there, too (docs: languages); for any other language the words around your texts are English.
DEFAULT_LANG = "en"
DEFAULT_DATE_FORMAT = "%-d %B %Y"

PATH = "content"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
OUTPUT_PATH = "output"
THEME = "theme"

ARTICLE_URL = ARTICLE_SAVE_AS = "{slug}.html"
PAGE_URL = PAGE_SAVE_AS = "{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "category/{slug}.html"
TAG_URL = TAG_SAVE_AS = "tag/{slug}.html"
AUTHOR_URL = AUTHOR_SAVE_AS = "author/{slug}.html"
DEFAULT_PAGINATION = 10
USE_FOLDER_AS_CATEGORY = False
SUMMARY_MAX_LENGTH = 40

# A feed needs whole addresses; while you write, those of your own machine.
FEED_DOMAIN = SITEURL or "http://127.0.0.1:8000"
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 20

MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.meta": {},
        "markdown.extensions.smarty": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}

PLUGINS = ["gatepost_pelican"]

# A page that searches the site in the reader's own browser (docs: search).
GATEPOST_SEARCH = True
# Only whoever has a link from `gatepost preview` sees a draft (docs: writing).
GATEPOST_DRAFTS = "private"
# Each picture in several widths, as AVIF and WebP, so that a telephone loads no more than it shows (docs: pictures).
GATEPOST_PICTURES = True
# For search engines and networks, once there is an address (docs: cards): a list of all pages, and a picture of each title
# in the green of the theme, with its mark.
GATEPOST_SITEMAP = bool(SITEURL)
GATEPOST_CARDS = {"accent": "#1c6048", "mark": "theme/static/favicon.svg"}
# Feeds with whole addresses, a language and authors.
GATEPOST_FEEDS = True

# Where forms and beacons go; empty means the address of the site itself, as `gatepost up` serves both.
GATEPOST_CAPTURE_URL = os.environ.get("GATEPOST_CAPTURE_URL", "").rstrip("/")
# What readers agree to when they tick the box. A new text needs a new version: the old one stays with its leads.
GATEPOST_CONSENTS = {
    "letters": {
        "version": "2026-11",
        "wording": (
            "Yes, also write to me: about two letters a month on winning and keeping clients by writing. "
            "I can leave with one click in every letter."
        ),
    },
}
# off | session | ask | local: whether the reader's own browser keeps a list of what was read (docs: settings).
GATEPOST_JOURNEY = "ask"
# Under an article, the titles of others on its subject that people read who asked for more. It shows no number, yet the
# order comes from yours (docs: settings).
GATEPOST_POPULAR = False
