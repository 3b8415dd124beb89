"""A site whose writers write Greek, on which every kind of offer stands; the site's own language is German."""

from __future__ import annotations

from tests.plugin.sites import Site

CONF = """
SITENAME = "Σημειώσεις"
SITESUBTITLE = "Γράφουμε λίγο"
INTRODUCTION = "Καλώς ήρθατε"
SITEURL = "https://blog.example.org"
AUTHOR = "Άδα"
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "de"
PATH = "content"
OUTPUT_PATH = "output"
THEME = {theme!r}
ARTICLE_URL = ARTICLE_SAVE_AS = "{{slug}}.html"
PAGE_URL = PAGE_SAVE_AS = "{{slug}}.html"
DEFAULT_PAGINATION = 2
YEAR_ARCHIVE_SAVE_AS = "{{date:%Y}}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{{date:%Y}}/{{date:%m}}/index.html"
FEED_ALL_ATOM = "feeds/all.atom.xml"
FEED_DOMAIN = SITEURL
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
PLUGINS = ["gatepost_pelican"]
# What another plugin may put there for its own theme.
JINJA_ENVIRONMENT = {{"trim_blocks": True, "lstrip_blocks": True, "extensions": ["jinja2.ext.i18n"]}}
JINJA_GLOBALS = {{name: lambda *_, **__: "Somebody else's words" for name in ("_", "gettext", "ngettext")}}
GATEPOST_CAPTURE_URL = "https://go.example.org"
GATEPOST_CONSENTS = {{"letters": {{"version": "1", "wording": "Ναι, γράψτε μου."}}}}
"""
HELD = "Λίγα λόγια.\n\n<!-- gate -->\n\n## Πρώτα\n\n- [ ] Το πρώτο\n- [ ] Το δεύτερο\n"
# What each kind needs besides what all have.
OFFERS: dict[str, tuple[str, str]] = {
    "checklist": ("", HELD),
    "ebook": ("Chapters: article:article-2", "Ένα βιβλίο.\n"),
    "download": ("File: files/plan.csv", "Ένας πίνακας.\n"),
    "case-study": ("Client: Πελάτης\nResult: Περισσότερα", HELD),
    "survey": (
        "Questions: Πώς μας βρήκατε; | choice | Φίλος, Τύχη | required\n    Πόσο; | scale | 1-5 | λίγο, πολύ\n"
        "    Τι; | several | Αυτό, Εκείνο\n    Γιατί; | text\n    Και αλλιώς; | long\n"
        "Ending: checklist",
        "Λίγες ερωτήσεις.\n",
    ),
    "question": ("", "Ρωτήστε μας.\n"),
    "webinar": ("Starts: 2027-03-02 18:00\nMinutes: 45\nLink: https://meet.example.org/room\nSeats: 1", "Ελάτε.\n"),
    "event": ("Starts: 2027-03-03 18:00\nMinutes: 90\nPlace: Αθήνα\nSeats: 40", "Ελάτε.\n"),
    "contest": ("Ends: 2027-03-31 23:59\nPrize: Ένα βιβλίο", "Κερδίστε.\n"),
    "linkedin": ("Link: https://www.linkedin.com/in/ada", "Ακολουθήστε.\n"),
}


def offer(kind: str, lang: str = "") -> str:
    """The file of an offer of a kind; its slug is the kind's name."""
    more, body = OFFERS[kind]
    consent = "" if kind == "linkedin" else "\nConsent: letters"
    said = f"\nLang: {lang}" if lang else ""
    lines = f"Title: Τίτλος\nSlug: {kind}\nKind: {kind}\nSummary: Περίληψη.{consent}{said}"
    return f"{lines}\n{more}\n\n{body}" if more else f"{lines}\n\n{body}"


def article(number: int, offered: str, gated: bool = False) -> str:
    """One of a few articles of two months; the odd ones are on one subject."""
    gate = "\n<!-- gate -->\n\nΤο υπόλοιπο.\n" if gated else ""
    return (
        f"Title: Άρθρο {number}\nSlug: article-{number}\nDate: 2026-{9 + number % 2:02}-0{number}\n"
        f"Modified: 2026-11-1{number}\nAuthor: Βασίλης\nCategory: {'Λόγια' if number % 2 else 'Έργα'}\n"
        f"Tags: λίγα\nOffer: {offered}\nSummary: Σύντομα.\n\nΚείμενο.\n\n| α | β |\n|---|---|\n| 1 | 2 |\n{gate}"
    )


def laid(site: Site, theme: str) -> Site:
    """All of it in the folder of a site."""
    site.write("pelicanconf.py", CONF.format(theme=theme))
    for kind in OFFERS:
        site.write(f"content/offers/{kind}.md", offer(kind))
    site.write("content/offers/files/plan.csv", "α,β\n1,2\n")
    shown = ["checklist, survey", "ebook, question", "webinar", "event, contest", "case-study, download", "linkedin"]
    for number, offered in enumerate(shown, 1):
        site.write(f"content/article-{number}.md", article(number, offered, gated=number == 1))
    site.write(
        "content/pages/about.md", "Title: Εμείς\nSlug: about\nSummary: Ποιοι.\n\nΕμείς.\n\n[[offer:checklist]]\n"
    )
    site.write("content/pages/list.md", "Title: Λίστα\nSlug: list\n\n<div data-gp-reading-list></div>\n")
    return site
