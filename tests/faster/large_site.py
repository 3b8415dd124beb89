"""A site in which everything touches everything: three languages, series, pictures, links, drafts, offers, own templates."""

from __future__ import annotations

from pathlib import Path

from tests.plugin.sites import CHECKLIST, CONSENTS, PLAN, PLAN_CSV, Site

LANTERN = (Path(__file__).parent / "lantern.png").read_bytes()
CONF = f"""
import figures
SITENAME = "A small firm's notes"
SITEURL = "https://blog.example.org"
AUTHOR = "Ada Example"
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS = ["articles"], ["pages"], ["images"]
DEFAULT_PAGINATION = 4
THEME_TEMPLATES_OVERRIDES = ["overrides"]
JINJA_GLOBALS = {{"figure": figures.FIGURE}}
SUMMARY_MAX_LENGTH = 8
FEED_ALL_ATOM, CATEGORY_FEED_ATOM = "feeds/all.atom.xml", "feeds/{{slug}}.atom.xml"
TAG_FEED_RSS, FEED_MAX_ITEMS = "feeds/tag-{{slug}}.rss.xml", 7
YEAR_ARCHIVE_SAVE_AS = "{{date:%Y}}/index.html"
DELETE_OUTPUT_DIRECTORY = True
MARKDOWN = {{
    "extension_configs": {{
        "markdown.extensions.extra": {{}}, "markdown.extensions.meta": {{}}, "markdown.extensions.toc": {{}},
        "markdown.extensions.codehilite": {{"css_class": "highlight"}}, "markdown.extensions.smarty": {{}},
    }},
    "output_format": "html5",
}}
PLUGINS = ["gatepost_pelican"]
GATEPOST_CONSENTS = {CONSENTS!r}
"""
FOOT = """{% extends "!simple/article.html" %}
{% block content %}{{ super() }}<aside>{{ figure }}
{% for other in articles[:3] if other is not sameas article %}<p>{{ other.title }}: {{ other.summary|striptags }}</p>{% endfor %}
</aside>{% endblock %}
"""
TEXT = """Words of number {number}, which begin like all others and go on for more than a summary may be long.

See [the one before]({{filename}}/articles/a{before:02}.md), ![a lantern]({{static}}/images/lantern.png), and a note[^1].

```python
print({number})
```

[^1]: A note of number {number}.
"""


def article(number: int, *more: str, before: int = 0) -> str:
    """One article; `more` are lines of metadata."""
    head = [
        f"Title: Number {number}", f"Date: 2026-0{number % 9 + 1}-{number % 27 + 1:02} 09:00", f"Slug: a{number:02}",
        f"Category: {'Writing' if number % 3 else 'Money'}", f"Tags: {', '.join(('one', 'two', 'three')[: number % 3 + 1])}",
        *more,
    ]  # fmt: skip
    return "\n".join(head) + "\n\n" + TEXT.format(number=number, before=before)


def write(folder: Path, more: str = "") -> Site:
    """The site; `more` are settings."""
    site = Site(folder)
    site.write("pelicanconf.py", CONF + more)
    site.write("figures.py", "FIGURE = 1000\n")
    site.write("overrides/article.html", FOOT)
    site.write("content/images/lantern.png", LANTERN)
    site.write("content/offers/ten-checks.md", CHECKLIST)
    site.write("content/offers/the-plan.md", PLAN)
    site.write("content/offers/files/plan.csv", PLAN_CSV)
    site.write("content/pages/about.md", "Title: About\nSlug: about\n\nWe write.\n\n[[offer:ten-checks]]\n")
    for number in range(10):
        offer = f"Offer: {('ten-checks', 'auto', 'none')[number % 3]}"
        site.write(f"content/articles/a{number:02}.md", article(number, offer, before=(number + 9) % 10))
    for lang, number in (("de", 1), ("fr", 1), ("de", 2)):
        text = article(number, f"Lang: {lang}").replace("Number", f"{lang} number")
        site.write(f"content/articles/a{number:02}-{lang}.md", text)
    site.write("content/articles/draft.md", article(20, "Status: draft"))
    site.write("content/articles/hidden.md", article(21, "Status: hidden"))
    site.write("content/articles/gated.md", article(22, "Offer: the-plan") + "\n<!-- gate -->\n\nHELDREST of it.\n")
    return site
